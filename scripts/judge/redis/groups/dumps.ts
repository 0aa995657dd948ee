/** DUMP and RESTORE as commands, and values that are worth it. */
import type { Groups, Words } from '../words.ts';

export const dumpCommands = ({
  below,
  chance,
  one,
  some,
  maybe,
  key,
  any,
  int,
  member,
  number,
  value,
  score,
  word,
}: Words): Groups => {
  const long = (): string =>
    one([
      () => value(),
      () => value().repeat(1 + below(20)),
      () => `${member()}${'-'.repeat(below(300))}${value()}`,
      () => Array.from({ length: below(120) }, () => one(['ab', 'abc', 'x', ' '])).join(''),
      () => 'x'.repeat(below(9000)),
    ])();
  const integer = (): string =>
    one([String(below(300) - 150), String(below(70_000) - 35_000), int(), String(below(2 ** 32))]);
  return {
    dump: [
      () => ['DUMP', any()],
      () => [one(['RESTORE', 'RESTORE-ASKING']), any(), '0', value()],
      () => [
        'RESTORE',
        any(),
        one(['-1', 'x', '10']),
        value(),
        ...maybe(0.3, word('REPLACE', 'x')),
      ],
      () => ['SET', key('s'), long()],
      () => ['SET', key('s'), integer()],
      () => ['RPUSH', key('l'), ...some(30, long)],
      () => ['RPUSH', key('l'), ...some(6, integer)],
      () => ['LPUSH', key('l'), ...some(6, member)],
      () => ['LTRIM', key('l'), '0', String(below(20))],
      () => ['HSET', key('h'), ...some(6, () => [member(), long()]).flat()],
      () => ['HSET', key('h'), ...some(20, () => [`f${below(40)}`, integer()]).flat()],
      () => ['HDEL', key('h'), ...some(3, member)],
      () => ['SADD', key('t'), ...some(30, integer)],
      () => ['SADD', key('t'), ...some(5, number)],
      () => ['SADD', key('t'), ...some(3, value)],
      () => ['SREM', key('t'), ...some(8, integer)],
      () => ['ZADD', key('z'), ...some(20, () => [score(), `m${below(60)}`]).flat()],
      () => [
        'ZADD',
        key('z'),
        ...some(4, () => [integer(), chance(0.1) ? long() : member()]).flat(),
      ],
      () => ['PFADD', key('p'), ...some(200, () => `e${below(5000)}`)],
      () => ['GEOADD', key('g'), String(below(180)), String(below(85)), member()],
      () => [one(['DEL', 'PERSIST', 'TYPE']), any()],
      () => ['OBJECT', 'ENCODING', any()],
      () => [
        'CONFIG',
        'SET',
        one([
          'hash-max-listpack-entries',
          'zset-max-listpack-entries',
          'set-max-intset-entries',
          'list-max-listpack-size',
        ]),
        one(['1', '4', '16', '128', '512', '-1', '-2', '-5']),
      ],
    ],
  };
};
