/** GEO: points near and far, at the edges of the map, and sorted sets that are no places. */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';
import type { Groups, Words } from '../words.ts';

export const places = ({
  below,
  chance,
  one,
  some,
  maybe,
  word,
  key,
  keyOf,
  count,
  float,
  score,
  member,
}: Words): Groups => {
  const fraction = (): number => below(1_000_000) / 1_000_000;
  /** Around a few towns, anywhere, on the edges, or none at all. */
  const point = (): Bytes[] =>
    one<() => Bytes[]>([
      () => ['13.361389', '38.115556'],
      () => ['15.087269', '37.502669'],
      () => [String(13 + 2 * fraction()), String(37 + 2 * fraction())],
      () => [String(13 + 2 * fraction()), String(37 + 2 * fraction())],
      () => [String(2 + fraction() / 100), String(48 + fraction() / 100)],
      () => [String(360 * fraction() - 180), String(170 * fraction() - 85)],
      () => [one(['180', '-180', '179.9999', '-179.9999', '0']), String(below(170) - 85)],
      () => [String(below(360) - 180), one(['85.05112878', '-85.05112878', '85', '-85', '0'])],
      () => [float(), float()],
      () =>
        one([
          ['181', '0'],
          ['0', '86'],
          ['1e300', '-1e300'],
          ['200.0078125', '1'],
          ['x', '1'],
        ]),
    ])();
  const unit = word('m', 'km', 'ft', 'mi', 'KM', 'km', 'm', 'x');
  const length = (): Bytes =>
    chance(0.95)
      ? one([
          String(below(300)),
          String(below(5000)),
          String(200_000 * fraction()),
          String(100 * fraction()),
          '0',
          '3000',
          '20000',
          '1e7',
        ])
      : one(['-1', 'x', 'inf', '1e300', '']);
  const number = (): Bytes => (chance(0.9) ? String(1 + below(12)) : count());
  const order = (): Bytes[] => maybe(0.4, word('ASC', 'DESC', 'asc'));
  const limit = (): Bytes[] =>
    maybe(0.4, word('COUNT', 'count'), number).concat(maybe(0.1, word('ANY')));
  const details = (): Bytes[] => [
    ...maybe(0.4, word('WITHDIST', 'withdist')),
    ...maybe(0.2, word('WITHCOORD')),
    ...maybe(0.2, word('WITHHASH')),
  ];
  const from = (): Bytes[] =>
    chance(0.95)
      ? [
          ['FROMMEMBER', member()],
          ['FROMLONLAT', ...point()],
        ][below(2)]!
      : [];
  const by = (): Bytes[] =>
    chance(0.95)
      ? [
          ['BYRADIUS', length(), unit()],
          ['BYBOX', length(), length(), unit()],
        ][below(2)]!
      : [];
  const store = (): Bytes[] => maybe(0.3, word('STORE', 'STORE', 'STOREDIST'), keyOf('g'));
  return {
    geo: [
      () => ['GEOADD', key('g'), ...some(4, () => [...point(), member()]).flat()],
      () => ['GEOADD', key('g'), ...some(4, () => [...point(), member()]).flat()],
      () => [
        'GEOADD',
        key('g'),
        ...some(150, () => [
          String(13 + 2 * fraction()),
          String(37 + 2 * fraction()),
          `m${below(300)}`,
        ]).flat(),
      ],
      () => [
        'GEOADD',
        key('g'),
        ...maybe(0.5, word('NX', 'XX', 'xx')),
        ...maybe(0.4, word('CH', 'ch')),
        ...maybe(0.1, word('NX', 'CH')),
        ...(chance(0.95) ? some(3, () => [...point(), member()]).flat() : []),
      ],
      () => ['GEOPOS', key('g'), ...(chance(0.95) ? some(4, member) : [])],
      () => ['GEOHASH', key('g'), ...(chance(0.95) ? some(4, member) : [])],
      () => ['GEODIST', key('g'), member(), member(), ...maybe(0.6, unit)],
      () => ['GEOSEARCH', key('g'), ...from(), ...by(), ...order(), ...limit(), ...details()],
      () => ['GEOSEARCH', key('g'), ...by(), ...details(), ...from(), ...limit(), ...order()],
      () => ['geosearch', key('g'), ...from(), ...by(), ...from(), ...order(), ...limit()],
      () => [
        'GEOSEARCHSTORE',
        key('g'),
        key('g'),
        ...from(),
        ...by(),
        ...order(),
        ...limit(),
        ...maybe(0.3, word('STOREDIST')),
        ...maybe(0.05, word('WITHDIST', 'STORE')),
      ],
      () => [
        one(['GEORADIUS', 'GEORADIUS', 'GEORADIUS_RO']),
        key('g'),
        ...point(),
        length(),
        unit(),
        ...details(),
        ...order(),
        ...limit(),
        ...(chance(0.3) ? store() : []),
      ],
      () => [
        one(['GEORADIUSBYMEMBER', 'GEORADIUSBYMEMBER', 'GEORADIUSBYMEMBER_RO']),
        key('g'),
        member(),
        length(),
        unit(),
        ...order(),
        ...limit(),
        ...(chance(0.3) ? store() : details()),
      ],
      () => ['ZADD', key('g'), score(), member()],
      () => ['ZADD', key('g'), String(below(2 ** 30) * 2 ** (below(36) - 2)), member()],
      () => ['ZREM', key('g'), ...some(3, member)],
      () => ['ZRANGE', key('g'), '0', '-1', 'WITHSCORES'],
      () => ['HELLO', one(['2', '3'])],
    ],
  };
};
