/** What scripts do in an application. */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';
import { sha1 } from '../../../../src/engines/redis/lua/sha1.ts';

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
else
  return 0
end`;
const EXTEND = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0`;
const COMPARE_AND_SET = `local current = redis.call('GET', KEYS[1])
if current == ARGV[1] or (not current and ARGV[1] == '') then
  redis.call('SET', KEYS[1], ARGV[2])
  return 1
end
return 0`;
const FIXED_WINDOW = `local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return n <= tonumber(ARGV[1])`;
const SLIDING_WINDOW = `local now, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZCARD', KEYS[1]) >= limit then return 0 end
redis.call('ZADD', KEYS[1], now, ARGV[4])
redis.call('EXPIRE', KEYS[1], window)
return 1`;
const TOKEN_BUCKET = `local rate, capacity, now, asked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local last = tonumber(redis.call('HGET', KEYS[1], 'tokens') or capacity)
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or 0)
local filled = math.min(capacity, last + math.max(0, now - at) * rate)
local allowed = filled >= asked
if allowed then filled = filled - asked end
redis.call('HSET', KEYS[1], 'tokens', filled, 'at', now)
return {allowed and 1 or 0, tostring(filled)}`;
const MOVE_JOBS = `local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, job in ipairs(due) do
  redis.call('ZREM', KEYS[1], job)
  redis.call('RPUSH', KEYS[2], job)
end
return due`;
const TRANSFER = `local have = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
local sum = tonumber(ARGV[3])
if have < sum then return redis.error_reply('FUNDS only ' .. have .. ' left') end
redis.call('HINCRBY', KEYS[1], ARGV[1], -sum)
redis.call('HINCRBY', KEYS[1], ARGV[2], sum)
return redis.status_reply('MOVED')`;

const script = (text: string, ...rest: Bytes[]): Bytes[] => [
  'EVAL',
  text,
  ...(rest.length > 0 ? rest : ['0']),
];
const known = (text: string, ...rest: Bytes[]): Bytes[] => ['EVALSHA', sha1(text), ...rest];

export const USES: Bytes[][] = [
  script("return 'Hello, scripting!'"),
  script('return ARGV[1]', '0', 'Hello'),
  script(
    'return { KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3] }',
    '2',
    'key1',
    'key2',
    'arg1',
    'arg2',
    'arg3',
  ),
  script("return redis.call('SET', KEYS[1], ARGV[1])", '1', 'foo', 'bar'),
  script("return redis.call('GET', KEYS[1])", '1', 'foo'),
  script("return redis.call('GET', KEYS[1])", '1', 'nosuch'),
  script("return {1, 2, 3.3333, somekey = 'x', 'foo', nil, 'bar'}"),
  script("return redis.pcall('ECHO', 'a', 'b')"),
  script(
    `local reply = redis.pcall('ECHO', unpack(ARGV))
if reply['err'] ~= nil then
  redis.log(redis.LOG_WARNING, reply['err'])
  reply['err'] = 'ERR Something is wrong, but no worries, everything is under control'
end
return reply`,
    '0',
    'hello',
    'world',
  ),
  ['SET', 'lock:report', 'token-1', 'NX', 'PX', '30000'],
  script(RELEASE, '1', 'lock:report', 'token-2'),
  script(EXTEND, '1', 'lock:report', 'token-2', '60000'),
  script(EXTEND, '1', 'lock:report', 'token-1', '60000'),
  ['PTTL', 'lock:report'],
  known(RELEASE, '1', 'lock:report', 'token-1'),
  known(RELEASE, '1', 'lock:report', 'token-1'),
  script(COMPARE_AND_SET, '1', 'stock', '', '5'),
  known(COMPARE_AND_SET, '1', 'stock', '4', '3'),
  known(COMPARE_AND_SET, '1', 'stock', '5', '4'),
  ...['1', '2', '3'].map(() => script(FIXED_WINDOW, '1', 'limit:alice', '2', '60')),
  ['TTL', 'limit:alice'],
  ...['10', '30', '50', '55', '75'].map((at) =>
    script(SLIDING_WINDOW, '1', 'calls:alice', at, '60', '3', `call-${at}`),
  ),
  ['ZRANGE', 'calls:alice', '0', '-1', 'WITHSCORES'],
  ...['0', '1', '1', '5'].map((at) =>
    script(TOKEN_BUCKET, '1', 'bucket:alice', '0.5', '3', at, '2'),
  ),
  ['ZADD', 'jobs:later', '10', 'mail', '20', 'report', '99', 'backup'],
  script(MOVE_JOBS, '2', 'jobs:later', 'jobs', '50', '10'),
  ['LRANGE', 'jobs', '0', '-1'],
  ['HSET', 'accounts', 'ann', '10', 'bob', '0'],
  script(TRANSFER, '1', 'accounts', 'ann', 'bob', '7'),
  script(TRANSFER, '1', 'accounts', 'ann', 'bob', '7'),
  ['HMGET', 'accounts', 'ann', 'bob'],
  ['SCRIPT', 'LOAD', 'return #ARGV'],
  known('return #ARGV', '0', 'a', 'b'),
  ['EVALSHA', sha1('return #ARGV').toUpperCase(), '0', 'a'],
  ['SCRIPT', 'EXISTS', sha1('return #ARGV'), '0'.repeat(40), sha1(RELEASE).toUpperCase()],
  ['SCRIPT', 'FLUSH'],
  known('return #ARGV', '0'),
  ['EVALSHA', 'short', 'x'],
  ['SCRIPT', 'LOAD', 'return ('],
  ['SCRIPT', 'KILL'],
  ['SCRIPT', 'FLUSH', 'NOW'],
  ['SCRIPT', 'NOSUCH'],
  ['SCRIPT', 'LOAD'],
];
