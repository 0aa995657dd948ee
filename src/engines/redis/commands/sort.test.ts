import { expect, it } from 'vitest';
import { bench } from '../testing.ts';

/** What redis-server 7.0.15 answers. */
it('equal elements of a page come as from a sort that looks no farther than the page', () => {
  const { run } = bench();
  run('RPUSH l a b c d e f g h i j');
  run('MSET s_a x s_b x s_c y s_d x s_e y s_f x s_g x s_h y s_i x s_j x');
  expect(run('SORT l BY s_* ALPHA LIMIT 0 4')).toBe('1) "j"\n2) "b"\n3) "g"\n4) "i"');
  expect(run('SORT l BY s_* ALPHA').replace(/[^a-j]/g, '')).toBe('abdfgijceh');
});
