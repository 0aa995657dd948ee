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
  keyOf,
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
  const fields = (): string[] =>
    chance(0.6)
      ? ['item', value()]
      : chance(0.9)
        ? some(3, () => [member(), value()]).flat()
        : some(3, value);
  const limit = (): string[] => maybe(0.3, word('LIMIT'), word('0', '1', '3', '10', '100', '-1'));
  const trimming = (): string[] => [
    ...(chance(0.6)
      ? ['MAXLEN', ...maybe(0.5, word('~', '~', '=')), String(below(chance(0.7) ? 8 : 40))]
      : ['MINID', ...maybe(0.5, word('~', '~', '=')), streamId()]),
    ...(chance(0.3) ? limit() : []),
  ];
  const start = (): string => (chance(0.4) ? '$' : chance(0.5) ? '0' : streamId());
  /** Names of streams, and as many ids. */
  const sources = (id: () => string): string[] => {
    const keys = some(2, keyOf('e'));
    return ['STREAMS', ...keys, ...keys.map(id), ...maybe(0.03, streamId)];
  };
  const block = (p: number): string[] =>
    maybe(p, word('BLOCK'), word('0', '50', '1', '1000', '5000', '-1', 'x', '100'));
  const reader = (id: () => string, blocking: number): string[] => [
    'XREADGROUP',
    ...(chance(0.97) ? ['GROUP', group(), consumer()] : []),
    ...maybe(0.3, word('COUNT'), count),
    ...block(blocking),
    ...maybe(0.15, word('NOACK')),
    ...sources(id),
  ];
  return {
    stream: [
      () => ['XADD', key('e'), newId(), ...fields()],
      () => ['XADD', key('e'), newId(), ...fields()],
      () => ['XADD', key('e'), '*', ...fields()],
      () => ['XADD', key('e'), '*', ...fields()],
      () => [
        'XADD',
        key('e'),
        ...maybe(0.2, word('NOMKSTREAM')),
        ...(chance(0.7) ? trimming() : limit()),
        ...maybe(0.1, word('NOMKSTREAM', 'MAXLEN', 'x')),
        newId(),
        ...fields(),
      ],
      () => ['XLEN', key('e')],
      () => [one(['XRANGE', 'XREVRANGE']), key('e'), '-', '+', ...maybe(0.3, word('COUNT'), count)],
      () => ['XREVRANGE', key('e'), '+', '-', ...maybe(0.5, word('COUNT'), count)],
      () => [
        one(['XRANGE', 'XREVRANGE']),
        key('e'),
        idBound(),
        idBound(),
        ...maybe(0.3, word('COUNT', 'count', 'x'), count),
      ],
      () => ['XDEL', key('e'), ...some(3, streamId)],
      () => ['XTRIM', key('e'), ...(chance(0.9) ? trimming() : limit())],
      () => [
        'XSETID',
        key('e'),
        streamId(),
        ...maybe(0.4, word('ENTRIESADDED'), int),
        ...maybe(0.3, word('MAXDELETEDID'), streamId),
      ],
      () => ['XREAD', ...maybe(0.3, word('COUNT'), count), ...block(0.2), ...sources(start)],
      () => ['XREAD', ...block(1), ...sources(word('$'))],
      () => ['XREAD', ...block(1), ...maybe(0.2, word('NOACK', 'GROUP')), ...sources(start)],
      () => [
        'XGROUP',
        one(['CREATE', 'create']),
        key('e'),
        group(),
        start(),
        ...maybe(0.5, word('MKSTREAM')),
        ...maybe(0.2, word('ENTRIESREAD'), int),
      ],
      () => ['XGROUP', 'CREATE', key('e'), 'g', '0', 'MKSTREAM'],
      () => [
        'XGROUP',
        'SETID',
        key('e'),
        group(),
        chance(0.5) ? idBound() : start(),
        ...maybe(0.3, word('ENTRIESREAD'), int),
      ],
      () => ['XGROUP', chance(0.2) ? 'DESTROY' : 'nosuch', key('e'), group()],
      () => ['XGROUP', one(['CREATECONSUMER', 'DELCONSUMER']), key('e'), group(), consumer()],
      () => [one(['XGROUP', 'XINFO']), 'HELP'],
      () => reader(word('>'), 0),
      () => reader(word('>'), 0),
      () => reader(word('>'), 1),
      () => reader(() => (chance(0.6) ? '0' : chance(0.5) ? '>' : streamId()), 0.2),
      () => ['XACK', key('e'), group(), ...some(3, streamId)],
      () => ['XPENDING', key('e'), group()],
      () => [
        'XPENDING',
        key('e'),
        group(),
        ...maybe(0.3, word('IDLE'), idle),
        ...(chance(0.7) ? ['-', '+'] : [idBound(), idBound()]),
        chance(0.8) ? '10' : count(),
        ...maybe(0.3, consumer),
      ],
      () => [
        'XCLAIM',
        key('e'),
        group(),
        consumer(),
        idle(),
        ...some(3, streamId),
        ...maybe(0.2, word('IDLE'), idle),
        ...maybe(0.2, word('TIME'), unixMs),
        ...maybe(0.2, word('RETRYCOUNT'), int),
        ...maybe(0.4, word('FORCE', 'force')),
        ...maybe(0.2, word('JUSTID')),
        ...maybe(0.1, word('LASTID'), streamId),
      ],
      () => [
        'XAUTOCLAIM',
        key('e'),
        group(),
        consumer(),
        idle(),
        chance(0.7) ? '0' : idBound(),
        ...maybe(0.4, word('COUNT'), count),
        ...maybe(0.2, word('JUSTID')),
      ],
      () => ['XINFO', 'STREAM', key('e')],
      () => ['XINFO', 'STREAM', key('e'), 'FULL', ...maybe(0.5, word('COUNT'), count)],
      () => ['XINFO', 'GROUPS', key('e')],
      () => ['XINFO', 'CONSUMERS', key('e'), group()],
      () => ['CONFIG', 'SET', 'stream-node-max-entries', one(['1', '2', '3', '5', '100', '0'])],
      () => ['CONFIG', 'SET', 'stream-node-max-bytes', one(['40', '80', '150', '4096', '0'])],
      () => [one(['DEL', 'DEL', 'PERSIST']), key('e')],
      () => [one(['RENAME', 'COPY']), key('e'), key('e'), ...maybe(0.1, word('REPLACE'))],
      () => ['SET', key('e'), member()],
      () => ['PEXPIRE', key('e'), one(['1', '50', '1000'])],
      () => ['TYPE', any()],
      () => ['OBJECT', 'ENCODING', key('e')],
    ],
  };
};
