/** Random words of commands: keys, members, numbers good and bad, options. Most fit; a few never do. */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Random } from './random.ts';

/** Makes one command. */
export type Make = () => Bytes[];

/** Makers of commands, by the name of their group. */
export type Groups = Record<string, Make[]>;

export type Words = ReturnType<typeof wordsFrom>;

/** Functions that draw words from `random`. */
export function wordsFrom(random: Random) {
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

  /** The first letters of keys: string, list, hash, set, sorted set, stream, HyperLogLog, places. */
  const TYPES = 'slhtzepg';
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
  /** Few enough that they meet again; the clock of a sequence begins at `NOW`. */
  const milliseconds = (): Bytes =>
    chance(0.97)
      ? String(chance(0.3) ? below(9) : NOW * 1000 + one([0, 0, 0, 0, 1, 10, 51, 500, 1000]))
      : one(['18446744073709551615', '18446744073709551614', '9223372036854775808', '4294967296']);
  const sequence = (): Bytes =>
    chance(0.98) ? String(below(7)) : one(['18446744073709551615', '9007199254740993', '300']);
  const oddIds = [
    '-',
    '+',
    '*',
    '$',
    '>',
    '',
    'x',
    '1-',
    '-1',
    '1-x',
    '1-2-3',
    '01-+2',
    '1--3',
    '0-0',
  ];
  const streamId = (): Bytes =>
    chance(0.98)
      ? chance(0.85)
        ? `${milliseconds()}-${sequence()}`
        : milliseconds()
      : one([...oddIds, '(1', '1-*']);
  const newId = (): Bytes =>
    one(['*', '*', '*', `${milliseconds()}-*`, streamId(), `${milliseconds()}-${sequence()}`]);
  const idBound = (): Bytes =>
    chance(0.4) ? one(['-', '+']) : chance(0.25) ? `(${streamId()}` : streamId();
  const group = word('g', 'g', 'g', 'g', 'g', 'h');
  const consumer = word('ann', 'bob', 'ann', 'bob', 'cy');
  const idle = (): Bytes => (chance(0.9) ? String(one([0, 0, 1, 10, 51, 500, 1000, 5000])) : int());

  const scanOptions = (): Bytes[] => [
    ...maybe(0.4, word('MATCH'), pattern),
    ...maybe(0.4, word('COUNT'), word('1', '5', '100', '3')),
  ];

  return {
    below,
    chance,
    one,
    some,
    maybe,
    word,
    key,
    any,
    keyOf,
    int,
    count,
    index,
    picks,
    float,
    score,
    member,
    number,
    value,
    seconds,
    millis,
    unix,
    unixMs,
    expiry,
    pattern,
    timeout,
    bit,
    fieldType,
    fieldOffset,
    fieldOperation,
    scoreBound,
    nameBound,
    limit,
    withScores,
    side,
    extreme,
    keyList,
    setOrZset,
    weights,
    expireFlags,
    database,
    channel,
    streamId,
    newId,
    idBound,
    group,
    consumer,
    idle,
    scanOptions,
  };
}
