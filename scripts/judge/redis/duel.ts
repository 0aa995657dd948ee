/**
 * The same steps on redis-server and on the emulator, compared one by one.
 *
 * Time: both live on a clock that stands still until a step moves it (see
 * `redis-server-process.ts`), so TTLs agree to the millisecond and timeouts come when they are due.
 * Expiry happens on access on both sides (`DEBUG SET-ACTIVE-EXPIRE 0`).
 */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Client } from '../../../src/engines/redis/core/client.ts';
import { Server } from '../../../src/engines/redis/core/server.ts';
import { ReplyError, SetReply, type Reply } from '../../../src/engines/redis/core/reply.ts';
import { SetValue, type Value } from '../../../src/engines/redis/core/values.ts';
import { runs } from '../../../src/engines/redis/hyperloglog/sparse.ts';
import { handlers, loadEveryCommand } from '../../../src/engines/redis/commands/index.ts';
import type { RedisProcess } from '../../redis/server-process.ts';
import {
  canonical,
  nearlySame,
  unordered,
  RANDOM,
  sameShape,
  show,
  type Difference,
} from './compare.ts';
import { Connection } from './connection.ts';
import { CLIENTS, type Step } from './generate.ts';
import { seeded } from './random.ts';
import { compareDatabase } from './stored.ts';
import { transfer, type Transfer } from './transfer.ts';
import { wire } from './wire.ts';

export const START = 1_900_000_000_000;

export interface Mismatch extends Difference {
  /** Index of the step, or `-1` for the state at the end. */
  at: number;
}

interface Peer {
  real: Connection;
  realId: string;
  client: Client;
  /** Replies of the emulator not yet compared. */
  inbox: Reply[];
}

/**
 * Left out of transactions: random choices that change the state, an estimate, a change of protocol
 * in the middle of a reply, CLIENT REPLY, after which redis-server announces more replies than it sends, and
 * a count of references, of which the queue holds some; and what is compared or left out by what a key holds, which
 * is not known before EXEC: the order of SORT, a dump.
 */
const NOT_IN_TRANSACTIONS =
  /^(spop|memory|hello|client reply|object refcount|object idletime|sort|sort_ro|dump)\b/i;

/** The random numbers of scripts go on from one sequence to the next. */
const SEED = ['EVAL', 'math.randomseed(1)', '0'];

const NEUTRAL: [string, string][] = [
  ['hash-max-listpack-entries', '512'],
  ['hash-max-listpack-value', '64'],
  ['set-max-intset-entries', '512'],
  ['zset-max-listpack-entries', '128'],
  ['zset-max-listpack-value', '64'],
  ['stream-node-max-entries', '100'],
  ['stream-node-max-bytes', '4096'],
  ['list-max-listpack-size', '-2'],
  ['hll-sparse-max-bytes', '3000'],
  ['maxmemory', '0'],
  ['appendfsync', 'everysec'],
  ['requirepass', ''],
];

function endsInHalfARun(value: Value | undefined): boolean {
  if (value?.type !== 'string' || !value.head(5).startsWith('HYLL\x01')) return false;
  const last = [...runs(value.view())].at(-1);
  return last !== undefined && last.at + last.size > value.length;
}

export class Duel {
  private readonly redis: RedisProcess;
  private readonly control: Connection;
  private peers: Peer[] = [];
  private server!: Server;
  private observer!: Client;
  /** Hears of every key, there and here. */
  private listener: Connection | null = null;
  private heard: Reply[] = [];
  private now = START;
  private runs = 0;
  /** Whether a sequence has stored distances, see {@link nearlySame}. */
  private storedDistances = false;

  private constructor(redis: RedisProcess, control: Connection) {
    this.redis = redis;
    this.control = control;
  }
  static async begin(redis: RedisProcess): Promise<Duel> {
    await loadEveryCommand();
    const control = await Connection.open(redis.port);
    await control.call('DEBUG', 'SET-ACTIVE-EXPIRE', '0');
    await control.call('CONFIG', 'SET', 'sanitize-dump-payload', 'yes');
    // So that it often looks at its clock.
    await control.call('CONFIG', 'SET', 'hz', '500');
    return new Duel(redis, control);
  }
  end(): void {
    this.control.close();
    for (const peer of this.peers) peer.real.close();
    this.listener?.close();
  }

