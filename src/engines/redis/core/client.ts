/** One connection: what the server remembers about it. */
import type { Bytes } from './bytes.ts';
import type { Database } from './keyspace.ts';
import type { Reply } from './reply.ts';
import type { Value } from './values.ts';
import type { CommandSpec } from './command-table.ts';

/** Why a client waits, and how it is answered. */
export interface Blocking {
  type: 'list' | 'zset' | 'stream';
  db: Database;
  keys: Bytes[];
  /** Unix time in milliseconds; `Infinity` for ever. */
  until: number;
  /** Takes what it waited for from a value that is there now; `undefined` if it is not in there yet. */
  serve(key: Bytes, value: Value): Reply | undefined;
  /** The answer when time is up. */
  onTimeout: Reply;
  /** The answer when a value of the type is there no more, for those who depend on it. */
  onGone?: Reply;
}

/** A key under WATCH. */
export interface Watched {
  client: Client;
  db: Database;
  key: Bytes;
  /** It had expired, undeleted, when WATCH came: its disappearing is no change. */
  expired: boolean;
}

export interface Queued {
  spec: CommandSpec;
  argv: Bytes[];
}

export class Client {
  readonly id: number;
  db: Database;
  resp: 2 | 3 = 2;
  name: Bytes = '';
  address: string;
  readonly connectedAt: number;
  /** Receives replies that are not the return value of `execute`: messages, replies of blocked commands. */
  readonly send: (reply: Reply) => void;
  /** Called when the server closes the connection (QUIT, CLIENT KILL). */
  readonly onClose: () => void;
  closed = false;

  /** The open transaction, or `null`. */
  queue: Queued[] | null = null;
  transactionBroken = false;
  watched: Watched[] = [];
  /** A watched key has changed: EXEC answers nil. */
  dirty = false;

  blocking: Blocking | null = null;
  /** Inside EXEC blocking commands behave as if time were up at once. */
  denyBlocking = false;
  /** It is a script whose commands these are. */
  isScript = false;

  /** While EXEC runs: its replies so far, among which messages to this client go as well. */
  inline: Reply[] | null = null;

  readonly channels = new Set<Bytes>();
  readonly patterns = new Set<Bytes>();
  readonly shardChannels = new Set<Bytes>();
  /** Whether it listens to anything at all. */
  subscribed = false;
  monitor = false;
  replyMode: 'on' | 'off' | 'skip-next' | 'skip' = 'on';
  noEvict = false;
  /** It has said the password, or needed none. */
  authenticated = true;
  /** There were too many clients already: it is told so, and closed. */
  refused = false;
  /** To be closed once the running command's reply is out (QUIT). */
  closing = false;
  lastCommand = 'NULL';
  lastCommandAt: number;

  constructor(
    id: number,
    db: Database,
    now: number,
    address: string,
    send: (reply: Reply) => void,
    onClose: () => void,
  ) {
    this.id = id;
    this.db = db;
    this.connectedAt = now;
    this.lastCommandAt = now;
    this.address = address;
    this.send = send;
    this.onClose = onClose;
  }

  /** How many channels and patterns it listens to, shard channels apart. */
  get subscriptions(): number {
    return this.channels.size + this.patterns.size;
  }
}
