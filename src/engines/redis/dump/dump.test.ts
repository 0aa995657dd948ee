import { describe, expect, it } from 'vitest';
import { fromBuffer, toBuffer } from '../core/bytes.ts';
import { CAGE } from '../core/cage.ts';
import { ReplyError, Status } from '../core/reply.ts';
import { createServer } from '../emulator.ts';
import { bench } from '../testing.ts';
import { Writer } from './bytes.ts';
import { crc64 } from './crc64.ts';
import { compress, decompress } from './lzf.ts';
import { TYPE } from './save.ts';

/** What redis-server 7.0.15 gives. */
const DUMPS: [what: string, lines: string[], dump: string][] = [
  ['a string', ['SET k hello'], String.raw`"\x00\x05hello\n\x00cr\xdfve4 \n"`],
  ['an integer', ['SET k 300'], String.raw`"\x00\xc1,\x01\n\x00\x95Ba\xf2e\x82\\\x10"`],
  [
    'a compressed string',
    [`SET k ${'a'.repeat(76)}`],
    String.raw`"\x00\xc3\t@L\x01aa\xe0?\x00\x01aa\n\x00Q\xdelo\x91\xa0\x82${'`'}"`,
  ],
  [
    'a list',
    ['RPUSH k a 1 -5000 b'],
    String.raw`"\x12\x01\x02\x13\x13\x00\x00\x00\x04\x00\x81a\x02\x01\x01\xf1x\xec\x03\x81b\x02\xff\n\x00%\x8b9\\\xba\xe2\xe8\x8a"`,
  ],
  [
    'a set of integers',
    ['SADD k 1 2 70000'],
    String.raw`"\x0b\x14\x04\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00p\x11\x01\x00\n\x00\x85\xd5\xc1\x06[\x1d\xd0U"`,
  ],
  ['a set', ['SADD k a'], String.raw`"\x02\x01\x01a\n\x00b\x96\xe9~D\xd2\x1am"`],
  [
    'a small sorted set',
    ['ZADD k 1 a 2.5 b'],
    String.raw`"\x11\x14\x14\x00\x00\x00\x04\x00\x81a\x02\x01\x01\x81b\x02\x832.5\x04\xff\n\x00\xd4Ln\xa4\xf6D\xd9\xd7"`,
  ],
  [
    'a sorted set',
    ['CONFIG SET zset-max-listpack-entries 1', 'ZADD k 1 a 2.5 b'],
    String.raw`"\x05\x02\x01b\x00\x00\x00\x00\x00\x00\x04@\x01a\x00\x00\x00\x00\x00\x00\xf0?\n\x00\xf4n\xb79\x19vr\x91"`,
  ],
  [
    'a small hash',
    ['HSET k f v n 12'],
    String.raw`"\x10\x12\x12\x00\x00\x00\x04\x00\x81f\x02\x81v\x02\x81n\x02\x0c\x01\xff\n\x00\x016\x94\x81\xd3[\x89t"`,
  ],
  [
    'a stream',
    ['XADD k 5-1 f v', 'XADD k 5-2 f w n 12', 'XADD k 6-0 f x'],
    String.raw`"\x13\x01\x10\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01>>\x00\x00\x00\x18\x00\x03\x01\x00\x01\x01\x01\x81f\x02\x00\x01\x02\x01\x00\x01\x00\x01\x81v\x02\x04\x01\x00\x01\x00\x01\x01\x01\x02\x01\x81f\x02\x81w\x02\x81n\x02\x0c\x01\b\x01\x02\x01\x01\x01\xdf\xff\x02\x81x\x02\x04\x01\xff\x03\x06\x00\x05\x01\x00\x00\x03\x00\n\x00\x8aw\xb4\xfa\x8e\xc3${'`'}7"`,
  ],
  [
    'a stream in two nodes, with a deleted entry and a group',
    [
      'XADD k 5-1 f v',
      'XADD k 5-2 f w n 12',
      'XADD k 6-0 f x',
      'XDEL k 5-2',
      'XGROUP CREATE k g 0',
      'CONFIG SET stream-node-max-entries 2',
      'XADD k 7-0 other 1',
    ],
    String.raw`"\x13\x02\x10\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01>>\x00\x00\x00\x18\x00\x02\x01\x01\x01\x01\x01\x81f\x02\x00\x01\x02\x01\x00\x01\x00\x01\x81v\x02\x04\x01\x01\x01\x00\x01\x01\x01\x02\x01\x81f\x02\x81w\x02\x81n\x02\x0c\x01\b\x01\x02\x01\x01\x01\xdf\xff\x02\x81x\x02\x04\x01\xff\x10\x00\x00\x00\x00\x00\x00\x00\a\x00\x00\x00\x00\x00\x00\x00\x00  \x00\x00\x00\n\x00\x01\x01\x00\x01\x01\x01\x85other\x06\x00\x01\x02\x01\x00\x01\x00\x01\x01\x01\x04\x01\xff\x03\a\x00\x05\x01\x05\x02\x04\x01\x01g\x00\x00\x81\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\n\x00\x13Q^\x12n\xf4{?"`,
  ],
];

