/** Streams: entries, consumer groups, claims, waiting. */
import type { Groups, Words } from '../words.ts';

export const streams = ({
  below,
  chance,
  one,
  some,
  maybe,
  word,
  key,
  any,
  int,
  count,
  member,
  value,
  unixMs,
  streamId,
  newId,
  idBound,
  group,
  consumer,
  idle,
}: Words): Groups => {
  /** Mostly one stream, so that it becomes something. */
  const stream = (): string => (chance(0.7) ? 'e0' : key('e'));
  const fields = (): string[] =>
    chance(0.7)
      ? ['item', value()]
      : chance(0.95)
        ? some(3, () => [member(), value()]).flat()
        : some(3, value);
  const limit = (): string[] =>
    maybe(0.5, word('LIMIT'), word('0', '1', '2', '3', '5', '10', '-1'));
  const trimming = (): string[] => {
    const mark = one([[], ['~'], ['~'], ['=']]);
    return [
      ...(chance(0.5)
        ? ['MAXLEN', ...mark, String(below(chance(0.5) ? 6 : 20))]
        : ['MINID', ...mark, streamId()]),
      ...(mark[0] === '~' || chance(0.05) ? limit() : []),
    ];
  };
  const start = (): string => (chance(0.3) ? '$' : chance(0.6) ? '0' : streamId());
  /** Names of streams, and as many ids. */
  const sources = (id: () => string): string[] => {
    const keys = chance(0.8) ? [stream()] : some(3, stream);
    return ['STREAMS', ...keys, ...keys.map(id), ...maybe(0.02, streamId)];
  };
  const block = (p: number): string[] =>
    maybe(p, word('BLOCK'), word('0', '50', '1', '1000', '5000', '100', '0', '50', '-1', 'x'));
  const reader = (id: () => string, blocking: number): string[] => [
    'XREADGROUP',
    ...(chance(0.99) ? ['GROUP', group(), consumer()] : []),
    ...maybe(0.3, word('COUNT'), count),
    ...block(blocking),
    ...maybe(0.1, word('NOACK')),
    ...sources(id),
  ];
  const range = (): string[] => (chance(0.6) ? ['-', '+'] : [idBound(), idBound()]);
  const add = (): string[] => ['XADD', stream(), chance(0.6) ? '*' : newId(), ...fields()];
  const create = (): string[] => ['XGROUP', 'CREATE', stream(), group(), start(), 'MKSTREAM'];
  /** What ends a stream, or moves it. */
  const ending = (): string[] =>
    one([
      () => ['DEL', stream()],
      () => ['RENAME', stream(), stream()],
      () => ['COPY', stream(), stream(), ...maybe(0.5, word('REPLACE'))],
      () => ['SET', stream(), member()],
      () => ['LPUSH', stream(), member()],
      () => ['PEXPIRE', stream(), one(['1', '50', '1000'])],
      () => ['FLUSHALL'],
      () => ['SWAPDB', '0', '1'],
      () => ['MOVE', stream(), '1'],
      () => ['SUNIONSTORE', stream(), 't0'],
    ])();
  return {
    stream: [
      add,
      add,
      add,
      add,
      () => [
        'XADD',
        stream(),
        ...maybe(0.2, word('NOMKSTREAM')),
        ...(chance(0.9) ? trimming() : limit()),
        ...maybe(0.05, word('NOMKSTREAM', 'MAXLEN', 'x')),
        newId(),
        ...fields(),
      ],
      () => ['XLEN', stream()],
      () => [
        one(['XRANGE', 'XREVRANGE']),
        stream(),
        ...range(),
        ...maybe(0.3, word('COUNT'), count),
      ],
      () => ['XREVRANGE', stream(), '+', '-', ...maybe(0.5, word('COUNT', 'count', 'x'), count)],
      () => ['XDEL', stream(), ...some(3, streamId)],
      () => ['XTRIM', stream(), ...(chance(0.95) ? trimming() : limit())],
      () => [
        'XSETID',
        stream(),
        streamId(),
        ...maybe(0.4, word('ENTRIESADDED'), int),
        ...maybe(0.3, word('MAXDELETEDID'), streamId),
      ],
      () => ['XREAD', ...maybe(0.3, word('COUNT'), count), ...block(0.2), ...sources(start)],
      () => ['XREAD', ...maybe(0.2, word('COUNT'), count), ...block(1), ...sources(word('$'))],
      () => ['XREAD', ...block(1), ...maybe(0.1, word('NOACK', 'GROUP')), ...sources(start)],
      () => ['XINFO', 'STREAM', stream()],
      () => ['XINFO', 'STREAM', stream(), 'FULL', ...maybe(0.5, word('COUNT'), count)],
      () => ['CONFIG', 'SET', 'stream-node-max-entries', one(['1', '2', '3', '5', '100', '0'])],
      // Room for any first entry: where a node's first one outgrows it, redis-server 7.0 may keep a stale
      // pointer to the node, and ends.
      () => ['CONFIG', 'SET', 'stream-node-max-bytes', one(['300', '300', '400', '4096', '0'])],
      () => (chance(0.3) ? ending() : add()),
      () => ['OBJECT', 'ENCODING', stream()],
      () => ['TYPE', any()],
    ],
    'consumer-group': [
      add,
      add,
      add,
      add,
      add,
      create,
      create,
      () => [
        'XGROUP',
        one(['CREATE', 'create']),
        stream(),
        group(),
        start(),
        ...maybe(0.3, word('MKSTREAM')),
        ...maybe(0.3, word('ENTRIESREAD'), int),
        ...maybe(0.02, word('MKSTREAM', 'x')),
      ],
      () => [
        'XGROUP',
        'SETID',
        stream(),
        group(),
        chance(0.5) ? idBound() : start(),
        ...maybe(0.3, word('ENTRIESREAD'), int),
      ],
      () => [
        'XGROUP',
        chance(0.4) ? 'DESTROY' : 'CREATECONSUMER',
        stream(),
        group(),
        ...maybe(0.6, consumer),
      ],
      () => ['XGROUP', one(['CREATECONSUMER', 'DELCONSUMER']), stream(), group(), consumer()],
      () => [one(['XGROUP', 'XINFO']), one(['HELP', 'nosuch'])],
      () => reader(word('>'), 0),
      () => reader(word('>'), 0),
      () => reader(word('>'), 0),
      () => reader(word('>'), 1),
      () => reader(word('>'), 1),
      () => reader(() => (chance(0.6) ? '0' : chance(0.5) ? '>' : streamId()), 0.2),
      () => ['XACK', stream(), group(), ...some(3, streamId)],
      () => ['XPENDING', stream(), group()],
      () => [
        'XPENDING',
        stream(),
        group(),
        ...maybe(0.3, word('IDLE'), idle),
        ...range(),
        chance(0.8) ? '10' : count(),
        ...maybe(0.3, consumer),
      ],
      () => [
        'XCLAIM',
        stream(),
        group(),
        consumer(),
        idle(),
        ...some(4, streamId),
        ...maybe(0.2, word('IDLE'), idle),
        ...maybe(0.2, word('TIME'), unixMs),
        ...maybe(0.2, word('RETRYCOUNT'), int),
        ...maybe(0.4, word('FORCE', 'force')),
        ...maybe(0.2, word('JUSTID')),
        ...maybe(0.1, word('LASTID'), streamId),
      ],
      () => [
        'XAUTOCLAIM',
        stream(),
        group(),
        consumer(),
        idle(),
        chance(0.7) ? '0' : idBound(),
        ...maybe(0.5, word('COUNT'), word('1', '1', '2', '3', '0', 'x')),
        ...maybe(0.2, word('JUSTID')),
      ],
      () => ['XDEL', stream(), ...some(3, streamId)],
      () => ['XTRIM', stream(), ...trimming()],
      () => ['XINFO', 'STREAM', stream(), 'FULL'],
      () => ['XINFO', 'GROUPS', stream()],
      () => ['XINFO', 'CONSUMERS', stream(), group()],
      () => (chance(0.3) ? ending() : add()),
    ],
  };
};
