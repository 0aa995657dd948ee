/**
 * A Redis with its consoles and its clock: one emulated server, clients that come and go, time that
 * passes by itself or in leaps, and crashes. No page in it.
 */
import {
  createServer,
  INVALID_ARGUMENTS,
  keyspace,
  printReply,
  prompt,
  ReplyError,
  splitArguments,
  type Client,
  type Crash,
  type Reply,
  type Server,
} from '../../engines/redis/emulator.ts';
import type { EntryKind } from '../terminal/log.ts';
import { helpText } from './help.ts';
import { compareKeyspaces, type KeyFate } from './losses.ts';

/** 1 January 2026, 12:00 UTC: where the clock of the course's Redis starts. */
export const START = Date.UTC(2026, 0, 1, 12);

/** A reader's line may ask for half a gigabyte; a page has none to spare. */
const LONGEST_STRING = '1mb';

/** One redis-cli. */
export interface Console {
  readonly number: number;
  readonly name: string;
  connection: Client;
  waitingSince: number;
}

/** What a crash did. */
export interface CrashReport {
  kind: Crash;
  /** What the server started from. */
  source: 'aof' | 'rdb' | 'nothing';
  fates: KeyFate[];
}

/** Who shows what happens. */
export interface Audience {
  print(console: Console, text: string, kind: EntryKind): void;
  clear(console: Console): void;
}

export class Emulation {
  server: Server;
  now = START;
  readonly consoles: Console[] = [];
  readonly #audience: Audience;
  #numbers = 0;
  /** Whose command is being executed, and the replies that came ahead of the last. */
  #typing: { console: Console; replies: Reply[] } | null = null;
  /** While everybody is disconnected at once, nobody is told one by one. */
  #quiet = false;

  constructor(audience: Audience) {
    this.#audience = audience;
    this.server = this.#newServer();
  }

  #newServer(): Server {
    const server = createServer({ clock: () => this.now, random: Math.random });
    server.config.set([['proto-max-bulk-len', LONGEST_STRING]]);
    server.onSleep = (milliseconds) => this.pass(milliseconds);
    return server;
  }

  /** A further client. */
  open(): Console {
    const number = (this.#numbers += 1);
    const console: Console = {
      number,
      name: `Client ${number}`,
      connection: undefined as unknown as Client,
      waitingSince: 0,
    };
    this.#connect(console);
    this.consoles.push(console);
    return console;
  }

  close(console: Console): void {
    this.consoles.splice(this.consoles.indexOf(console), 1);
    this.server.disconnect(console.connection);
  }

  prompt({ connection }: Console): string {
    if (connection.closed) return 'not connected>';
    if (connection.blocking) return '(waiting)';
    const text = prompt(connection).trimEnd();
    return this.#listens(connection) ? text.replace(/>$/, '(subscribed mode)>') : text;
  }

  isWaiting({ connection }: Console): boolean {
    return connection.blocking !== null;
  }

  /** Whether Ctrl-C has something to end. */
  canInterrupt({ connection }: Console): boolean {
    return connection.blocking !== null || this.#listens(connection) || connection.monitor;
  }

  #listens(connection: Client): boolean {
    return connection.subscribed && connection.resp === 2;
  }

  #connect(console: Console): void {
    const connection: Client = this.server.connect(
      (reply) => this.#receive(console, reply),
      () => {
        if (this.#quiet || console.connection !== connection || !this.consoles.includes(console))
          return;
        this.#audience.print(console, 'Error: Server closed the connection', 'error');
      },
    );
    console.connection = connection;
  }

  /** Types a line at a console's prompt. */
  type(console: Console, line: string): void {
    const argv = splitArguments(line);
    if (argv?.length === 0) return;
    if (argv === null) {
      const why = 'A quote is not closed, or something follows a closing one.';
      this.#audience.print(console, INVALID_ARGUMENTS, 'error');
      return this.#audience.print(console, why, 'note');
    }
    // As redis-cli does; not when it is closed, for then CLIENT KILL is still looking for whom to kill.
    if (console.connection.closed) this.#connect(console);
    const { connection } = console;
    const name = argv[0]!.toLowerCase();
    if (name === 'clear') return this.#audience.clear(console);
    if (name === 'help' || name === '?')
      return this.#audience.print(console, helpText(this.server, argv.slice(1)), 'reply');
    const intro = /^p?s?subscribe$/.test(name) && connection.resp === 2 && !connection.queue;
    this.#typing = { console, replies: [] };
    const reply = this.server.execute(connection, argv);
    const { replies } = this.#typing;
    this.#typing = null;
    if (reply !== undefined) replies.push(reply);
    const failed = replies.some((each) => each instanceof ReplyError);
    const note = intro && !failed ? 'Reading messages... (press Ctrl-C to quit)\n' : '';
    const text = note + replies.map((each) => printReply(each, connection.resp)).join('');
    if (text !== '') this.#audience.print(console, text, failed ? 'error' : 'reply');
    if (connection.blocking) console.waitingSince = this.now;
    if (connection.closing) this.server.disconnect(connection);
  }

  /** Runs lines at no console: the data that a reader begins with. */
  fill(lines: readonly string[]): void {
    const connection = this.server.connect();
    for (const line of lines) {
      const argv = splitArguments(line);
      if (argv && argv.length > 0) this.server.execute(connection, argv);
    }
    this.server.disconnect(connection);
  }

  /** Ctrl-C: ends waiting and listening by a new connection, as a new redis-cli would. */
  interrupt(console: Console): void {
    if (!this.canInterrupt(console)) return;
    const old = console.connection;
    this.#connect(console);
    this.server.disconnect(old);
    this.#audience.print(console, '^C', 'note');
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
    const text = printReply(reply, connection.resp) + time;
    this.#audience.print(console, text, reply instanceof ReplyError ? 'error' : 'reply');
  }

  /** Lets time pass, everything that it makes due happening in its order. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let next = this.server.nextEvent(); next <= end; next = this.server.nextEvent()) {
      this.now = Math.max(this.now, next);
      this.server.tick();
    }
    this.now = end;
    this.server.tick();
  }

  /** Everything stops, and starts again from what was on disk. */
  crash(kind: Crash): CrashReport {
    const before = keyspace(this.server, Infinity);
    this.#quiet = true;
    const source = this.server.persistence.crash(kind);
    this.#quiet = false;
    const what = kind === 'power' ? 'The power failed' : 'The Redis process was killed';
    for (const console of this.consoles) {
      console.waitingSince = 0;
      this.#connect(console);
      this.#audience.print(console, `${what}. The server started again: new connection.`, 'note');
    }
    return { kind, source, fates: compareKeyspaces(before, keyspace(this.server, Infinity)) };
  }

  /** A new server, empty, at the beginning of its time. The clients stay. */
  reset(): void {
    this.now = START;
    this.server = this.#newServer();
    for (const console of this.consoles) {
      console.waitingSince = 0;
      this.#connect(console);
      this.#audience.clear(console);
    }
  }
}
