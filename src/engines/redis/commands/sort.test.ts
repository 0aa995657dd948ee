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

it('looks at every key, even behind one that holds no number, and those who listen hear it', () => {
  const { run, connect, messages } = bench();
  run('CONFIG SET notify-keyspace-events Em');
  run('RPUSH l a b');
  run('SET w_a x');
  const listener = connect();
  run('SUBSCRIBE __keyevent@0__:keymiss', listener);
  expect(run('SORT l BY w_*')).toBe(
    "(error) ERR One or more scores can't be converted into double",
  );
  expect(messages(listener).join()).toContain('"w_b"');
});
