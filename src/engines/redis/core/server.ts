/**
 * The core: databases, clients and the road every command takes. Synchronous; it has no timers and
 * no clock of its own. Whoever owns it calls {@link Server.tick} when time has passed.
 */
import { globMatch, type Bytes } from './bytes.ts';
import { MemoryWatch, type Cage } from './cage.ts';
import { Client, type Blocking } from './client.ts';
import { commandTable, Several, type CommandSpec, type Handler } from './command-table.ts';
import { Config } from './config.ts';
import { Database } from './keyspace.ts';
import { evict } from './eviction.ts';
import { Persistence } from './persistence.ts';
import { SlowLog } from './slow-log.ts';
import { err, PushReply, QUEUED, ReplyError, Status, type Reply } from './reply.ts';
import { quote } from './quote.ts';
import { printable, unknownCommand } from './unknown-command.ts';
import type { Value, ValueType } from './values.ts';

export interface ServerOptions {
  /** Unix time in milliseconds. */
  clock: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** What each command does, by its name (`get`, `client|id`). */
  handlers: Record<string, Handler>;
  /** The names of those that may come later than the server: whoever runs them has them come before. */
  later?: ReadonlySet<string> | undefined;
  /** What the place that it runs in allows; without one nothing but its settings limits it. */
  cage?: Cage | undefined;
}

export class Server {
  readonly clock: () => number;
  readonly random: () => number;
  readonly commands: Map<string, CommandSpec>;
  readonly config: Config;
  readonly databases: Database[] = [];
  readonly clients = new Map<number, Client>();
  readonly channels = new Map<Bytes, Set<Client>>();
  readonly patterns = new Map<Bytes, Set<Client>>();
  readonly shardChannels = new Map<Bytes, Set<Client>>();
  readonly persistence: Persistence;
  readonly runId: string;
  readonly slowLog: SlowLog;
  /** The time all of the running command happens at. */
  now: number;
  startedAt: number;
  /** How often it has started: whoever keeps something for it that no restart survives looks here. */
  starts = 1;
  accessCount = 0;
  /** Changes since the start; persistence counts with it. */
  dirty = 0;
  activeExpiry = true;
  stats = {
    hits: 0,
    misses: 0,
    expired: 0,
    evicted: 0,
    commands: 0,
    connections: 0,
    errors: new Map<string, number>(),
  };
  private readonly handlers: Readonly<Record<string, Handler>>;
  private readonly byExactName = new Map<string, CommandSpec>();
  private readonly monitors = new Set<Client>();
  private readonly blocked = new Set<Client>();
  private ready: { db: Database; key: Bytes }[] = [];
  private nextClientId = 1;
  private readonly memory: MemoryWatch | null;

  constructor(options: ServerOptions) {
    this.clock = options.clock;
    this.random = options.random;
    const { cage } = options;
    this.config = new Config(cage?.longestString);
    this.slowLog = new SlowLog(this.config);
    this.memory = cage ? new MemoryWatch(this, cage.memory) : null;
    this.handlers = options.handlers;
    this.commands = commandTable(options.handlers, options.later);
    this.now = Math.floor(this.clock());
    this.startedAt = this.now;
    for (let i = 0; i < 16; i++) this.databases.push(new Database(i, this));
    this.runId = Array.from({ length: 40 }, () => Math.floor(this.random() * 16).toString(16)).join(
      '',
    );
    this.persistence = new Persistence(this);
  }

  /**
   * A new connection. If there are too many it is told so when it first asks something.
   *
   * @param send receives what is not the answer of `execute`: messages, late replies of blocked commands.
   * @param onClose called when the server ends the connection.
   */
  connect(
    send: (reply: Reply) => void = () => undefined,
    onClose: () => void = () => undefined,
    address = '127.0.0.1:0',
  ): Client {
    this.now = Math.floor(this.clock());
    const id = this.nextClientId++;
    const client = new Client(id, this.databases[0]!, this.now, address, send, onClose);
    client.refused = this.clients.size >= this.config.numbers.maxClients;
    if (client.refused) return client;
    client.authenticated = this.config.password === '';
    this.clients.set(id, client);
    this.stats.connections++;
    return client;
  }

  /** Ends a connection, from either side. */
  disconnect(client: Client): void {
    if (client.closed) return;
    client.closed = true;
    this.unblock(client);
    this.unwatch(client);
    for (const [all, mine] of [
      [this.channels, client.channels],
      [this.patterns, client.patterns],
      [this.shardChannels, client.shardChannels],
    ] as const) {
      for (const channel of mine) this.leave(all, channel, client);
    }
    this.monitors.delete(client);
    this.clients.delete(client.id);
    client.onClose();
  }