  private async fresh(): Promise<void> {
    this.now = START;
    this.storedDistances = false;
    this.redis.setClock(this.now);
    await this.clockIsKnown();
    for (const peer of this.peers) if (peer.client.blocking) peer.real.close();
    await this.control.call('FLUSHALL');
    await this.control.call(...SEED);
    await this.control.call('SCRIPT', 'FLUSH');
    for (const [name, value] of NEUTRAL) await this.control.call('CONFIG', 'SET', name, value);
    this.server = new Server({ clock: () => this.now, random: seeded(1), handlers });
    this.server.activeExpiry = false;
    this.observer = this.server.connect();
    this.server.execute(this.observer, SEED);
    this.server.execute(this.observer, ['SCRIPT', 'FLUSH']);
    await this.listen();
    const old = this.peers;
    this.peers = [];
    for (let i = 0; i < CLIENTS; i++) {
      let real = old[i]?.real;
      if (real && !real.closed && !(await this.drained(real))) real.close();
      if (!real || real.closed) real = await Connection.open(this.redis.port);
      const inbox: Reply[] = [];
      const client = this.server.connect((reply) => inbox.push(wire(reply, client.resp)));
      this.peers.push({
        real,
        realId: show(await real.call('CLIENT', 'ID')).slice(1),
        client,
        inbox,
      });
    }
  }
  private async listen(): Promise<void> {
    if (this.listener?.closed !== false) {
      this.listener = await Connection.open(this.redis.port);
      await this.listener.call('PSUBSCRIBE', '__key*__:*');
    } else await this.heardThere();
    this.heard = [];
    const here = this.server.connect((reply) => this.heard.push(wire(reply, 2)));
    this.server.execute(here, ['PSUBSCRIBE', '__key*__:*']);
    for (const set of [
      (argv: Bytes[]) => this.control.call(...argv),
      (argv: Bytes[]) => this.server.execute(this.observer, argv),
    ])
      await set(['CONFIG', 'SET', 'notify-keyspace-events', 'KEAmn']);
  }
  /** What redis-server said of keys. */
  private async heardThere(): Promise<Reply[]> {
    const marker = `heard up to ${++this.runs}`;
    this.listener!.send(['PING', marker]);
    const heard: Reply[] = [];
    for (;;) {
      const reply = await this.listener!.receive(5000);
      if (reply === undefined || (Array.isArray(reply) && reply[1] === marker)) return heard;
      heard.push(reply);
    }
  }
  /** The events of all keys. Those of lookups come in the order of the lookups, which is not promised. */
  private async compareEvents(): Promise<Difference | null> {
    if (this.listener!.closed) return null;
    const lists = [this.heard, await this.heardThere()].map((heard) => {
      const all = heard.map((reply) => (reply as Reply[]).slice(2).map(String).join(' '));
      const looked = all.filter((one) => /expired|keymiss/.test(one));
      return [...all.filter((one) => !looked.includes(one)), ...looked.sort()];
    }) as [string[], string[]];
    const at = lists[0].findIndex((one, i) => one !== lists[1][i]);
    const from = at < 0 ? lists[0].length : at;
    if (at < 0 && lists[0].length === lists[1].length) return null;
    const [emulator, redis] = lists.map((list) =>
      list.slice(Math.max(0, from - 2), from + 4).join(', '),
    ) as [string, string];
    return { what: 'what is said of keys', emulator, redis };
  }

