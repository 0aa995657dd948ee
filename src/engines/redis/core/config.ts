/**
 * The configuration: CONFIG GET's names and values. What can be set has its effect (`config.test.ts` has the proof of
 * each); of what has none here, the value stands and cannot be changed.
 */
import { globMatch } from './bytes.ts';
import { err, type ReplyError } from './reply.ts';
import type { EncodingLimits } from './values.ts';

/** A rule for CONFIG SET: the value as it is kept, or why it is refused. */
export type Rule = (value: string, before: string) => string | { refused: string };

/** The largest 64-bit integer, as near as a double comes. */
const BIG = 2 ** 63;

const integerRule =
  (min: number, max: number): Rule =>
  (value) => {
    if (!/^-?\d+$/.test(value)) return { refused: "argument couldn't be parsed into an integer" };
    const n = Number(value);
    if (n < min || n > max) {
      return {
        refused: `argument must be between ${min} and ${max === BIG ? '9223372036854775807' : max} inclusive`,
      };
    }
    return String(n);
  };
const choice =
  (...options: string[]): Rule =>
  (value) =>
    options.includes(value.toLowerCase())
      ? value.toLowerCase()
      : { refused: `argument(s) must be one of the following: ${options.join(', ')}` };
const yesNo: Rule = (value) =>
  ['yes', 'no'].includes(value.toLowerCase())
    ? value.toLowerCase()
    : { refused: "argument must be 'yes' or 'no'" };
const text: Rule = (value) => value;
const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1024,
  m: 1e6,
  mb: 1024 ** 2,
  g: 1e9,
  gb: 1024 ** 3,
};
/** A size in bytes, kb or mb. */
export const memory: Rule = (value) => {
  const match = /^(\d+)([a-z]*)$/i.exec(value);
  const unit = match && UNITS[match[2]!.toLowerCase()];
  return unit ? String(Number(match[1]) * unit) : { refused: 'argument must be a memory value' };
};
const CLASSES = ['g', '$', 'l', 's', 'h', 'z', 'x', 'e', 't', 'd'];

/** The classes of events, in the order in which redis-server names them. */
const keyspaceEvents: Rule = (value) => {
  const classes = eventClasses(value);
  if (!classes) return { refused: "Invalid event class character. Use 'Ag$lshzxeKEtmdn'." };
  const all = CLASSES.every((one) => classes.has(one));
  const named = [...(all ? ['A'] : [...CLASSES, 'n'].filter((one) => classes.has(one)))];
  return [...named, ...['K', 'E', 'm'].filter((one) => classes.has(one))].join('');
};

/** The classes that a text names one by one, or `null` if it names what is none. */
function eventClasses(text: string): Set<string> | null {
  const classes = new Set<string>();
  for (const one of text) {
    if (one === 'A') for (const each of CLASSES) classes.add(each);
    else if ('KEmn'.includes(one) || CLASSES.includes(one)) classes.add(one);
    else return null;
  }
  return classes;
}

const savePoints: Rule = (value) => {
  const words = value.split(' ').filter((word) => word !== '');
  const valid =
    words.length % 2 === 0 &&
    words.every((word, i) => /^\d+$/.test(word) && (i % 2 === 1 || Number(word) >= 1));
  return valid ? words.join(' ') : { refused: 'Invalid save parameters' };
};

/** For what nothing here depends on: it is as it is. */
const fixed: Rule = (value, before) =>
  value.toLowerCase() === before
    ? before
    : { refused: `it is always "${before}" in this emulator` };