  leave(all: Map<Bytes, Set<Client>>, channel: Bytes, client: Client): void {
    const members = all.get(channel);
    members?.delete(client);
    if (members?.size === 0) all.delete(channel);
  }

  /**
   * Runs one command.
   *
   * @param argv the words as byte strings, at least one.
   * @returns the reply, or `undefined` where there is none now.
   */
  execute(client: Client, argv: Bytes[]): Reply | undefined {
    this.now = Math.floor(this.clock());
    if (client.refused) {
      client.closing = true;
      return err('max number of clients reached');
    }
    const reply = this.process(client, argv);
    if (this.ready.length > 0) this.serveReady();
    if (this.persistence.aofEnabled) this.persistence.afterCommand();
    if (client.replyMode !== 'on' || reply instanceof Several) return this.filter(client, reply);
    return reply;
  }

  /** What CLIENT REPLY lets through, and the last of several replies, the others sent ahead. */
  private filter(client: Client, reply: Reply | Several | undefined): Reply | undefined {
    const silent = client.replyMode === 'off' || client.replyMode === 'skip';
    if (client.replyMode === 'skip' && !client.blocking) client.replyMode = 'on';
    else if (client.replyMode === 'skip-next') client.replyMode = 'skip';
    if (reply instanceof Several) {
      const replies = silent ? reply.replies.filter(isPush) : reply.replies;
      for (const one of replies.slice(0, -1)) client.send(one);
      return replies.at(-1);
    }
    if (silent && !isPush(reply)) return undefined;
    return reply;
  }

  /** The specification of a command by its words, or the error Redis gives. */
  resolve(argv: Bytes[]): CommandSpec | ReplyError {
    const name = argv[0]!;
    let spec = this.byExactName.get(name);
    if (spec === undefined) {
      spec = this.commands.get(name.toLowerCase());
      if (spec === undefined) return unknownCommand(argv);
      this.byExactName.set(name, spec);
    }
    if (spec.subcommands && argv.length > 1) {
      const sub = spec.subcommands.get(argv[1]!.toLowerCase());
      if (sub === undefined) {
        return err(
          `unknown subcommand '${printable(argv[1]!.slice(0, 128))}'. Try ${spec.name.toUpperCase()} HELP.`,
        );
      }
      spec = sub;
    }
    const { arity } = spec;
    if (arity > 0 ? arity !== argv.length : argv.length < -arity) {
      if (spec.name !== 'exec') spec.rejected++;
      return err(`wrong number of arguments for '${spec.name}' command`);
    }
    return spec;
  }

  private process(client: Client, argv: Bytes[]): Reply | Several | undefined {
    const spec = this.resolve(argv);
    if (spec instanceof ReplyError) {
      const isExec = argv[0]!.toLowerCase() === 'exec';
      return this.reject(client, spec, isExec ? this.commands.get('exec') : undefined);
    }
    if (!client.authenticated && this.config.password !== '' && !spec.flags.includes('no_auth'))
      return this.reject(client, new ReplyError('NOAUTH Authentication required.'), spec);
    const { queue } = client;
    if (queue !== null && spec.flags.includes('no_multi')) {
      return this.reject(client, err('Command not allowed inside a transaction'), spec);
    }
    if (this.config.maxmemory > 0) {
      const full = !evict(this);
      const refused =
        queue !== null
          ? !['discard', 'quit', 'reset'].includes(spec.name) &&
            (spec.name !== 'exec' || queue.some((q) => q.spec.denyOnMemory))
          : spec.denyOnMemory;
      if (full && refused) {
        const oom = new ReplyError("OOM command not allowed when used memory > 'maxmemory'.");
        return this.reject(client, oom, spec);
      }
    }
    if (client.subscribed && client.resp === 2 && !WHILE_SUBSCRIBED.has(spec.name)) {
      const allowed = '(P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET';
      const error = err(
        `Can't execute '${spec.name}': only ${allowed} are allowed in this context`,
      );
      return this.reject(client, error, spec);
    }
    if (queue !== null && !NEVER_QUEUED.has(spec.name)) {
      if (!client.dirty && !client.transactionBroken) queue.push({ spec, argv });
      return QUEUED;
    }
    return this.call(client, spec, argv);
  }

  private reject(client: Client, error: ReplyError, spec?: CommandSpec): ReplyError {
    if (client.queue !== null) client.transactionBroken = true;
    if (spec?.name === 'exec') {
      this.discard(client);
      error = new ReplyError(
        `EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, '')}`,
      );
    }
    if (spec) spec.rejected++;
    this.countError(error);
    return error;
  }

  private countError(error: ReplyError): void {
    const code = error.message.split(' ', 1)[0]!;
    this.stats.errors.set(code, (this.stats.errors.get(code) ?? 0) + 1);
  }