  /** The time of access comes from a clock that redis-server reads now and then. */
  private async clockIsKnown(): Promise<void> {
    const seconds = Math.floor(this.now / 1000) % 2 ** 24;
    let info = '';
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      info = show(await this.control.call('INFO', 'server'));
      if (info.includes(`lru_clock:${seconds}\\r`)) return;
    }
    throw new Error(`redis-server does not look at its clock: ${seconds}, ${info}`);
  }
  /** Back to a new connection's state. */
  private async drained(real: Connection): Promise<boolean> {
    const marker = `end of run ${++this.runs}`;
    real.send(['RESET'], ['ECHO', marker]);
    for (;;) {
      const reply = await real.receive(5000);
      if (reply === undefined) return false;
      if (reply === marker) return true;
    }
  }

  /** Runs the steps from an empty state. @returns the first mismatch, or `null`. */
  async run(steps: Step[]): Promise<Mismatch | null> {
    await this.fresh();
    for (const [i, step] of steps.entries()) {
      const mismatch = await this.step(step);
      if (mismatch) return { ...mismatch, at: i };
    }
    return this.finish();
  }

  private async step(step: Step): Promise<Difference | null> {
    if (step.kind === 'advance') {
      this.now += step.milliseconds;
      this.redis.setClock(this.now);
      this.server.tick();
      await this.clockIsKnown();
      return this.compareLate();
    }
    const peer = this.free(step.client);
    if (!peer) return null;
    if (step.kind === 'scan') return this.scan(peer, step.argv);
    if (step.kind === 'transfer') return this.transfer(peer, step.transfer);
    const { argv } = step;
    const name = argv[0]!.toLowerCase();
    if (peer.client.queue && NOT_IN_TRANSACTIONS.test(argv.slice(0, 2).join(' '))) return null;
    if (peer.client.queue && /subscribe$/.test(name) && peer.client.replyMode !== 'on') return null;
    // Before a password redis-server takes ten words of a command and no more, and hangs up.
    if (!peer.client.authenticated && argv.length > 10) return null;
    // What is picked cannot be seen, or what is removed in the search for it.
    if (name === 'spop' && peer.client.replyMode !== 'on') return null;
    const stale = (): boolean =>
      [...peer.client.db.volatile].some((key) => peer.client.db.dict.get(key)!.expireAt < this.now);
    if (name === 'randomkey' && stale()) return null;
    const queued = name === 'exec' ? (peer.client.queue ?? []) : [];
    if (queued.some(({ argv: words }) => RANDOM.has(words[0]!.toLowerCase()))) return null;
    if (this.unspecified(peer, argv) || queued.some((q) => this.unspecified(peer, q.argv)))
      return null;
    if (argv.some((word) => /^storedist$/i.test(word))) this.storedDistances = true;
    const hashes = this.looseHashes(peer);
    const before = this.membersBefore(peer, argv);
    const mine = this.server.execute(peer.client, argv);
    peer.real.send(argv);
    if (mine !== undefined) peer.inbox.push(wire(mine, peer.client.resp));
    const late = peer.inbox.length === 0;
    if (peer.inbox.length > 0) {
      const mismatch = await this.compareReplies(
        peer,
        argv,
        queued.map((q) => q.argv),
        hashes,
        before,
      );
      if (mismatch) return mismatch;
    }
    if (late) {
      const mismatch = await this.settle(peer, argv);
      if (mismatch) return mismatch;
    }
    return this.compareLate();
  }

  /** The client, or the next one if it waits: a sequence would else come to a standstill. */
  private free(client: number): Peer | undefined {
    const { peers } = this;
    return [...peers.slice(client), ...peers.slice(0, client)].find(
      (peer) => !peer.client.blocking,
    );
  }

  /** No reply is expected: wait until redis-server has really seen the command. */
  private async settle(peer: Peer, argv: Bytes[]): Promise<Difference | null> {
    if (!peer.client.blocking) {
      await this.control.call('PING');
      await this.control.call('PING');
      return null;
    }
    for (let i = 0; i < 50; i++) {
      const text = show(await this.control.call('CLIENT', 'LIST', 'ID', peer.realId));
      if (/ flags=\S*b/.test(text)) return null;
    }
    const reply = await peer.real.receive(200);
    return { what: argv.map(show).join(' '), emulator: 'blocks', redis: show(reply) };
  }

  /**
   * Ranges by name over different scores have no documented result once the set is a skip list; when databases
   * change places it is not promised which of several keys a client waits for is looked at first; and a
   * HyperLogLog that ends in half a run makes redis-server read what is behind it in memory. All keys with
   * the same integer up to 9,999 share one object there, and its time of access. SORT leaves equal elements of
   * a hash table in the order of the table.
   */
  private unspecified(peer: Peer, argv: Bytes[]): boolean {
    if (/^swapdb$/i.test(argv[0]!)) {
      return this.peers.some(({ client }) => new Set(client.blocking?.keys).size > 1);
    }
    // There is one user, whom nothing changes: that is said whatever was asked for.
    if (/^setuser$/i.test(argv[1] ?? '') && /^acl$/i.test(argv[0]!)) return true;
    if (/^pf/i.test(argv[0]!)) {
      return argv.slice(1).some((key) => endsInHalfARun(peer.client.db.dict.get(key)));
    }
    if (/^sort(_ro)?$/i.test(argv[0]!)) {
      const value = peer.client.db.dict.get(argv[1] ?? '');
      const words = argv.map((word) => word.toLowerCase());
      const by = words.includes('by') ? words[words.lastIndexOf('by') + 1] : undefined;
      const inTable = value?.type === 'set' && !value.compact;
      if (!by?.includes('*')) return by !== undefined && inTable;
      return words.includes('alpha') && (inTable || value?.type === 'zset');
    }
    if (/^idletime$/i.test(argv[1] ?? '')) {
      const value = peer.client.db.dict.get(argv[2]!);
      return value?.type === 'string' && value.encoding === 'int' && value.length <= 4;
    }
    if (!argv.some((word) => /lex/i.test(word))) return false;
    return argv.slice(1, 3).some((key) => {
      const value = peer.client.db.dict.get(key);
      return (
        value?.type === 'zset' && !value.compact && value.set.first?.score !== value.set.last?.score
      );
    });
  }

  private looseHashes(peer: Peer): Set<Bytes> {
    const loose = new Set<Bytes>();
    for (const [key, value] of peer.client.db.dict) {
      if (value.type === 'hash' && !value.compact) loose.add(key);
    }
    return loose;
  }

  /** What a random pick may return. */
  private membersBefore(peer: Peer, argv: Bytes[]): Set<Bytes> {
    const name = argv[0]!.toLowerCase();
    if (!RANDOM.has(name)) return new Set();
    if (name === 'randomkey') return new Set(peer.client.db.dict.keys());
    const value = argv[1] === undefined ? undefined : peer.client.db.dict.get(argv[1]);
    if (value?.type === 'set') return new Set(value.members);
    if (value?.type === 'hash') return new Set([...value.fields].flat());
    if (value?.type === 'zset') return new Set(value.set.members());
    return new Set();
  }

  private async compareReplies(
    peer: Peer,
    argv: Bytes[],
    queued: Bytes[][],
    loose: Set<Bytes>,
    before: Set<Bytes>,
  ): Promise<Difference | null> {
    const name = argv[0]!.toLowerCase();
    if (name === 'publish' && peer.inbox.length > 1) return this.compareLate();
    for (;;) {
      const mine = peer.inbox.shift();
      if (mine === undefined) return null;
      const theirs = await peer.real.receive();
      const what = argv.map((word) => show(word)).join(' ');
      const different = { what, emulator: show(mine), redis: show(theirs) };
      if (theirs === undefined) return different;
      if (RANDOM.has(name) && !(mine instanceof ReplyError)) {
        const holds = (item: Reply): boolean =>
          typeof item !== 'string' ||
          before.has(item) ||
          item !== item.trim() ||
          !Number.isNaN(Number(item)) ||
          /inf/.test(item);
        if (!sameShape(mine, theirs, holds)) return different;
        if (name === 'spop') this.adopt(peer, argv, mine, theirs);
        continue;
      }
      if (name === 'exec' && queued.some((words) => /subscribe$/i.test(words[0]!))) {
        // Whose reply is whose cannot be told: several replies for one command shift the others,
        // some of them behind the end of EXEC's reply.
        const rest = peer.inbox.splice(0);
        const all = [...(Array.isArray(theirs) ? theirs : [theirs])];
        for (let n = rest.length; n > 0; n--) all.push((await peer.real.receive()) ?? null);
        const ours = [...(Array.isArray(mine) ? mine : [mine]), ...rest];
        if (show(unordered(ours)) !== show(unordered(all))) {
          return { ...different, emulator: show(ours), redis: show(all) };
        }
        continue;
      }
      if (name === 'exec' && Array.isArray(mine) && Array.isArray(theirs)) {
        const settled = (replies: Reply[]): Reply[] =>
          replies.map((reply, i) => {
            const words = queued[i];
            // A hash may have become a hashtable on the way.
            return words ? canonical(words, reply, true) : reply;
          });
        const [a, b] = [show(settled(mine)), show(settled(theirs))];
        if (a !== b && !(this.storedDistances && nearlySame(a, b))) return different;
        continue;
      }
      // redis-server's clock for these goes on ten times a second, whatever the time is.
      if (name === 'object' && typeof mine === 'number' && typeof theirs === 'number')
        if (/^idletime$/i.test(argv[1]!) && Math.abs(mine - theirs) <= 1) continue;
      const isLoose = loose.has(argv[1] ?? '');
      const [a, b] = [mine, theirs].map((reply) => show(canonical(argv, reply, isLoose)));
      if (a !== b && !(this.storedDistances && nearlySame(a!, b!))) return different;
    }
  }

  /** SPOP took other members there than here: take over what is left there. */
  private adopt(peer: Peer, argv: Bytes[], mine: Reply, theirs: Reply): void {
    const list = (reply: Reply): Bytes[] =>
      typeof reply === 'string'
        ? [reply]
        : reply instanceof SetReply
          ? (reply.members as Bytes[])
          : Array.isArray(reply)
            ? (reply as Bytes[])
            : [];
    const value = peer.client.db.dict.get(argv[1]!);
    if (value?.type !== 'set') return;
    const popped = list(theirs);
    for (const member of list(mine)) value.members.add(member);
    for (const member of popped) value.members.delete(member);
    if (argv.length > 2 && value.size * 5 <= popped.length) {
      value.compact = SetValue.of(value.members, this.server.config.limits).compact;
    }
  }

  /** Replies that clients got without asking: messages, and answers they had waited for. */
  private async compareLate(): Promise<Difference | null> {
    for (const [i, peer] of this.peers.entries()) {
      const mine = peer.inbox.splice(0);
      const theirs: Reply[] = [];
      while (theirs.length < mine.length) {
        const reply = await peer.real.receive();
        if (reply === undefined) break;
        theirs.push(reply);
      }
      // One message may fit several patterns, which come in no promised order.
      const together = mine.length > 1 ? unordered : (replies: Reply): Reply => replies;
      if (show(together(mine)) !== show(together(theirs))) {
        return { what: `late reply of client ${i}`, emulator: show(mine), redis: show(theirs) };
      }
    }
    return null;
  }

  private async scan(peer: Peer, argv: Bytes[]): Promise<Difference | null> {
    if (peer.client.queue || peer.client.subscribed || peer.client.replyMode !== 'on') return null;
    const at = argv.indexOf('%');
    const whole = async (call: (words: Bytes[]) => Promise<Reply | undefined>): Promise<string> => {
      const found = new Set<string>();
      let cursor = '0';
      do {
        const reply = await call(argv.map((word, i) => (i === at ? cursor : word)));
        if (!Array.isArray(reply)) return show(reply);
        cursor = reply[0] as string;
        const items = reply[1] as Reply[];
        const width = /^[HZ]SCAN$/.test(argv[0]!) ? 2 : 1;
        for (let i = 0; i < items.length; i += width) found.add(show(items.slice(i, i + width)));
      } while (cursor !== '0');
      return [...found].sort().join(' ');
    };
    const mine = await whole((words) =>
      Promise.resolve(wire(this.server.execute(peer.client, words)!, peer.client.resp)),
    );
    const theirs = await whole((words) => peer.real.call(...words));
    return mine === theirs ? null : { what: argv.join(' '), emulator: mine, redis: theirs };
  }

  private async transfer(peer: Peer, what: Transfer): Promise<Difference | null> {
    if (peer.client.queue || peer.client.subscribed || peer.client.replyMode !== 'on') return null;
    const difference = await transfer(
      (words) => Promise.resolve(wire(this.server.execute(peer.client, words)!, peer.client.resp)),
      async (words) => (await peer.real.call(...words))!,
      what,
    );
    return difference ?? this.compareLate();
  }

  /** Ends all waiting, looks for replies nobody expected, and compares everything that is stored. */
  private async finish(): Promise<Mismatch | null> {
    const at = -1;
    await this.control.call('CONFIG', 'SET', 'requirepass', '');
    this.server.execute(this.observer, ['CONFIG', 'SET', 'requirepass', '']);
    for (const peer of this.peers) {
      if (!peer.client.blocking) continue;
      this.server.execute(this.observer, ['CLIENT', 'UNBLOCK', String(peer.client.id)]);
      await this.control.call('CLIENT', 'UNBLOCK', peer.realId);
    }
    const late = await this.compareLate();
    if (late) return { ...late, at };
    for (const [i, peer] of this.peers.entries()) {
      const mismatch = await this.step({
        kind: 'command',
        group: 'end',
        client: i,
        argv: ['RESET'],
      });
      if (mismatch) return { ...mismatch, at };
      const marker = `end of client ${i}`;
      const reply = await peer.real.call('ECHO', marker);
      if (reply !== marker) {
        return { at, what: `reply to client ${i}`, emulator: 'none', redis: show(reply) };
      }
    }
    const events = await this.compareEvents();
    if (events) return { ...events, at };
    for (const db of ['0', '1', '2']) {
      const mismatch = await compareDatabase(
        this.server,
        this.observer,
        this.control,
        db,
        this.storedDistances,
      );
      if (mismatch) return { ...mismatch, at };
    }
    await this.control.call('SELECT', '0');
    return null;
  }
}