const READ: Record<string, string> = {
  string: 'GET k',
  list: 'LRANGE k 0 -1',
  set: 'SMEMBERS k',
  zset: 'ZRANGE k 0 -1 WITHSCORES',
  hash: 'HGETALL k',
  stream: 'XRANGE k - +',
};

describe.each(DUMPS)('%s', (_, lines, dump) => {
  it('is dumped to the bytes of redis-server', () => {
    const { run } = bench();
    for (const line of lines) run(line);
    expect(run('DUMP k')).toBe(dump);
  });

  it('comes back from them', () => {
    const { run } = bench();
    for (const line of lines) run(line);
    const read = READ[run('TYPE k')]!;
    const [before, encoding] = [run(read), run('OBJECT ENCODING k')];
    run('DEL k');
    expect(run(`RESTORE k 0 ${dump}`)).toBe('OK');
    expect(run(read)).toBe(before);
    expect(run('OBJECT ENCODING k')).toBe(encoding);
    expect(run('DUMP k')).toBe(dump);
  });
});

const HELLO = DUMPS[0]![2];

describe('RESTORE', () => {
  it('takes a time to live, from now or as a time', () => {
    const { run } = bench();
    run(`RESTORE k 5000 ${HELLO}`);
    expect(run('PTTL k')).toBe('(integer) 5000');
    run(`RESTORE at ${Date.UTC(2026, 0, 1) + 7000} ${HELLO} ABSTTL`);
    expect(run('PTTL at')).toBe('(integer) 7000');
    expect(run(`RESTORE k 1 ${HELLO} REPLACE ABSTTL`)).toBe('OK');
    expect(run('EXISTS k')).toBe('(integer) 0');
  });

  it('replaces only where that is asked', () => {
    const { run } = bench();
    run('SET k other');
    expect(run(`RESTORE k 0 ${HELLO}`)).toBe('(error) BUSYKEY Target key name already exists.');
    expect(run(`RESTORE k 0 ${HELLO} REPLACE`)).toBe('OK');
    expect(run('GET k')).toBe('"hello"');
  });

  it('takes over when a value was used last, or how often', () => {
    const { run } = bench();
    run(`RESTORE k 0 ${HELLO} IDLETIME 1000`);
    expect(run('OBJECT IDLETIME k')).toBe('(integer) 1000');
    expect(run(`RESTORE k 0 ${HELLO} IDLETIME -1`)).toBe(
      '(error) ERR Invalid IDLETIME value, must be >= 0',
    );
    run('CONFIG SET maxmemory-policy allkeys-lfu');
    run(`RESTORE often 0 ${HELLO} FREQ 200`);
    expect(run('OBJECT FREQ often')).toBe('(integer) 200');
    expect(run(`RESTORE more 0 ${HELLO} FREQ 256`)).toBe(
      '(error) ERR Invalid FREQ value, must be >= 0 and <= 255',
    );
  });

  it.each([
    ['a changed byte', HELLO.replace('hello', 'hallo')],
    ['a later version', HELLO.replace(String.raw`\n\x00cr`, String.raw`\x0b\x00cr`)],
    ['too few bytes', '"\\x00"'],
  ])('refuses %s', (_, dump) => {
    expect(bench().run(`RESTORE k 0 ${dump}`)).toBe(
      '(error) ERR DUMP payload version or checksum are wrong',
    );
  });
});

/** Bytes with a version and a checksum that fit. */
function sealed(body: ArrayLike<number>): string {
  const out = new Writer();
  out.bytes(body);
  out.little(10, 2);
  out.bytes(crc64(out.done()));
  return fromBuffer(out.done());
}

