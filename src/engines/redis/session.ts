/** Runs scripts on one emulated server, under a clock that moves only when a script says so. */
import type { Origin, Output, RunSummary, Script } from '../engine.ts';
import type { LimitedOutput } from '../limits.ts';
import { printReply, Room } from './cli/print.ts';
import { prompt } from './cli/prompt.ts';
import { hintFor, leftOut, readLine } from './cli/line.ts';
import type { Client } from './core/client.ts';
import { PushReply, ReplyError, type Reply } from './core/reply.ts';
import type { Server } from './core/server.ts';
import { CAGE } from './core/cage.ts';
import { createServer } from './create-server.ts';
import { scriptLines, type Line, type ScriptLine } from './script.ts';

/** 1 January 2026, 12:00 UTC: where every session's clock starts. */
const START = Date.UTC(2026, 0, 1, 12);

/** One redis-cli of the session. */
interface Console {
  name: string;
  client: Client;
  /** Lines it could not send yet because it waits for an answer. */
  pending: ScriptLine[];
  waitingSince: number;
  /** Where the command it waits for stands. */
  origin: Origin;
}

export class RedisSession {
  readonly server: Server;
  private now = START;
  private readonly consoles = new Map<string, Console>();
  private output: LimitedOutput | null = null;
  private several = false;
  private statements = 0;
  private errors = 0;
  private origin: Origin = { file: 0, line: 1, statement: 0 };

  constructor() {
    let state = 1;
    // The same numbers on every run, so that the build and the browser print the same picks.
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    this.server = createServer({ clock: () => this.now, random, cage: CAGE });
    this.server.onSleep = (milliseconds) => this.pass(milliseconds);
  }

  /** Runs the lines in order; an error is an output and the next line still runs. */
  run(script: Script, output: LimitedOutput): RunSummary {
    const started = performance.now();
    const lines = scriptLines(script.files);
    this.several = new Set(lines.map((line) => line.client)).size > 1;
    this.output = output;
    this.statements = 0;
    this.errors = 0;
    for (const line of lines) this.runLine(line);
    this.letTimePass();
    for (const each of this.consoles.values()) this.giveUp(each);
    this.output = null;
    return {
      milliseconds: performance.now() - started,
      statements: this.statements,
      errors: this.errors,
    };
  }

  private console(name: string): Console {
    const known = this.consoles.get(name);
    if (known && !known.client.closed) return known;
    const client = this.server.connect((reply) => this.late(name, reply));
    const opened: Console = {
      name,
      client,
      pending: known?.pending ?? [],
      waitingSince: 0,
      origin: this.origin,
    };
    this.consoles.set(name, opened);
    return opened;
  }

  private runLine(line: ScriptLine): void {
    const statement = this.statements++;
    this.origin = { file: line.file, line: line.number, statement };
    if (line.line.kind !== 'command') {
      this.direct(line.line);
      return;
    }
    const console = this.console(line.client);
    // Its turn has come: if it waits for a time, that time passes.
    const until = console.client.blocking?.until ?? Infinity;
    if (until !== Infinity) this.pass(until + 1 - this.now);
    if (console.client.blocking || console.pending.length > 0) console.pending.push(line);
    else this.type(console, line.line.text, this.origin);
  }

  /** Types a line at a client's prompt. */
  private type(console: Console, text: string, origin: Origin): void {
    const { client } = console;
    const before = prompt(client);
    const line = readLine(text);
    if (line.kind === 'blank') return;
    if (line.kind === 'refused') {
      this.errors++;
      this.emit(console, origin, before, text, line.why, true);
      return;
    }
    if (line.kind !== 'command') {
      // A connection is opened again for the next line.
      this.server.disconnect(client);
      const said = line.kind === 'exit' ? '(redis-cli ends; the next line starts another)' : '';
      this.emit(console, origin, before, text, said, false);
      return;
    }
    const { argv, times } = line;
    const intro = /^p?s?subscribe$/i.test(argv[0]!) && client.resp === 2 && !client.queue;
    this.typing = { console, origin, prompt: before, text, replies: [] };
    const { replies } = this.typing;
    let done = 0;
    while (done < times && !client.blocking && !client.closing && !client.closed) {
      const reply = this.server.execute(client, argv);
      if (reply !== undefined) replies.push(reply);
      done++;
    }
    this.typing = null;
    const failed = replies.some((each) => each instanceof ReplyError);
    if (failed) this.errors++;
    const room = this.room();
    const lines = replies.map((each) => printReply(each, client.resp, room)).join('');
    const note = intro ? 'Reading messages... (press Ctrl-C to quit)\n' : '';
    const left = client.blocking ? leftOut(times, done) : '';
    const hint = failed ? hintFor(text) : '';
    this.emit(console, origin, before, text, note + lines + left + hint, failed);
    if (client.blocking) {
      console.waitingSince = this.now;
      console.origin = origin;
    }
    if (client.closing) this.server.disconnect(client);
    this.flushLate();
    this.resume();
  }

