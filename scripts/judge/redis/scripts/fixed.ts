/**
 * Scripts as people write them, and every kind of answer and error: each is played on redis-server and on the emulator,
 * one after another over the same keys, in RESP 2 and RESP 3.
 */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';
import { sha1 } from '../../../../src/engines/redis/lua/sha1.ts';
import { ERRORS } from './errors.ts';
import { LIBRARIES } from './libraries.ts';
import { USES } from './uses.ts';
import { REPLIES, VALUES } from './values.ts';

/** Options of the commands themselves. */
const CALLS: Bytes[][] = [
  ['EVAL'],
  ['EVAL', 'return 1'],
  ['EVAL', 'return 1', 'x'],
  ['EVAL', 'return 1', '-1'],
  ['EVAL', 'return 1', '1'],
  ['EVAL', 'return (', '9'],
  ['EVAL', 'return #KEYS', '2', 'a', 'b', 'c'],
  ['EVALSHA', 'x'.repeat(40), '9'],
  ['EVALSHA', 'x'.repeat(40), '0'],
  ['EVAL_RO', "return redis.call('GET', 'pi')", '0'],
  ['EVAL_RO', "return redis.call('SET', 'pi', 1)", '0'],
  ['EVAL_RO', "return redis.pcall('DEL', 'pi')", '0'],
  ['EVAL_RO', "return redis.call('PUBLISH', 'a', 'b')", '0'],
  ['EVAL_RO', '#!lua\nreturn 1', '0'],
  ['EVAL_RO', '#!lua flags=no-writes\nreturn 1', '0'],
  ['EVALSHA_RO', sha1('return 1'), '0'],
  ['SCRIPT', 'LOAD', 'return 1'],
  ['EVALSHA_RO', sha1('return 1'), '0'],
  ['MULTI'],
  ['EVAL', "return redis.call('INCR', 'queued')", '0'],
  ['EVAL', 'return nosuch', '0'],
  ['EVAL', "return redis.call('BLPOP', 'nolist', 0)", '0'],
  ['SCRIPT', 'KILL'],
  ['EXEC'],
  ['MULTI'],
  ['EVAL', 'return 1'],
  ['EXEC'],
  ['SET', 'watched', '1'],
  ['WATCH', 'watched'],
  ['EVAL', "redis.call('SET', 'watched', 2)", '0'],
  ['MULTI'],
  ['GET', 'watched'],
  ['EXEC'],
  ['WATCH', 'watched'],
  ['EVAL', "return redis.call('GET', 'watched')", '0'],
  ['MULTI'],
  ['GET', 'watched'],
  ['EXEC'],
  ['COMMAND', 'GETKEYS', 'EVAL', 'return 1', '2', 'a', 'b', 'c'],
];

export const FIXED: Bytes[][] = [
  ...USES,
  ...VALUES,
  ...REPLIES,
  ...ERRORS,
  ...LIBRARIES,
  ...CALLS,
].map((one) => (typeof one === 'string' ? ['EVAL', one, '1', 'h'] : one));
