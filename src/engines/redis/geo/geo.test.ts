import { describe, expect, it } from 'vitest';
import { encode } from '../resp/encode.ts';
import { bench, type Bench } from '../testing.ts';
import { asin, cos, sin } from './trigonometry.ts';

function sicily(): Bench {
  const b = bench();
  b.run('GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania');
  return b;
}

/** What redis-server 7.0.15 answers. */
describe('places', () => {
  it('are scores of 52 bits', () => {
    expect(sicily().run('ZSCORE Sicily Palermo')).toBe('"3479099956230698"');
  });

  it('come back with the digits that the score has', () => {
    const { run } = sicily();
    expect(run('GEOPOS Sicily Palermo nosuch')).toBe(
      '1) 1) "13.36138933897018433"\n   2) "38.11555639549629859"\n2) (nil)',
    );
    expect(run('GEOHASH Sicily Palermo Catania nosuch')).toBe(
      '1) "sqc8b49rny0"\n2) "sqdtr74hyu0"\n3) (nil)',
    );
  });

  it('keep those digits in RESP 3', () => {
    const { server, connect } = sicily();
    const client = connect();
    server.execute(client, ['HELLO', '3']);
    const reply = server.execute(client, ['GEOPOS', 'Sicily', 'Palermo'])!;
    expect(encode(reply, 3)).toBe('*1\r\n*2\r\n,13.36138933897018433\r\n,38.11555639549629859\r\n');
  });

  it.each([
    ['GEODIST Sicily Palermo Catania', '"166274.1516"'],
    ['GEODIST Sicily Palermo Catania km', '"166.2742"'],
    ['GEODIST Sicily Palermo nosuch', '(nil)'],
    [
      'GEODIST Sicily Palermo Catania parsec',
      '(error) ERR unsupported unit provided. please use M, KM, FT, MI',
    ],
    [
      'GEOADD Sicily 200.0078125 -0 x',
      '(error) ERR invalid longitude,latitude pair 200.007812,-0.000000',
    ],
    ['GEOADD Sicily NX XX 1 2 x', '(error) ERR syntax error'],
    ['GEOADD Sicily CH 13.361389 38.115556 Palermo', '(integer) 0'],
    ['GEOADD Sicily CH 13.361389 38.2 Palermo 1 1 new', '(integer) 2'],
  ])('%s', (line, answer) => {
    expect(sicily().run(line)).toBe(answer);
  });

  it('are found in a circle and in a box', () => {
    const { run } = sicily();
    expect(run('GEORADIUS Sicily 15 37 200 km WITHDIST WITHCOORD WITHHASH')).toBe(
      [
        '1) 1) "Palermo"',
        '   2) "190.4424"',
        '   3) (integer) 3479099956230698',
        '   4) 1) "13.36138933897018433"',
        '      2) "38.11555639549629859"',
        '2) 1) "Catania"',
        '   2) "56.4413"',
        '   3) (integer) 3479447370796909',
        '   4) 1) "15.08726745843887329"',
        '      2) "37.50266842333162032"',
      ].join('\n'),
    );
    expect(run('GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 400 km ASC WITHDIST')).toBe(
      '1) 1) "Catania"\n   2) "56.4413"\n2) 1) "Palermo"\n   2) "190.4424"',
    );
    expect(run('GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 100 km')).toBe('1) "Palermo"');
  });

  it('are stored with their distance, to the last digit', () => {
    const { run } = sicily();
    expect(run('GEOSEARCHSTORE near Sicily FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST')).toBe(
      '(integer) 2',
    );
    expect(run('ZRANGE near 0 -1 WITHSCORES')).toBe(
      '1) "Catania"\n2) "56.441257870158204"\n3) "Palermo"\n4) "190.44242984775784"',
    );
    expect(run('COMMAND GETKEYS GEORADIUS a 1 2 3 km STORE b STOREDIST c')).toBe(
      '1) "a"\n2) "b"\n3) "c"',
    );
  });

  it('say which words are missing or do not fit', () => {
    const { run } = sicily();
    const search = 'GEOSEARCH Sicily FROMLONLAT 15 37';
    expect(run(`${search} ASC COUNT 1`)).toBe(
      '(error) ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH',
    );
    expect(run(`${search} BYRADIUS -1 km`)).toBe('(error) ERR radius cannot be negative');
    expect(run(`${search} BYRADIUS 9 km ANY`)).toBe(
      '(error) ERR the ANY argument requires COUNT argument',
    );
    expect(run('GEOSEARCHSTORE a Sicily FROMMEMBER Palermo BYRADIUS 9 km WITHDIST')).toBe(
      '(error) ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options',
    );
    expect(run('GEORADIUS Sicily 15 37 200 km COUNT 0')).toBe('(error) ERR COUNT must be > 0');
  });
});

/** By sinq, cosq and asinq of libquadmath, rounded. JavaScript's own differ in the last digit. */
it('sine, cosine and arc sine are rounded correctly', () => {
  const rounded = [
    [sin, 0.117, 0.11673324714446584],
    [sin, 0.176, 0.17509277691431824],
    [cos, 0.1, 0.9950041652780258],
    [cos, 0.162, 0.986906672720914],
    [asin, 0.058, 0.05803256799222122],
    [asin, 0.32, 0.3257294872946302],
  ] as const;
  for (const [f, x, y] of rounded) expect(f(x)).toBe(y);
  expect(asin(1)).toBe(Math.PI / 2);
  expect(Object.is(sin(-0), -0)).toBe(true);
});
