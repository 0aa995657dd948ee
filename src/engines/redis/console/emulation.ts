/**
 * A Redis with its consoles and its clock: one emulated server, clients that come and go, time that
 * passes by itself or in leaps, and crashes. No page in it.
 */
import {
  CAGE,
  createServer,
  INVALID_ARGUMENTS,
  keyspace,
  printReply,
  prompt,
  ReplyError,
  Room,
  type Client,
  type Crash,
  type Reply,
  type Server,
} from '../emulator.ts';
import { hintFor, leftOut, readLine } from '../cli/line.ts';
import { helpText } from './help.ts';
import { LONGEST_LINE, MOST_CHARACTERS, MOST_LINES } from './limits.ts';
import { lossesOf } from './losses.ts';
import type { CrashReport } from './messages.ts';
import type { Transcript } from './transcript.ts';

/** 1 January 2026, 12:00 UTC: where the clock of the course's Redis starts. */
export const START = Date.UTC(2026, 0, 1, 12);

/** Year 10,000 and beyond is nothing that a clock shows. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

/** One redis-cli. */
interface Console {
  readonly number: number;
  connection: Client;
  waitingSince: number;
}

export class Emulation {
  readonly server: Server;
  now = START;
  readonly #consoles = new Map<number, Console>();
  readonly #transcript: Transcript;
  /** Whose command is being executed, and the replies that came ahead of the last. */
  #typing: { console: Console; replies: Reply[] } | null = null;
  /** While everybody is disconnected at once, nobody is told one by one. */
  #quiet = false;

  /** @param transcript gets what is said at the prompts. */
  constructor(transcript: Transcript) {
    this.#transcript = transcript;
    this.server = createServer({ clock: () => this.now, random: Math.random, cage: CAGE });
    this.server.onSleep = (milliseconds) => this.pass(milliseconds);
  }

  /** The numbers of the clients. */
  get clients(): number[] {
    return [...this.#consoles.keys()];
  }

  /** A further client. */
  open(number: number): void {
    const console: Console = {
      number,
      connection: undefined as unknown as Client,
      waitingSince: 0,
    };
    this.#connect(console);
    this.#consoles.set(number, console);
  }

  close(number: number): void {
    const console = this.#consoles.get(number);
    this.#consoles.delete(number);
    if (console) this.server.disconnect(console.connection);
  }

  #find(number: number): Console {
    const console = this.#consoles.get(number);
    if (!console) throw new Error(`there is no client ${number}`);
    return console;
  }

  connection(number: number): Client {
    return this.#find(number).connection;
  }

  prompt(number: number): string {
    const { connection } = this.#find(number);
    if (connection.closed) return 'not connected>';
    if (connection.blocking) return '(waiting)';
    const text = prompt(connection).trimEnd();
    return this.#listens(connection) ? text.replace(/>$/, '(subscribed mode)>') : text;
  }

  isWaiting(number: number): boolean {
    return this.connection(number).blocking !== null;
  }

  /** Whether Ctrl-C has something to end. */
  canInterrupt(number: number): boolean {
    const connection = this.connection(number);
    return connection.blocking !== null || this.#listens(connection) || connection.monitor;
  }