  /** Runs a command that has passed all checks. EXEC runs its commands through here as well. */
  call(client: Client, spec: CommandSpec, argv: Bytes[]): Reply | Several | undefined {
    spec.calls++;
    this.stats.commands++;
    client.lastCommand = spec.name;
    client.lastCommandAt = this.now;
    if (this.monitors.size > 0) this.feedMonitors(client, spec, argv);
    const handler = (spec.handler ??= this.handlers[spec.name]);
    if (handler === undefined) {
      spec.failed++;
      const name = spec.name.replace('|', ' ').toUpperCase();
      const error = err(
        spec.here
          ? `${name} is in a part of this emulator that was not loaded`
          : `${name} exists in Redis, but not in this emulator`,
      );
      this.countError(error);
      return error;
    }
    const began = this.clock();
    try {
      const { memory } = this;
      if (!memory || !spec.denyOnMemory) return handler(this, client, argv);
      memory.check();
      return memory.count(spec.name, client, argv, () => handler(this, client, argv));
    } catch (caught) {
      // A string longer than JavaScript can have is a RangeError, and an answer here.
      const error =
        caught instanceof RangeError ? err('this emulator cannot hold so much') : caught;
      if (!(error instanceof ReplyError)) throw error;
      spec.failed++;
      this.countError(error);
      return error;
    } finally {
      const ended = this.clock();
      const { slowerThan, latency } = this.config.numbers;
      const took = ended - began;
      if ((slowerThan >= 0 && took * 1000 >= slowerThan) || (latency > 0 && took >= latency))
        this.slowLog.note(spec, client, argv, ended, took);
    }
  }

  /** To be called by handlers that answer with an error value instead of throwing it. */
  discard(client: Client): void {
    client.queue = null;
    client.transactionBroken = false;
    client.dirty = false;
    this.unwatch(client);
  }

  unwatch(client: Client): void {
    for (const watch of client.watched) {
      const all = watch.db.watched.get(watch.key)!;
      all.splice(all.indexOf(watch), 1);
      if (all.length === 0) watch.db.watched.delete(watch.key);
    }
    client.watched = [];
  }

  // Blocking

  /** Makes the client wait as its `blocking` says. */
  block(client: Client, blocking: NonNullable<Client['blocking']>): void {
    client.blocking = blocking;
    this.blocked.add(client);
    for (const key of new Set(blocking.keys)) {
      const queue = blocking.db.waiting.get(key);
      if (queue) queue.push(client);
      else blocking.db.waiting.set(key, [client]);
    }
  }

  /** Ends the waiting without an answer. */
  unblock(client: Client): void {
    const { blocking } = client;
    if (!blocking) return;
    for (const key of new Set(blocking.keys)) {
      const queue = blocking.db.waiting.get(key)!;
      queue.splice(queue.indexOf(client), 1);
      if (queue.length === 0) blocking.db.waiting.delete(key);
    }
    client.blocking = null;
    this.blocked.delete(client);
  }

  get blockedClients(): number {
    return this.blocked.size;
  }

  /** A value somebody may wait for has come into being under the key. */
  signalReady(db: Database, key: Bytes, type: ValueType): void {
    if (this.blocked.size === 0 || !db.waiting.has(key)) return;
    if (![...this.blocked].some((client) => client.blocking!.type === type)) return;
    if (!this.ready.some((r) => r.db === db && r.key === key)) this.ready.push({ db, key });
  }

  private serveReady(): void {
    while (this.ready.length > 0) {
      const batch = this.ready;
      this.ready = [];
      while (batch.length > 0) {
        const { db, key } = batch.shift()!;
        const value = db.find(key);
        for (const client of [...(db.waiting.get(key) ?? [])]) {
          const { blocking } = client;
          const reply = blocking ? answerNow(blocking, key, value) : undefined;
          if (reply === undefined) continue;
          this.unblock(client);
          this.deliver(client, reply);
          if (db.dict.get(key) !== value) break;
        }
      }
    }
  }

  /** Sends a reply that comes late, unless the client wants none. */
  deliver(client: Client, reply: Reply): void {
    if (client.inline) client.inline.push(reply);
    else if (isPush(reply) || client.replyMode === 'on' || client.replyMode === 'skip-next') {
      client.send(reply);
    } else if (client.replyMode === 'skip') client.replyMode = 'on';
  }

  // Time

  /** Lets everything happen that the clock has made due: timeouts, expiry, save points, fsync. */
  tick(): void {
    this.now = Math.floor(this.clock());
    const due = [...this.blocked].filter((client) => client.blocking!.until < this.now);
    due.sort((a, b) => a.blocking!.until - b.blocking!.until || a.id - b.id);
    for (const client of due) {
      const reply = client.blocking!.onTimeout;
      this.unblock(client);
      this.deliver(client, reply);
    }
    this.leaveIdle();
    if (this.activeExpiry) {
      for (const db of this.databases) db.expireDue();
    }
    this.persistence.tick(this.now);
  }

