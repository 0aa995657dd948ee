/** Random commands, by group, and random sequences of them. */
import type { Bytes } from '../../src/engines/redis/core/bytes.ts';
import type { Random } from './random.ts';

/** One step of a sequence. */
export type Step =
  | { kind: 'command'; group: string; client: number; argv: Bytes[] }
  /** A whole scan, from cursor 0 to cursor 0; `argv` with `%` for the cursor. */
  | { kind: 'scan'; group: string; client: number; argv: Bytes[] }
  | { kind: 'advance'; group: 'time'; milliseconds: number };

export const CLIENTS = 3;

type Make = () => Bytes[];

/** Generators of commands for every group, drawing from `random`. */
export function generators(random: Random): Record<string, Make[]> {
  const below = (n: number): number => Math.floor(random() * n);
  const chance = (p: number): boolean => random() < p;
  const one = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: 1 + below(most) }, make);
  const maybe = (p: number, ...words: (() => Bytes)[]): Bytes[] =>
    chance(p) ? words.map((word) => word()) : [];
  const word = (...words: Bytes[]): (() => Bytes) => {
    return () => one(words);
  };

  const TYPES = 'slhtz';
  const key = (type: string): Bytes => {
    const prefix = chance(0.93) ? type : one([...TYPES, 'x']);
    return `${prefix}${below(chance(0.8) ? 3 : 6)}`;
  };
  const any = (): Bytes => key(one([...TYPES]));
  const keyOf = (type: string) => (): Bytes => key(type);
  const randomBytes = (n: number): Bytes =>
    Array.from({ length: n }, () => String.fromCharCode(below(256))).join('');
  const bigInteger = (): Bytes =>
    one([
      '9223372036854775807',
      '-9223372036854775808',
      '9223372036854775806',
      '9223372036854775808',
      '-9223372036854775809',
      '9007199254740993',
      '-9007199254740992',
      '4294967296',
      '2147483648',
    ]);
  const int = (): Bytes =>
    chance(0.9)
      ? String(below(40) - 10)
      : chance(0.5)
        ? bigInteger()
        : one(['x', '', '1.5', '01', '+1', ' 1', '-0', '1e3']);
  const count = (): Bytes => (chance(0.93) ? String(below(6)) : int());
  const index = (): Bytes => (chance(0.95) ? String(below(16) - 8) : int());
  // Not 2^63 picks: redis-server would begin to send them.
  const picks = (): Bytes =>
    chance(0.95) ? String(below(16) - 8) : one(['x', '', '1.5', '9223372036854775808']);
  // No 1e400: redis-server remembers that overflow, and a later SORT then refuses good numbers.
  const float = (): Bytes =>
    one([
      () => String(below(100) / 10),
      () => String(below(20) - 10),
      () => String((random() - 0.5) * 100),
      () => `${below(10)}e${below(40) - 20}`,
      () => one(['inf', '-inf', '+inf', 'nan', '0x10', '-0', '.5', '5.', 'abc', '', '1e300']),
      () => String(random()),
    ])();
  const score = (): Bytes => (chance(0.6) ? String(below(6)) : float());
  const member = (): Bytes =>
    chance(0.9)
      ? one(['a', 'b', 'c', 'd', 'e', 'f', 'aa', 'ab', '1', '2', '3', '10', '-5'])
      : value();
  const number = (): Bytes => (chance(0.85) ? String(below(200) - 20) : member());
  function value(): Bytes {
    return one([
      () => member0(),
      () => String(below(1000) - 100),
      () => float(),
      () => randomBytes(below(12)),
      () => 'x'.repeat(one([0, 39, 40, 44, 45, 63, 64, 65, 100])),
      () => bigInteger(),
      () => 'hello world',
    ])();
  }
  function member0(): Bytes {
    return one(['a', 'b', 'c', 'd', 'e', 'f']);
  }
  const seconds = (): Bytes => (chance(0.9) ? String(one([1, 2, 5, 10, 100, 1000])) : int());
  const millis = (): Bytes =>
    chance(0.9) ? String(one([1, 50, 500, 999, 1000, 5000, 60000])) : int();
  const NOW = 1_900_000_000;
  const unix = (): Bytes =>
    chance(0.9) ? String(NOW + one([-100, -1, 0, 1, 5, 50, 100, 1000, 5000])) : int();
  const unixMs = (): Bytes =>
    chance(0.9) ? String((NOW + one([-100, 0, 1, 5, 50, 1000])) * 1000 + below(1000)) : int();
  const expiry = (): Bytes[] =>
    one([
      () => ['EX', seconds()],
      () => ['PX', millis()],
      () => ['EXAT', unix()],
      () => ['PXAT', unixMs()],
      () => ['ex', seconds()],
    ])();
  const pattern = (): Bytes =>
    one([
      '*',
      's*',
      '?0',
      '[lh]*',
      '[^s]?',
      'z[0-2]',
      '*1',
      'a*',
      '\\*',
      'x',
      '[a-c]*',
      '*a*b',
      '',
    ]);
  const timeout = (): Bytes =>
    chance(0.9)
      ? one(['0', '1', '5', '0.05', '100', '0.001', '2.5'])
      : one(['-1', 'x', 'inf', '1e30', '0.0001', '']);
  const bit = (): Bytes =>
    chance(0.9) ? String(below(100)) : one(['-1', '4294967296', 'x', '#2']);
  const fieldType = (): Bytes =>
    chance(0.93)
      ? one(['u8', 'i8', 'u1', 'i5', 'u16', 'i64', 'u63', 'i16', 'u4', 'i1'])
      : one(['u64', 'i65', 'x8', 'u0', '']);
  const fieldOffset = (): Bytes => (chance(0.9) ? one([String(below(64)), `#${below(6)}`]) : bit());
  const fieldOperation = (): Bytes[] =>
    one([
      () => ['GET', fieldType(), fieldOffset()],
      () => ['SET', fieldType(), fieldOffset(), int()],
      () => ['INCRBY', fieldType(), fieldOffset(), int()],
      () => ['OVERFLOW', one(['WRAP', 'SAT', 'FAIL', 'sat', 'x'])],
      () => ['INCRBY', fieldType(), fieldOffset(), one(['100', '-100', '255'])],
    ])();
  const scoreBound = (): Bytes =>
    chance(0.9)
      ? one([score(), `(${score()}`, '-inf', '+inf', 'inf'])
      : one(['', '(', 'x', ' 1', '(-inf', 'nan']);
  const nameBound = (): Bytes =>
    chance(0.95) ? one(['-', '+', `[${member()}`, `(${member()}`]) : one(['', 'a', '--', '(', '[']);
  const limit = (): Bytes[] => (chance(0.3) ? ['LIMIT', index(), index()] : []);
  const withScores = (): Bytes[] => maybe(0.5, word('WITHSCORES', 'withscores'));
  const side = word('LEFT', 'RIGHT', 'left', 'RIGHT', 'LEFT');
  const extreme = word('MIN', 'MAX', 'min', 'MAX');
  const keyList = (type: string): Bytes[] => {
    const keys = some(3, keyOf(type));
    return [chance(0.95) ? String(keys.length) : int(), ...keys];
  };
  const setOrZset = (): Bytes[] => {
    const keys = some(3, () => (chance(0.8) ? key('z') : key('t')));
    return [chance(0.95) ? String(keys.length) : int(), ...keys];
  };
  const weights = (keys: Bytes[]): Bytes[] => [
    ...(chance(0.3) ? ['WEIGHTS', ...keys.slice(1).map(() => float())] : []),
    ...maybe(0.3, word('AGGREGATE'), word('SUM', 'MIN', 'MAX', 'max', 'x')),
  ];
  const expireFlags = (): Bytes[] =>
    chance(0.4) ? some(2, word('NX', 'XX', 'GT', 'LT', 'gt', 'foo')) : [];
  const database = (): Bytes =>
    chance(0.95) ? String(below(3)) : one(['15', '16', '-1', 'x', '9999999999']);
  const channel = word('news', 'chat', 'a', 'b');
  const scanOptions = (): Bytes[] => [
    ...maybe(0.4, word('MATCH'), pattern),
    ...maybe(0.4, word('COUNT'), word('1', '5', '100', '3')),
  ];

  return {
    string: [
      () => ['SET', key('s'), value()],
      () => ['SET', key('s'), value()],
      () => [
        'SET',
        key('s'),
        value(),
        ...maybe(0.3, word('NX', 'XX', 'nx')),
        ...maybe(0.3, word('GET')),
        ...(chance(0.4) ? expiry() : []),
        ...maybe(0.2, word('KEEPTTL')),
      ],
      () => ['GET', key('s')],
      () => ['GET', any()],
      () => ['GETSET', key('s'), value()],
      () => ['GETDEL', key('s')],
      () => [
        'GETEX',
        key('s'),
        ...(chance(0.6) ? expiry() : maybe(0.5, word('PERSIST', 'KEEPTTL'))),
      ],
      () => ['SETNX', key('s'), value()],
      () => ['SETEX', key('s'), seconds(), value()],
      () => ['PSETEX', key('s'), millis(), value()],
      () => ['MGET', ...some(4, any)],
      () => ['MSET', ...some(3, () => [key('s'), value()]).flat()],
      () => ['MSETNX', ...some(3, () => [key('s'), value()]).flat()],
      () => ['INCR', key('s')],
      () => ['DECR', key('s')],
      () => ['INCRBY', key('s'), int()],
      () => ['DECRBY', key('s'), int()],
      () => ['INCRBYFLOAT', key('s'), float()],
      () => ['APPEND', key('s'), value()],
      () => ['STRLEN', key('s')],
      () => ['GETRANGE', key('s'), index(), index()],
      () => ['SUBSTR', key('s'), index(), index()],
      () => ['SETRANGE', key('s'), chance(0.9) ? String(below(30)) : int(), value()],
      () => [
        'LCS',
        key('s'),
        key('s'),
        ...maybe(0.3, word('LEN')),
        ...maybe(0.5, word('IDX')),
        ...maybe(0.4, word('MINMATCHLEN'), count),
        ...maybe(0.4, word('WITHMATCHLEN')),
      ],
    ],
    bitmap: [
      () => ['SETBIT', key('s'), bit(), one(['0', '1', '1', '2', 'x'])],
      () => ['GETBIT', key('s'), bit()],
      () => [
        'BITCOUNT',
        key('s'),
        ...(chance(0.7)
          ? [index(), index(), ...maybe(0.5, word('BIT', 'BYTE', 'x'))]
          : maybe(0.1, index)),
      ],
      () => [
        'BITPOS',
        key('s'),
        one(['0', '1', '1', '2']),
        ...(chance(0.7)
          ? [index(), ...(chance(0.7) ? [index(), ...maybe(0.5, word('BIT', 'BYTE', 'x'))] : [])]
          : []),
      ],
      () => ['BITOP', one(['AND', 'OR', 'XOR', 'and', 'foo']), key('s'), ...some(3, keyOf('s'))],
      () => ['BITOP', 'NOT', key('s'), key('s'), ...maybe(0.05, keyOf('s'))],
      () => ['BITFIELD', key('s'), ...some(4, fieldOperation).flat()],
      () => ['BITFIELD', key('s')],
      () => ['BITFIELD_RO', key('s'), ...some(2, () => ['GET', fieldType(), fieldOffset()]).flat()],
      () => ['BITFIELD_RO', key('s'), ...fieldOperation()],
    ],
    hash: [
      () => ['HSET', key('h'), ...some(3, () => [member(), value()]).flat()],
      () => ['HSET', key('h'), ...some(3, () => [member(), int()]).flat()],
      () => ['HMSET', key('h'), ...some(3, () => [member(), value()]).flat()],
      () => ['HSETNX', key('h'), member(), value()],
      () => ['HGET', key('h'), member()],
      () => ['HMGET', key('h'), ...some(4, member)],
      () => ['HGETALL', key('h')],
      () => ['HKEYS', key('h')],
      () => ['HVALS', key('h')],
      () => ['HLEN', key('h')],
      () => ['HEXISTS', key('h'), member()],
      () => ['HSTRLEN', key('h'), member()],
      () => ['HDEL', key('h'), ...some(3, member)],
      () => ['HINCRBY', key('h'), member(), int()],
      () => ['HINCRBYFLOAT', key('h'), member(), float()],
      () => [
        'HRANDFIELD',
        key('h'),
        ...(chance(0.7) ? [picks(), ...maybe(0.5, word('WITHVALUES', 'x'))] : []),
      ],
    ],
    list: [
      () => ['LPUSH', key('l'), ...some(4, member)],
      () => ['RPUSH', key('l'), ...some(4, value)],
      () => ['RPUSH', key('l'), ...some(4, member)],
      () => ['LPUSHX', key('l'), ...some(2, member)],
      () => ['RPUSHX', key('l'), ...some(2, member)],
      () => ['LPOP', key('l'), ...maybe(0.4, count)],
      () => ['RPOP', key('l'), ...maybe(0.4, count)],
      () => ['LLEN', key('l')],
      () => ['LINDEX', key('l'), index()],
      () => ['LRANGE', key('l'), index(), index()],
      () => ['LSET', key('l'), index(), value()],
      () => ['LINSERT', key('l'), one(['BEFORE', 'AFTER', 'before', 'x']), member(), member()],
      () => ['LREM', key('l'), index(), member()],
      () => ['LTRIM', key('l'), index(), index()],
      () => [
        'LPOS',
        key('l'),
        member(),
        ...maybe(0.4, word('RANK'), index),
        ...maybe(0.4, word('COUNT'), count),
        ...maybe(0.3, word('MAXLEN'), count),
      ],
      () => ['LMOVE', key('l'), key('l'), side(), side()],
      () => ['RPOPLPUSH', key('l'), key('l')],
      () => ['LMPOP', ...keyList('l'), side(), ...maybe(0.5, word('COUNT'), count)],
    ],
    set: [
      () => ['SADD', key('t'), ...some(4, member)],
      () => ['SADD', key('t'), ...some(4, number)],
      () => ['SADD', key('t'), ...some(2, value)],
      () => ['SREM', key('t'), ...some(3, member)],
      () => ['SMOVE', key('t'), key('t'), member()],
      () => ['SISMEMBER', key('t'), member()],
      () => ['SMISMEMBER', key('t'), ...some(4, member)],
      () => ['SCARD', key('t')],
      () => ['SMEMBERS', key('t')],
      () => ['SPOP', key('t')],
      () => ['SPOP', key('t'), count()],
      () => ['SRANDMEMBER', key('t'), ...maybe(0.7, picks)],
      () => [one(['SUNION', 'SINTER', 'SDIFF']), ...some(3, keyOf('t'))],
      () => [one(['SUNIONSTORE', 'SINTERSTORE', 'SDIFFSTORE']), key('t'), ...some(3, keyOf('t'))],
      () => ['SINTERCARD', ...keyList('t'), ...maybe(0.4, word('LIMIT'), count)],
    ],
    'sorted-set': [
      () => ['ZADD', key('z'), ...some(3, () => [score(), member()]).flat()],
      () => ['ZADD', key('z'), ...some(2, () => [score(), member()]).flat()],
      () => [
        'ZADD',
        key('z'),
        ...maybe(0.4, word('NX', 'XX', 'xx')),
        ...maybe(0.4, word('GT', 'LT')),
        ...maybe(0.4, word('CH')),
        ...maybe(0.3, word('INCR')),
        ...some(2, () => [score(), member()]).flat(),
      ],
      () => ['ZINCRBY', key('z'), float(), member()],
      () => ['ZREM', key('z'), ...some(3, member)],
      () => ['ZCARD', key('z')],
      () => ['ZSCORE', key('z'), member()],
      () => ['ZMSCORE', key('z'), ...some(3, member)],
      () => [one(['ZRANK', 'ZREVRANK']), key('z'), member()],
      () => ['ZCOUNT', key('z'), scoreBound(), scoreBound()],
      () => ['ZLEXCOUNT', key('z'), nameBound(), nameBound()],
      () => [
        'ZRANGE',
        key('z'),
        index(),
        index(),
        ...maybe(0.3, word('REV')),
        ...withScores(),
        ...(chance(0.1) ? limit() : []),
      ],
      () => [
        'ZRANGE',
        key('z'),
        scoreBound(),
        scoreBound(),
        'BYSCORE',
        ...maybe(0.3, word('REV')),
        ...limit(),
        ...withScores(),
      ],
      () => [
        'ZRANGE',
        key('z'),
        nameBound(),
        nameBound(),
        'BYLEX',
        ...maybe(0.3, word('REV')),
        ...limit(),
        ...maybe(0.05, word('WITHSCORES')),
      ],
      () => ['ZRANGESTORE', key('z'), key('z'), index(), index(), ...maybe(0.3, word('REV'))],
      () => ['ZRANGESTORE', key('z'), key('z'), scoreBound(), scoreBound(), 'BYSCORE', ...limit()],
      () => ['ZREVRANGE', key('z'), index(), index(), ...withScores()],
      () => [
        one(['ZRANGEBYSCORE', 'ZREVRANGEBYSCORE']),
        key('z'),
        scoreBound(),
        scoreBound(),
        ...withScores(),
        ...limit(),
      ],
      () => [
        one(['ZRANGEBYLEX', 'ZREVRANGEBYLEX']),
        key('z'),
        nameBound(),
        nameBound(),
        ...limit(),
      ],
      () => ['ZREMRANGEBYRANK', key('z'), index(), index()],
      () => ['ZREMRANGEBYSCORE', key('z'), scoreBound(), scoreBound()],
      () => ['ZREMRANGEBYLEX', key('z'), nameBound(), nameBound()],
      () => [one(['ZPOPMIN', 'ZPOPMAX']), key('z'), ...maybe(0.5, count)],
      () => ['ZMPOP', ...keyList('z'), extreme(), ...maybe(0.5, word('COUNT'), count)],
      () => [
        'ZRANDMEMBER',
        key('z'),
        ...(chance(0.7) ? [picks(), ...maybe(0.5, word('WITHSCORES'))] : []),
      ],
      () => {
        const keys = setOrZset();
        return [one(['ZUNION', 'ZINTER']), ...keys, ...weights(keys), ...withScores()];
      },
      () => {
        const keys = setOrZset();
        return [one(['ZUNIONSTORE', 'ZINTERSTORE']), key('z'), ...keys, ...weights(keys)];
      },
      () => ['ZDIFF', ...setOrZset(), ...withScores()],
      () => ['ZDIFFSTORE', key('z'), ...setOrZset()],
      () => ['ZINTERCARD', ...setOrZset(), ...maybe(0.4, word('LIMIT'), count)],
    ],
    generic: [
      () => [one(['DEL', 'UNLINK']), ...some(2, any)],
      () => [one(['EXISTS', 'TOUCH']), ...some(3, any)],
      () => ['TYPE', any()],
      () => ['KEYS', pattern()],
      () => ['RANDOMKEY'],
      () => [one(['RENAME', 'RENAMENX']), any(), any()],
      () => [
        'COPY',
        any(),
        any(),
        ...maybe(0.3, word('DB'), database),
        ...maybe(0.4, word('REPLACE')),
      ],
      () => ['MOVE', any(), database()],
      () => ['OBJECT', one(['ENCODING', 'encoding', 'REFCOUNT', 'FREQ']), any()],
      () => ['DBSIZE'],
      () => [
        'SORT',
        one([key('l'), key('t'), key('z')]),
        ...maybe(0.5, word('ALPHA')),
        ...maybe(0.4, word('DESC', 'ASC')),
        ...limit(),
        ...maybe(0.2, word('STORE'), keyOf('l')),
      ],
      () => [
        'SORT',
        one([key('l'), key('t'), key('z')]),
        'BY',
        one(['s*', 'h*->a', '*']),
        ...maybe(0.4, word('DESC')),
        ...limit(),
        ...some(2, () => ['GET', one(['#', 's*', 'h*->a', 'nostar'])]).flat(),
      ],
      () => ['SORT_RO', key('l'), ...maybe(0.6, word('ALPHA')), ...maybe(0.1, word('STORE'), any)],
      () => [
        'SORT',
        one([key('l'), key('z'), key('t')]),
        'BY',
        'nosort',
        ...maybe(0.3, word('DESC')),
      ],
      () => ['FLUSHDB', ...maybe(0.2, word('ASYNC', 'SYNC', 'x'))],
    ],
    scan: [
      () => [
        'SCAN',
        '%',
        ...scanOptions(),
        ...maybe(0.3, word('TYPE'), word('string', 'hash', 'zset', 'foo')),
      ],
      () => ['SSCAN', key('t'), '%', ...scanOptions()],
      () => ['HSCAN', key('h'), '%', ...scanOptions()],
      () => ['ZSCAN', key('z'), '%', ...scanOptions()],
    ],
    expiry: [
      () => ['EXPIRE', any(), seconds(), ...expireFlags()],
      () => ['PEXPIRE', any(), millis(), ...expireFlags()],
      () => ['EXPIREAT', any(), unix(), ...expireFlags()],
      () => ['PEXPIREAT', any(), unixMs(), ...expireFlags()],
      () => ['TTL', any()],
      () => ['PTTL', any()],
      () => ['EXPIRETIME', any()],
      () => ['PEXPIRETIME', any()],
      () => ['PERSIST', any()],
    ],
    transactions: [
      () => ['MULTI'],
      () => ['MULTI'],
      () => ['EXEC'],
      () => ['EXEC'],
      () => ['EXEC'],
      () => ['DISCARD'],
      () => ['WATCH', ...some(2, any)],
      () => ['UNWATCH'],
    ],
    pubsub: [
      () => ['SUBSCRIBE', ...some(2, channel)],
      () => ['UNSUBSCRIBE', ...(chance(0.5) ? some(2, channel) : [])],
      () => ['PSUBSCRIBE', ...some(2, word('n*', '*', 'c?at', '[ab]'))],
      () => ['PUNSUBSCRIBE', ...(chance(0.5) ? some(2, word('n*', '*', 'c?at', '[ab]')) : [])],
      () => ['SSUBSCRIBE', ...some(2, channel)],
      () => ['SUNSUBSCRIBE', ...(chance(0.5) ? some(2, channel) : [])],
      () => ['PUBLISH', channel(), value()],
      () => ['PUBLISH', channel(), value()],
      () => ['SPUBLISH', channel(), value()],
      () => ['PUBSUB', one(['CHANNELS', 'SHARDCHANNELS']), ...maybe(0.4, pattern)],
      () => ['PUBSUB', one(['NUMSUB', 'SHARDNUMSUB']), ...(chance(0.7) ? some(2, channel) : [])],
      () => ['PUBSUB', 'NUMPAT'],
    ],
    blocking: [
      () => [one(['BLPOP', 'BRPOP']), ...some(2, keyOf('l')), timeout()],
      () => ['BLMOVE', key('l'), key('l'), side(), side(), timeout()],
      () => ['BRPOPLPUSH', key('l'), key('l'), timeout()],
      () => ['BLMPOP', timeout(), ...keyList('l'), side(), ...maybe(0.4, word('COUNT'), count)],
      () => [one(['BZPOPMIN', 'BZPOPMAX']), ...some(2, keyOf('z')), timeout()],
      () => ['BZMPOP', timeout(), ...keyList('z'), extreme(), ...maybe(0.4, word('COUNT'), count)],
    ],
    connection: [
      () => ['PING', ...maybe(0.4, value)],
      () => ['ECHO', value()],
      () => ['SELECT', database()],
      () => ['SWAPDB', database(), database()],
      () => [
        'HELLO',
        one(['2', '3', '3', '4', 'x']),
        ...maybe(0.2, word('SETNAME'), word('bob', 'a b')),
      ],
      () => ['RESET'],
      () => ['CLIENT', 'GETNAME'],
      () => ['CLIENT', 'SETNAME', one(['bob', 'alice', 'a b', ''])],
      () => ['CLIENT', 'REPLY', one(['ON', 'OFF', 'SKIP', 'SKIP', 'x'])],
      () => ['CLIENT', 'NO-EVICT', one(['ON', 'OFF', 'x'])],
      () => ['AUTH', ...some(2, word('default', 'x'))],
    ],
    server: [
      () => ['COMMAND', 'COUNT'],
      () => ['COMMAND', 'INFO', one(['get', 'ZADD', 'client', 'nosuch', 'config|get', 'sort'])],
      () => ['COMMAND', 'GETKEYS', 'SET', 'a', 'b'],
      () => [
        'COMMAND',
        'GETKEYS',
        ...one([
          ['MGET', 'a', 'b'],
          ['ZUNIONSTORE', 'd', '2', 'a', 'b'],
          ['PING'],
          ['XX'],
          ['GET'],
          ['MSET', 'a', '1', 'b', '2'],
          ['BLPOP', 'a', 'b', '0'],
          ['SORT', 'a', 'STORE', 'b'],
          ['OBJECT', 'ENCODING', 'q'],
        ]),
      ],
      () => [
        'CONFIG',
        'GET',
        one(['maxmemory', 'appendfsync', 'hash-max-*', 'nosuch', 'zset-max-ziplist-entries']),
      ],
      () => [
        'CONFIG',
        'SET',
        one(['hash-max-listpack-entries', 'zset-max-listpack-entries', 'set-max-intset-entries']),
        one(['2', '4', '128', '512', 'x', '-1']),
      ],
      () => [
        'CONFIG',
        'SET',
        one(['hash-max-listpack-value', 'zset-max-listpack-value']),
        one(['3', '64', 'x']),
      ],
      () => [
        'CONFIG',
        'SET',
        one(['maxmemory', 'databases', 'nosuch', 'appendfsync']),
        one(['0', 'everysec', 'x']),
      ],
      () => ['TIME'],
      () => ['FLUSHALL'],
      () => ['FUNCTION', 'FLUSH'],
      () => ['MEMORY', 'USAGE', key('s')],
      () => [one(['FOO', 'GETT', 'CLIENT', 'config', 'OBJECT', 'GET']), ...some(3, value)],
    ],
  };
}