  /** The command being executed, whose own replies belong to its line. */
  private typing: {
    console: Console;
    origin: Origin;
    prompt: string;
    text: string;
    replies: Reply[];
  } | null = null;
  private readonly lateReplies: { name: string; reply: Reply }[] = [];

  /** A reply that is not the return value of a command. */
  private late(name: string, reply: Reply): void {
    if (this.typing?.console.name === name) this.typing.replies.push(reply);
    else this.lateReplies.push({ name, reply });
    if (!this.typing) this.flushLate();
  }

  private flushLate(): void {
    for (const { name, reply } of this.lateReplies.splice(0)) {
      const console = this.consoles.get(name)!;
      // Messages and what MONITOR sees belong to the line that caused them, answers to the question.
      const message = reply instanceof PushReply || console.client.monitor;
      const waited = (this.now - console.waitingSince) / 1000;
      const time = !message && waited >= 0.5 ? `(${waited.toFixed(2)}s)\n` : '';
      const failed = reply instanceof ReplyError;
      if (failed) this.errors++;
      const text = printReply(reply, console.client.resp, this.room()) + time;
      this.emit(console, message ? this.origin : console.origin, '', '', text, failed);
    }
  }

  /** Clients that have got their answer type their next lines. */
  private resume(): void {
    for (const { name, pending } of [...this.consoles.values()]) {
      // A connection that was killed is opened again for the lines that are left.
      while (pending.length > 0 && !this.console(name).client.blocking) {
        const { line, file, number } = pending.shift()!;
        const origin = { file, line: number, statement: this.origin.statement };
        if (line.kind === 'command') this.type(this.console(name), line.text, origin);
      }
    }
  }

  private direct(line: Exclude<Line, { kind: 'command' }>): void {
    if (line.kind === 'wait') {
      this.say(`(${line.text.replace(/^wait\s+/i, '')} pass)`);
      this.pass(line.milliseconds);
      return;
    }
    const { persistence } = this.server;
    const from =
      line.kind === 'restart'
        ? persistence.restart()
        : persistence.crash(line.power ? 'power' : 'process');
    this.consoles.clear();
    const what =
      line.kind === 'restart'
        ? 'The server was stopped and started again'
        : line.power
          ? 'Power failure; the server starts again'
          : 'The Redis process was killed and starts again';
    const keys = this.server.databases.reduce((sum, db) => sum + db.dict.size, 0);
    const source = {
      aof: 'from the append-only file',
      rdb: 'from dump.rdb',
      nothing: 'there was nothing to load',
    }[from];
    this.say(
      from === 'nothing'
        ? `(${what}: ${source})`
        : `(${what}: ${keys} ${keys === 1 ? 'key' : 'keys'} loaded ${source})`,
    );
  }

  /** Moves the clock, letting everything happen in its order. */
  private pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let next = this.server.nextStop(); next <= end; next = this.server.nextStop()) {
      this.now = Math.max(this.now, next);
      this.server.tick();
      this.resume();
    }
    this.now = end;
    this.server.tick();
    this.resume();
  }

  /** When every client with lines left waits, nothing but time can help them. */
  private letTimePass(): void {
    for (;;) {
      let until = Infinity;
      for (const { client } of this.consoles.values()) {
        if (client.blocking) until = Math.min(until, client.blocking.until);
      }
      if (until === Infinity) return;
      this.pass(Math.max(0, until + 1 - this.now));
    }
  }

  /** A client that still waits when the script is over: whoever reads should know. */
  private giveUp(console: Console): void {
    const left = console.pending.splice(0).length;
    if (!console.client.blocking) return;
    const lines =
      left === 0 ? '' : `; ${left} more ${left === 1 ? 'line was' : 'lines were'} not typed`;
    this.emit(
      console,
      console.origin,
      '',
      '',
      `(still waiting when the script ended${lines})`,
      false,
    );
    this.server.disconnect(console.client);
    this.consoles.delete(console.name);
  }

  private emit(
    { name }: Console,
    origin: Origin,
    before: string,
    input: string,
    reply: string,
    failed: boolean,
  ): void {
    const client = this.several ? name : '';
    const text = reply.replace(/\n$/, '');
    this.send({ kind: 'transcript', origin, client, prompt: before, input, reply: text, failed });
  }
  /** One character more than may be sent, so that what is cut can be seen to be cut. */
  private room(): Room {
    return new Room(Infinity, (this.output?.characterLimit ?? 0) + 1);
  }
  private say(text: string): void {
    this.send({ kind: 'text', origin: this.origin, text });
  }
  private send(output: Output): void {
    this.output?.send(output);
  }
}