  /** The next moment at which {@link tick} will have something to do, or `Infinity`. */
  nextEvent(): number {
    let next = this.nextTask();
    if (this.activeExpiry) {
      for (const db of this.databases) next = Math.min(next, db.volatile.next() + 1);
    }
    return next;
  }
  /**
   * The next moment at which whoever leaps through time has to stop. Keys that expire change nothing for one another: unless
   * somebody is told of each, all may go at the next stop, which a thousand of them would make a thousand stops.
   */
  nextStop(): number {
    const isTold = this.config.events?.has('x') && this.channels.size + this.patterns.size > 0;
    return isTold ? this.nextEvent() : this.nextTask();
  }
  private nextTask(): number {
    let next = this.persistence.nextEvent();
    for (const client of this.blocked) next = Math.min(next, client.blocking!.until + 1);
    for (const client of this.idle()) next = Math.min(next, this.patienceWith(client));
    return next;
  }

  /** Closes clients that have said nothing for as long as `timeout` says. */
  private leaveIdle(): void {
    for (const client of this.idle())
      if (this.patienceWith(client) <= this.now) this.disconnect(client);
  }
  /** Those who neither wait nor listen. */
  private idle(): Client[] {
    if (this.config.numbers.timeout === 0) return [];
    return [...this.clients.values()].filter((client) => !client.blocking && !client.subscribed);
  }
  /** Until when a client may say nothing. The server counts in seconds. */
  private patienceWith({ lastCommandAt }: Client): number {
    return (Math.floor(lastCommandAt / 1000) + this.config.numbers.timeout + 1) * 1000;
  }

  /** DEBUG SLEEP: the owner may let its clock pass the time. In milliseconds. */
  onSleep: (milliseconds: number) => void = () => undefined;

  /** CONFIG RESETSTAT, and what a new start begins with. */
  resetStatistics(): void {
    Object.assign(this.stats, { hits: 0, misses: 0, expired: 0, evicted: 0, commands: 0 });
    this.stats.connections = 0;
    this.stats.errors.clear();
    for (const spec of this.commands.values()) {
      for (const each of [spec, ...(spec.subcommands?.values() ?? [])]) {
        each.calls = each.rejected = each.failed = 0;
      }
    }
  }

  /** After a new start: statistics and uptime begin again. */
  restarted(): void {
    this.startedAt = this.now;
    this.starts++;
    this.resetStatistics();
  }

  /** A key was written: persistence has to know which. */
  written(db: Database, key: Bytes): void {
    this.persistence.keyWritten(db, key);
  }

  /** Sends a message to those who listen to a channel. @returns to how many. */
  publish(channel: Bytes, message: Bytes): number {
    let receivers = 0;
    for (const client of this.channels.get(channel) ?? []) {
      this.deliver(client, new PushReply(['message', channel, message]));
      receivers++;
    }
    for (const [pattern, clients] of this.patterns) {
      if (!globMatch(pattern, channel)) continue;
      for (const client of clients) {
        this.deliver(client, new PushReply(['pmessage', pattern, channel, message]));
        receivers++;
      }
    }
    return receivers;
  }

  // MONITOR

  startMonitor(client: Client): void {
    client.monitor = true;
    this.monitors.add(client);
  }
  stopMonitor(client: Client): void {
    client.monitor = false;
    this.monitors.delete(client);
  }
  private feedMonitors(client: Client, spec: CommandSpec, argv: Bytes[]): void {
    // Scripts are shown all the same, before what they run.
    const skipped = spec.flags.includes('skip_monitor') && spec.group !== 'scripting';
    if (skipped || spec.flags.includes('admin')) return;
    const micros = Math.floor(this.clock() * 1000);
    const time = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
    const words = argv.map((word) => quote(word)).join(' ');
    const line = new Status(`${time} [${client.db.id} ${client.address}] ${words}`);
    for (const monitor of this.monitors) monitor.send(line);
  }
}

/** What a waiting client is told about the value under a key, which may be gone; `undefined`: nothing yet. */
function answerNow(blocking: Blocking, key: Bytes, value: Value | undefined): Reply | undefined {
  if (blocking.type !== value?.type) return blocking.onGone;
  try {
    return blocking.serve(key, value);
  } catch (error) {
    if (error instanceof ReplyError) return error;
    throw error;
  }
}

/** Messages reach even a client that wants no replies. */
const isPush = (reply: unknown): boolean => reply instanceof PushReply;

const NEVER_QUEUED = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);
const WHILE_SUBSCRIBED = new Set(
  'ping subscribe ssubscribe unsubscribe sunsubscribe psubscribe punsubscribe quit reset'.split(
    ' ',
  ),
);
