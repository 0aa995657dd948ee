/** Scripts, known and new. */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';
import { sha1 } from '../../../../src/engines/redis/lua/sha1.ts';
import { grammar } from '../scripts/grammar.ts';
import type { Groups, Words } from '../words.ts';

const KNOWN = [
  'return {KEYS, ARGV}',
  "return redis.call('INCR', KEYS[1])",
  "return redis.call('GET', KEYS[1])",
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end",
  '#!lua flags=no-writes\nreturn redis.call("TTL", KEYS[1])',
  'return not Lua',
];

/** @param command draws a command of any other group, for scripts to call. */
export function scripting(words: Words, command: () => Bytes[]): Groups {
  const { chance, one, some, any, value, below, word } = words;
  const { script } = grammar(words, command);
  const keysAndWords = (): Bytes[] => {
    const keys = chance(0.2) ? [] : some(2, any);
    const count = chance(0.98) ? String(keys.length) : one(['-1', '9', 'x', '']);
    return [count, ...keys, ...(chance(0.3) ? [] : some(3, value))];
  };
  const known = (): Bytes => one(KNOWN);
  const sha = (): Bytes => (chance(0.95) ? sha1(known()) : one(['x', '0'.repeat(40)]));
  const random = (): Bytes[] => ['EVAL', script(), ...keysAndWords()];
  return {
    scripting: [
      ...Array.from({ length: 12 }, () => random),
      () => ['EVAL_RO', script(), ...keysAndWords()],
      () => ['EVAL', known(), ...keysAndWords()],
      () => [
        one(['EVALSHA', 'EVALSHA', 'EVALSHA_RO']),
        chance(0.9) ? sha() : sha().toUpperCase(),
        ...keysAndWords(),
      ],
      () =>
        one([
          () => ['SCRIPT', 'LOAD', chance(0.9) ? known() : script()],
          () => ['SCRIPT', 'LOAD', known()],
          () => ['SCRIPT', 'EXISTS', ...some(3, sha)],
          () => ['SCRIPT', 'FLUSH', ...(chance(0.5) ? [] : [one(['SYNC', 'ASYNC', 'x'])])],
          () => ['SCRIPT', one(['KILL', 'NOSUCH', 'kill'])],
        ])(),
      () => ['SET', any(), value()],
      () => ['RPUSH', words.key('l'), ...some(4, value)],
      () => ['HSET', words.key('h'), word('a', 'b')(), String(below(9))],
    ],
  };
}