const PARAMETERS: Record<string, [initial: string, rule: Rule | 'immutable' | 'protected']> = {
  save: ['3600 1 300 100 60 10000', savePoints],
  appendonly: ['no', yesNo],
  appendfsync: ['everysec', choice('everysec', 'always', 'no')],
  'aof-use-rdb-preamble': ['yes', fixed],
  appendfilename: ['appendonly.aof', 'immutable'],
  appenddirname: ['appendonlydir', 'immutable'],
  dbfilename: ['dump.rdb', 'protected'],
  dir: ['/data', 'protected'],
  maxmemory: ['0', memory],
  'maxmemory-policy': [
    'noeviction',
    choice(
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'noeviction',
    ),
  ],
  'maxmemory-samples': ['5', fixed],
  'lfu-log-factor': ['10', integerRule(0, 2 ** 31 - 1)],
  'lfu-decay-time': ['1', integerRule(0, 2 ** 31 - 1)],
  'hash-max-listpack-entries': ['512', integerRule(0, BIG)],
  'hash-max-listpack-value': ['64', memory],
  'list-max-listpack-size': ['-2', integerRule(-5, 2 ** 31 - 1)],
  'list-compress-depth': ['0', fixed],
  'set-max-intset-entries': ['512', integerRule(0, BIG)],
  'zset-max-listpack-entries': ['128', integerRule(0, BIG)],
  'zset-max-listpack-value': ['64', memory],
  'stream-node-max-bytes': ['4096', memory],
  'stream-node-max-entries': ['100', integerRule(0, BIG)],
  'hll-sparse-max-bytes': ['3000', memory],
  'proto-max-bulk-len': ['536870912', memory],
  databases: ['16', 'immutable'],
  port: ['6379', fixed],
  bind: ['127.0.0.1 -::1', fixed],
  'protected-mode': ['yes', fixed],
  timeout: ['0', integerRule(0, 2 ** 31 - 1)],
  'tcp-keepalive': ['300', fixed],
  maxclients: ['10000', integerRule(1, 2 ** 32 - 1)],
  hz: ['10', fixed],
  loglevel: ['notice', fixed],
  logfile: ['', 'immutable'],
  daemonize: ['no', 'immutable'],
  'cluster-enabled': ['no', 'immutable'],
  requirepass: ['', text],
  'notify-keyspace-events': ['', keyspaceEvents],
  'slowlog-log-slower-than': ['10000', integerRule(-1, BIG)],
  'slowlog-max-len': ['128', integerRule(0, BIG)],
  'latency-monitor-threshold': ['0', integerRule(0, BIG)],
  'lazyfree-lazy-eviction': ['no', fixed],
  'lazyfree-lazy-expire': ['no', fixed],
  'lazyfree-lazy-server-del': ['no', fixed],
  'lazyfree-lazy-user-del': ['no', fixed],
  'lazyfree-lazy-user-flush': ['no', fixed],
  activedefrag: ['no', fixed],
  'busy-reply-threshold': ['5000', fixed],
};
/** Older spellings of the same parameters. */
const ALIASES: Record<string, string> = {
  'hash-max-ziplist-entries': 'hash-max-listpack-entries',
  'hash-max-ziplist-value': 'hash-max-listpack-value',
  'list-max-ziplist-size': 'list-max-listpack-size',
  'zset-max-ziplist-entries': 'zset-max-listpack-entries',
  'zset-max-ziplist-value': 'zset-max-listpack-value',
  'lua-time-limit': 'busy-reply-threshold',
};

export class Config {
  private readonly values = new Map<string, string>();
  private readonly parameters = { ...PARAMETERS };
  readonly limits: EncodingLimits = {
    hashEntries: 512,
    hashValue: 64,
    intsetEntries: 512,
    zsetEntries: 128,
    zsetValue: 64,
  };
  /** In bytes; 0: no limit. */
  maxmemory = 0;
  maxBulkLength: number;
  /** What is needed at every command, as numbers. */
  readonly numbers = {
    lfuLogFactor: 10,
    lfuDecayTime: 1,
    slowerThan: 10_000,
    latency: 0,
    timeout: 0,
    maxClients: 10_000,
  };
  /** Whether keys are evicted by how often they are used. */
  lfu = false;
  /** Empty: there is none. */
  password = '';
  /** The classes of keyspace notifications that are published, if any. */
  events: ReadonlySet<string> | null = null;
  private readonly longestString: number;