describe('a dump whose checksum fits, and nothing else', () => {
  it.each([
    ['no value', []],
    ['a type that there is not', [99]],
    ['a stream of nothing at all', [TYPE.stream]],
    ['a stream that says it has an entry', [TYPE.stream, 0, 1, 1, 1, 1, 1, 0, 0, 1, 0]],
    ['a stream whose first node has no id', [TYPE.stream, 1, 1, 97]],
    ['a list of nothing', [TYPE.list, 0]],
    ['a set with a member twice', [TYPE.set, 2, 1, 97, 1, 97]],
    ['a hash without its last value', [TYPE.hash, 1, 1, 97]],
    ['a score that is no number', [TYPE.zset, 1, 1, 97, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
    ['four billion elements', [TYPE.set, 0x80, 255, 255, 255, 255, 1, 97]],
    ['a string of four gigabytes', [TYPE.string, 0x80, 255, 255, 255, 255]],
    ['a compressed string of four gigabytes', [TYPE.string, 0xc3, 1, 0x80, 255, 255, 255, 255, 0]],
  ])('is refused: %s', (_, body) => {
    const { server, connect, run } = bench();
    const reply = server.execute(connect(), ['RESTORE', 'k', '0', sealed(body)]);
    expect(reply).toEqual(new ReplyError('ERR Bad data format'));
    expect(run('DBSIZE')).toBe('(integer) 0');
  });

  it('is refused or read, 10,000 times damaged at random, and what was read can be used', () => {
    const { server, connect, run } = bench();
    const client = connect();
    let seed = 1;
    const below = (n: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    const bodies = DUMPS.map(([, lines]) => {
      run('FLUSHALL');
      run('CONFIG SET zset-max-listpack-entries 128');
      for (const line of lines) run(line);
      return toBuffer(server.execute(client, ['DUMP', 'k']) as string).slice(0, -10);
    });
    let [read, refused] = [0, 0];
    for (let n = 0; n < 10_000; n++) {
      const body = [...bodies[n % bodies.length]!];
      for (let changes = 1 + below(3); changes > 0; changes--) {
        const at = below(body.length);
        if (below(3) === 0) body.splice(at, below(3), below(256));
        else body[at] = below(256);
      }
      const reply = server.execute(client, ['RESTORE', 'k', '0', sealed(body), 'REPLACE']);
      if (reply instanceof Status) {
        read++;
        // Reading it, dumping it and taking it back works.
        expect(run(READ[run('TYPE k')]!)).not.toMatch(/^\(error\)/);
        const again = server.execute(client, ['DUMP', 'k']) as string;
        expect(server.execute(client, ['RESTORE', 'copy', '0', again, 'REPLACE'])).toEqual(reply);
      } else {
        refused++;
        expect(reply).toEqual(new ReplyError('ERR Bad data format'));
      }
    }
    expect(read).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(1000);
  });
});

it('a caged server takes no more out of compressed dumps than it has room for', () => {
  const server = createServer({ clock: () => 0, random: () => 0, cage: CAGE });
  const client = server.connect();
  server.execute(client, ['SETRANGE', 'k', '4000000', 'x']);
  const dump = server.execute(client, ['DUMP', 'k']) as string;
  expect(dump.length).toBeLessThan(60_000);
  const replies = Array.from({ length: 50 }, (_, n) =>
    server.execute(client, ['RESTORE', `k:${n}`, '0', dump]),
  );
  expect(replies.filter((reply) => reply instanceof Status).length).toBeLessThan(12);
  const last = replies.at(-1) as ReplyError;
  expect(last.message).toMatch(/^ERR this emulator has no room for more than 32 MB/);
});

describe('LZF', () => {
  it.each([
    ['short', 'abc'.repeat(9)],
    ['one byte over and over', 'x'.repeat(10_000)],
    ['text', 'the quick brown fox jumps over the lazy dog, the quick brown fox. '.repeat(20)],
  ])('takes its own bytes back: %s', (_, text) => {
    const bytes = toBuffer(text);
    const packed = compress(bytes, bytes.length - 4)!;
    expect(packed.length).toBeLessThan(bytes.length);
    expect(decompress(packed, bytes.length)).toEqual(bytes);
    expect(decompress(packed, bytes.length - 1)).toBeUndefined();
  });

  it('gives up where nothing repeats', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * i * 7) & 255);
    expect(compress(bytes.slice(0, 40), 36)).toBeUndefined();
  });
});
