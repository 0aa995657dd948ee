import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';
import { murmurHash } from './hash.ts';

/** What redis-server 7.0.15 answers. */
describe('a HyperLogLog', () => {
  it('counts three visitors as three', () => {
    const { run } = bench();
    expect(run('PFADD visits ann bob cleo')).toBe('(integer) 1');
    expect(run('PFCOUNT visits')).toBe('(integer) 3');
    expect(run('PFADD visits ann')).toBe('(integer) 0');
  });

  it('is a string with the bytes of redis-server, the remembered count among them', () => {
    const { run } = bench();
    run('PFADD visits ann bob cleo');
    run('PFCOUNT visits');
    expect(run('GET visits')).toBe(
      String.raw`"HYLL\x01\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00@\xaa\x80iX\x80D\xb3\x8cQD"`,
    );
    expect(run('PFDEBUG DECODE visits')).toBe('"Z:171 v:1,1 Z:10585 v:1,1 Z:1204 v:4,1 Z:4421"');
    expect(run('OBJECT ENCODING visits')).toBe('"raw"');
    run('PFADD empty');
    expect(run('GET empty')).toBe(
      String.raw`"HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xff"`,
    );
  });

  it.each([
    [100, 100, 'sparse', 284],
    [1000, 990, 'sparse', 1882],
    [10_000, 9951, 'dense', 12304],
    [100_000, 100_479, 'dense', 12304],
  ])('counts %i visitors as %i', (visitors, count, form, bytes) => {
    const { run } = bench();
    for (let n = 1; n <= visitors; n += 500) {
      const names = Array.from({ length: Math.min(500, visitors - n + 1) }, (_, i) => n + i);
      run(`PFADD v ${names.map((name) => `visitor:${name}`).join(' ')}`);
    }
    expect(run('PFCOUNT v')).toBe(`(integer) ${count}`);
    expect(run('PFDEBUG ENCODING v')).toBe(form);
    expect(run('STRLEN v')).toBe(`(integer) ${bytes}`);
  });

  it('is merged, and counted together with others', () => {
    const { run } = bench();
    run('PFADD a ann bob cleo');
    run('PFADD b dan ann');
    expect(run('PFCOUNT a b nosuch')).toBe('(integer) 4');
    expect(run('PFMERGE all a b')).toBe('OK');
    expect(run('PFCOUNT all')).toBe('(integer) 4');
    expect(run('PFDEBUG TODENSE all')).toBe('(integer) 1');
    expect(run('PFCOUNT all')).toBe('(integer) 4');
    expect(run('STRLEN all')).toBe('(integer) 12304');
  });

  it('becomes dense where a setting leaves no room', () => {
    const { run } = bench();
    run('CONFIG SET hll-sparse-max-bytes 20');
    run('PFADD v a');
    expect(run('PFDEBUG ENCODING v')).toBe('dense');
  });

  it('is not made of other strings, and one that is damaged says so', () => {
    const { run } = bench();
    run('SET text hello');
    expect(run('PFADD text x')).toBe(
      '(error) WRONGTYPE Key is not a valid HyperLogLog string value.',
    );
    run('LPUSH list a');
    expect(run('PFCOUNT list')).toMatch(/^\(error\) WRONGTYPE Operation against a key/);
    run(String.raw`SET broken "HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x00"`);
    expect(run('PFADD broken x')).toBe('(error) INVALIDOBJ Corrupted HLL object detected');
    expect(run('PFCOUNT broken')).toBe('(error) INVALIDOBJ Corrupted HLL object detected');
  });

  it('tests itself', () => {
    expect(bench().run('PFSELFTEST')).toBe('OK');
  });
});

it('the hash is MurmurHash64A, whatever the length', () => {
  const MASK = 2n ** 64n - 1n;
  const M = 0xc6a4a7935bd1e995n;
  const slow = (text: string): bigint => {
    let h = (0xadc83b19n ^ (BigInt(text.length) * M)) & MASK;
    const word = (part: string): bigint =>
      [...part].reduceRight((n, character) => (n << 8n) | BigInt(character.charCodeAt(0)), 0n);
    let at = 0;
    for (; at + 8 <= text.length; at += 8) {
      let k = (word(text.slice(at, at + 8)) * M) & MASK;
      k = ((k ^ (k >> 47n)) * M) & MASK;
      h = ((h ^ k) * M) & MASK;
    }
    if (at < text.length) h = ((h ^ word(text.slice(at))) * M) & MASK;
    h = ((h ^ (h >> 47n)) * M) & MASK;
    return h ^ (h >> 47n);
  };
  for (let length = 0; length < 60; length++) {
    const text = Array.from({ length }, (_, i) =>
      String.fromCharCode((i * 151 + length * 7) % 256),
    );
    const { high, low } = murmurHash(text.join(''));
    expect((BigInt(high) << 32n) | BigInt(low)).toBe(slow(text.join('')));
  }
});