  #listens(connection: Client): boolean {
    return connection.subscribed && connection.resp === 2;
  }

  #connect(console: Console): void {
    const connection: Client = this.server.connect(
      (reply) => this.#receive(console, reply),
      () => {
        const isOld = console.connection !== connection;
        if (this.#quiet || isOld || !this.#consoles.has(console.number)) return;
        this.#say(console, 'Error: Server closed the connection', 'error');
      },
    );
    console.connection = connection;
  }

  #quietly(action: () => void): void {
    this.#quiet = true;
    action();
    this.#quiet = false;
  }

  #say(console: Console, text: string, kind: 'reply' | 'error' | 'note'): void {
    const room = new Room(MOST_LINES, MOST_CHARACTERS);
    this.#print(console, room.take(text), kind, room);
  }

  #print(console: Console, text: string, kind: 'reply' | 'error' | 'note', room: Room): void {
    this.#transcript.add(console.number, kind, text.replace(/\n$/, ''), room.rest);
  }

  /** Types a line at a client's prompt. */
  type(number: number, line: string): void {
    const console = this.#find(number);
    if (line.length > LONGEST_LINE) {
      const most = LONGEST_LINE.toLocaleString('en-US');
      return this.#say(console, `Too long a line: ${most} characters at most.`, 'error');
    }
    const read = readLine(line);
    if (read.kind === 'blank') return;
    if (read.kind === 'refused') {
      this.#say(console, read.why, 'error');
      const why = 'A quote is not closed, or something follows a closing one.';
      if (read.why === INVALID_ARGUMENTS) this.#say(console, why, 'note');
      return;
    }
    if (read.kind === 'exit') {
      const { connection } = console;
      if (!connection.closed) this.#quietly(() => this.server.disconnect(connection));
      return this.#say(console, 'redis-cli ends here. The next command starts another.', 'note');
    }
    if (read.kind === 'connect') {
      const old = console.connection;
      this.#connect(console);
      return this.server.disconnect(old);
    }
    const { argv, times } = read;
    // As redis-cli does; not when it is closed, for then CLIENT KILL is still looking for whom to kill.
    if (console.connection.closed) this.#connect(console);
    const { connection } = console;
    const name = argv[0]!.toLowerCase();
    if (name === 'clear') return this.#transcript.add(number, 'clear', '');
    if (name === 'help' || name === '?')
      return this.#say(console, helpText(this.server, argv.slice(1)), 'reply');
    const intro = /^p?s?subscribe$/.test(name) && connection.resp === 2 && !connection.queue;
    this.#typing = { console, replies: [] };
    const { replies } = this.#typing;
    let done = 0;
    while (done < times && !connection.blocking && !connection.closing && !connection.closed) {
      const reply = this.server.execute(connection, argv);
      if (reply !== undefined) replies.push(reply);
      done++;
    }
    this.#typing = null;
    const failed = replies.some((each) => each instanceof ReplyError);
    const room = new Room(MOST_LINES, MOST_CHARACTERS);
    const note = intro && !failed ? 'Reading messages... (press Ctrl-C to quit)\n' : '';
    const text = note + replies.map((each) => printReply(each, connection.resp, room)).join('');
    if (text !== '') this.#print(console, text, failed ? 'error' : 'reply', room);
    const more = (connection.blocking ? leftOut(times, done) : '') + (failed ? hintFor(line) : '');
    if (more !== '') this.#say(console, more.replace(/\n$/, ''), 'note');
    if (connection.blocking) console.waitingSince = this.now;
    if (connection.closing) this.server.disconnect(connection);
  }

  /** Runs lines at no console: the data that a reader begins with. */
  fill(lines: readonly string[]): void {
    const connection = this.server.connect();
    for (const line of lines) {
      const read = readLine(line);
      if (read.kind !== 'command') continue;
      for (let i = 0; i < read.times; i++) this.server.execute(connection, read.argv);
    }
    this.server.disconnect(connection);
  }

  /** Ctrl-C: ends waiting and listening by a new connection, as a new redis-cli would. */
  interrupt(number: number): void {
    if (!this.canInterrupt(number)) return;
    const console = this.#find(number);
    const old = console.connection;
    this.#connect(console);
    this.server.disconnect(old);
    this.#say(console, '^C', 'note');
  }

  /** What is not the answer to the command just typed: a message, or a late answer. */
  #receive(console: Console, reply: Reply): void {
    if (this.#typing?.console === console) {
      this.#typing.replies.push(reply);
      return;
    }
    const { connection, waitingSince } = console;
    const waited = waitingSince > 0 ? (this.now - waitingSince) / 1000 : 0;
    console.waitingSince = 0;
    const time = waited >= 0.5 ? `(${waited.toFixed(2)}s)\n` : '';
    const room = new Room(MOST_LINES, MOST_CHARACTERS);
    const text = printReply(reply, connection.resp, room) + time;
    this.#print(console, text, reply instanceof ReplyError ? 'error' : 'reply', room);
  }

  /** Lets time pass, everything that it makes due happening in its order. */
  pass(milliseconds: number): void {
    const end = Math.min(END_OF_TIME, this.now + milliseconds);
    for (let next = this.server.nextStop(); next <= end; next = this.server.nextStop()) {
      this.now = Math.max(this.now, next);
      this.server.tick();
    }
    this.now = end;
    this.server.tick();
  }

  /** Everything stops, and starts again from what was on disk. */
  crash(kind: Crash): CrashReport {
    const before = keyspace(this.server, Infinity);
    let source: CrashReport['source'] = 'nothing';
    this.#quietly(() => (source = this.server.persistence.crash(kind)));
    const what = kind === 'power' ? 'The power failed' : 'The Redis process was killed';
    for (const console of this.#consoles.values()) {
      console.waitingSince = 0;
      this.#connect(console);
      this.#say(console, `${what}. The server started again: new connection.`, 'note');
    }
    return { kind, source, ...lossesOf(before, keyspace(this.server, Infinity)) };
  }
}
