import { expect, it } from 'vitest';
import { bench } from '../testing.ts';

it('scores beyond 2^53 are printed with all their digits', () => {
  const { run } = bench();
  run('ZADD z 95082337917730820 c');
  expect(run('ZSCORE z c')).toBe('"95082337917730816"');
});

it('ZSCAN prints the whole numbers of a listpack in full', () => {
  const { run } = bench();
  run('ZADD z 5e17 a');
  expect(run('ZSCAN z 0')).toBe('1) "0"\n2) 1) "a"\n   2) "500000000000000000"');
  expect(run('ZSCORE z a')).toBe('"5e+17"');
});

it('a listpack stays one when a member gets another score, whatever the limits are now', () => {
  const { run } = bench();
  run('ZADD z 1 a 2 b 3 c');
  run('CONFIG SET zset-max-listpack-entries 1');
  run('ZADD z 9 a');
  expect(run('OBJECT ENCODING z')).toBe('"listpack"');
  run('ZADD z 9 d');
  expect(run('OBJECT ENCODING z')).toBe('"skiplist"');
});
