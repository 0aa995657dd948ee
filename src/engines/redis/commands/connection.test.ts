import { expect, it } from 'vitest';
import { bench } from '../testing.ts';

/** What redis-server 7.0.15 answers. */
it.each([
  ['CLIENT KILL USER x USER', "(error) ERR No such user 'x'"],
  ['CLIENT KILL ID x x', '(error) ERR client-id should be greater than 0'],
  ['CLIENT KILL ID 99 SKIPME', '(error) ERR syntax error'],
  [
    'CLIENT UNBLOCK 1 timeout extra',
    "(error) ERR unknown subcommand or wrong number of arguments for 'UNBLOCK'. Try CLIENT HELP.",
  ],
  ['COMMAND LIST FILTERBY PATTERN pfc*', '1) "pfcount"'],
])('%s', (line, answer) => {
  expect(bench().run(line)).toBe(answer);
});

it('COMMAND LIST answers a set of all and an array of some', () => {
  const { run } = bench();
  run('HELLO 3');
  expect(run('COMMAND LIST')).toMatch(/^ *1~ /);
  expect(run('COMMAND LIST FILTERBY PATTERN pfc*')).toBe('1) "pfcount"');
});