/** How often each group is drawn. */
const WEIGHTS: Record<string, number> = {
  string: 14,
  bitmap: 6,
  hash: 10,
  list: 12,
  set: 10,
  'sorted-set': 16,
  generic: 9,
  scan: 2,
  expiry: 8,
  transactions: 8,
  pubsub: 4,
  blocking: 4,
  connection: 2,
  server: 2,
  time: 3,
};

/**
 * @param only one group (with time steps), or all of them.
 */
export function sequence(random: Random, length: number, only?: string): Step[] {
  const makers = generators(random);
  if (only !== undefined && !makers[only]) {
    throw new Error(`no group ${only}: ${Object.keys(makers).join(', ')}`);
  }
  const groups = only
    ? [only, only, only, only, only, only, 'time']
    : Object.entries(WEIGHTS).flatMap(([name, n]) => new Array<string>(n).fill(name));
  // Sequences with few clients in the talkative states find more in the others.
  const clients = random() < 0.5 ? 1 : CLIENTS;
  const steps: Step[] = [];
  while (steps.length < length) {
    const group = groups[Math.floor(random() * groups.length)]!;
    const client = Math.floor(random() * clients);
    if (group === 'time') {
      const milliseconds = [1, 10, 51, 500, 1000, 1001, 5000, 60_000][Math.floor(random() * 8)]!;
      steps.push({ kind: 'advance', group, milliseconds });
      continue;
    }
    const list = makers[group]!;
    let argv = list[Math.floor(random() * list.length)]!();
    if (group === 'scan') {
      steps.push({ kind: 'scan', group, client, argv });
      continue;
    }
    if (random() < 0.02) argv = spoil(random, argv);
    steps.push({ kind: 'command', group, client, argv });
  }
  return steps;
}

/** A word lost, doubled or swapped. */
function spoil(random: Random, argv: Bytes[]): Bytes[] {
  const at = 1 + Math.floor(random() * (argv.length - 1));
  const words = [...argv];
  const kind = random();
  if (argv.length > 1 && kind < 0.4) words.splice(at, 1);
  else if (argv.length > 1 && kind < 0.7) words.splice(at, 0, words[at]!);
  else words.push('extra');
  return words;
}