  /** @param longestString the most that `proto-max-bulk-len` may be, in bytes, and what it is then at first. */
  constructor(longestString = Infinity) {
    for (const [name, [initial]] of Object.entries(PARAMETERS)) this.values.set(name, initial);
    this.longestString = longestString;
    this.maxBulkLength = Math.min(longestString, Number(this.get('proto-max-bulk-len')));
    this.values.set('proto-max-bulk-len', String(this.maxBulkLength));
  }
  /** Takes in a parameter of whoever owns the server: of its connections, which the core knows nothing of. */
  add(name: string, initial: string, rule: Rule): void {
    this.parameters[name] = [initial, rule];
    this.values.set(name, initial);
  }
  get(name: string): string {
    return this.values.get(name) ?? '';
  }
  /** All names, without the older spellings. */
  names(): string[] {
    return [...this.values.keys()];
  }
  /** Names and values whose name fits one of the patterns. */
  matching(patterns: string[]): [string, string][] {
    const found = new Map<string, string>();
    for (const pattern of patterns.map((p) => p.toLowerCase())) {
      for (const [name, value] of this.values) if (globMatch(pattern, name)) found.set(name, value);
      for (const [alias, name] of Object.entries(ALIASES)) {
        if (globMatch(pattern, alias)) found.set(alias, this.get(name));
      }
    }
    return [...found];
  }
  /**
   * Sets all of the pairs or none.
   *
   * @param elsewhere whether a name is one of redis-server's that this emulator does not have.
   * @returns the error, or `null`.
   */
  set(
    pairs: [string, string][],
    elsewhere: (name: string) => boolean = () => false,
  ): ReplyError | null {
    const changes = new Map<string, string>();
    for (const [given, value] of pairs) {
      const lower = given.toLowerCase();
      const name = ALIASES[lower] ?? lower;
      const parameter = this.parameters[name];
      if (!parameter) {
        if (elsewhere(name))
          return err(
            `CONFIG SET failed (possibly related to argument '${given}') - it exists in Redis, but not in this emulator`,
          );
        return err(`Unknown option or number of arguments for CONFIG SET - '${given}'`);
      }
      const failed = (why: string): ReplyError =>
        err(`CONFIG SET failed (possibly related to argument '${given}') - ${why}`);
      if (changes.has(name)) return failed('duplicate parameter');
      if (typeof parameter[1] === 'string') return failed(`can't set ${parameter[1]} config`);
      const kept = parameter[1](value, this.get(name));
      if (typeof kept !== 'string') return failed(kept.refused);
      if (name === 'proto-max-bulk-len' && Number(kept) > this.longestString) {
        return failed(
          `this emulator has no room for longer strings than ${this.longestString} bytes`,
        );
      }
      changes.set(name, kept);
    }
    for (const [name, value] of changes) this.values.set(name, value);
    for (const [given, value] of pairs)
      if (given.toLowerCase() === 'notify-keyspace-events') {
        const classes = eventClasses(value)!;
        this.events = classes.size > 0 ? classes : null;
      }
    this.apply();
    return null;
  }
  private apply(): void {
    const number = (name: string): number => Number(this.get(name));
    Object.assign(this.numbers, {
      lfuLogFactor: number('lfu-log-factor'),
      lfuDecayTime: number('lfu-decay-time'),
      slowerThan: number('slowlog-log-slower-than'),
      latency: number('latency-monitor-threshold'),
      timeout: number('timeout'),
      maxClients: number('maxclients'),
    });
    this.lfu = this.get('maxmemory-policy').endsWith('lfu');
    this.password = this.get('requirepass');
    this.limits.hashEntries = Number(this.get('hash-max-listpack-entries'));
    this.limits.hashValue = Number(this.get('hash-max-listpack-value'));
    this.limits.intsetEntries = Number(this.get('set-max-intset-entries'));
    this.limits.zsetEntries = Number(this.get('zset-max-listpack-entries'));
    this.limits.zsetValue = Number(this.get('zset-max-listpack-value'));
    this.maxmemory = Number(this.get('maxmemory'));
    this.maxBulkLength = Number(this.get('proto-max-bulk-len'));
  }
}
