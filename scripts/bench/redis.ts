/**
 * How fast the Redis core is: against ioredis-mock and a bare Map in the same run, how sorted
 * sets grow, and what keys with times to live cost.
 *
 *     npm run bench -- redis
 */
import RedisMock from 'ioredis-mock';
import { LimitedOutput } from '../../src/engines/limits.ts';
import { createServer, loadEveryCommand } from '../../src/engines/redis/emulator.ts';
import { RedisSession } from '../../src/engines/redis/session.ts';
import { startEmulator } from '../redis/emulator/tcp-server.ts';

const SIZE = 10_000;

/** Under a clock that stands still, as in the cells of the course. */
function core(): (...argv: string[]) => unknown {
  const now = Date.now();
  const server = createServer({ clock: () => now, random: Math.random });
  const client = server.connect();
  return (...argv) => server.execute(client, argv);
}

/** Nanoseconds per call: the best of several rounds, for the machine has other things to do. */
function measure(calls: number, run: (i: number) => unknown, rounds = 5): number {
  let best = Infinity;
  for (let r = 0; r < rounds; r++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) run(i);
    best = Math.min(best, ((performance.now() - start) * 1e6) / calls);
  }
  return best;
}
async function measureAsync(calls: number, run: (i: number) => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let r = 0; r < 3; r++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await run(i);
    best = Math.min(best, ((performance.now() - start) * 1e6) / calls);
  }
  return best;
}

await loadEveryCommand();
const execute = core();
const mock = new RedisMock();
const member = (i: number): string => `member:${i % SIZE}`;
const score = (i: number): string => String((i * 7919) % SIZE);

for (let i = 0; i < SIZE; i++) {
  execute('ZADD', 'z', score(i), member(i));
  await mock.zadd('z', score(i), member(i));
}

// A stream of as many entries, `1-0` to `10000-0`.
for (let i = 1; i <= SIZE; i++) {
  execute('XADD', 'x', `${i}-0`, 'n', String(i));
  await mock.xadd('x', `${i}-0`, 'n', String(i));
}
execute('XGROUP', 'CREATE', 'jobs', 'g', '0', 'MKSTREAM');
const nextJob = ['XREADGROUP', 'GROUP', 'g', 'ann', 'COUNT', '1', 'STREAMS', 'jobs', '>'];
/** A job is added, given to a consumer of a group, and acknowledged. */
function job(): unknown {
  const id = execute('XADD', 'jobs', 'MAXLEN', '~', '1000', '*', 'n', '1') as string;
  execute(...nextJob);
  return execute('XACK', 'jobs', 'g', id);
}
/** A rate limit: two commands, a comparison, numbers from text. */
const FIXED_WINDOW = `local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return n <= tonumber(ARGV[1])`;

const incrementOnce = (): unknown => execute('INCR', 'n');
type Case = [
  name: string,
  calls: number,
  mockCalls: number,
  run: (i: number) => unknown,
  /** `null`: it has no such command. */
  runMock: ((i: number) => Promise<unknown>) | null,
];
const cases: Case[] = [
  ['INCR', 1_000_000, 3000, () => incrementOnce(), () => mock.incr('n')],
  [
    'HSET',
    300_000,
    1000,
    (i) => execute('HSET', 'h', member(i), 'v'),
    (i) => mock.hset('h', member(i), 'v'),
  ],
  ['LPUSH', 300_000, 1000, () => execute('LPUSH', 'l', 'item'), () => mock.lpush('l', 'item')],
  [
    'ZADD',
    100_000,
    200,
    (i) => execute('ZADD', 'z', score(i + 1), member(i)),
    (i) => mock.zadd('z', score(i + 1), member(i)),
  ],
  [
    'ZRANGE',
    100_000,
    100,
    (i) => execute('ZRANGE', 'z', String(i % 9000), String((i % 9000) + 9)),
    (i) => mock.zrange('z', i % 9000, (i % 9000) + 9),
  ],
  [
    'XADD',
    200_000,
    500,
    () => execute('XADD', 'x', '*', 'n', '1'),
    () => mock.xadd('x', '*', 'n', '1'),
  ],
  [
    'XRANGE',
    100_000,
    100,
    (i) => execute('XRANGE', 'x', String(1 + (i % 9000)), '+', 'COUNT', '10'),
    (i) => mock.xrange('x', String(1 + (i % 9000)), '+', 'COUNT', 10),
  ],
  ['XREADGROUP', 50_000, 0, () => job(), null],
  [
    'EVAL',
    50_000,
    300,
    () => execute('EVAL', FIXED_WINDOW, '1', 'limit', '100', '60'),
    () => mock.eval(FIXED_WINDOW, 1, 'limit', '100', '60'),
  ],
];
console.log('command     core ns/op   ioredis-mock ns/op   ratio');
for (const [name, calls, mockCalls, run, runMock] of cases) {
  const mine = measure(calls, run);
  const theirs = runMock && (await measureAsync(mockCalls, runMock));
  console.log(
    `${name.padEnd(10)} ${mine.toFixed(0).padStart(11)} ${(theirs?.toFixed(0) ?? 'has none').padStart(20)} ${theirs ? `${(theirs / mine).toFixed(0)}x`.padStart(7) : ''}`,
  );
}

const map = new Map<string, number>();
const bare = measure(1_000_000, () => map.set('n', (map.get('n') ?? 0) + 1), 8);
const incr = measure(1_000_000, () => incrementOnce(), 8);
console.log(
  `\nbare Map ${bare.toFixed(0)} ns, INCR ${incr.toFixed(0)} ns: ${(bare / incr).toFixed(2)} of a bare Map`,
);

console.log('\nsorted set    ZADD ns   ZRANK ns   ZRANGE ns');
for (const size of [10_000, 100_000, 1_000_000]) {
  const run = core();
  for (let i = 0; i < size; i++) run('ZADD', 'z', String((i * 7919) % size), `m${i}`);
  const some = (i: number): number => (i * 104_729) % size;
  const zadd = measure(20_000, (i) => run('ZADD', 'z', String(some(i + 13)), `m${some(i)}`), 3);
  const zrank = measure(20_000, (i) => run('ZRANK', 'z', `m${some(i)}`), 3);
  const zrange = measure(
    20_000,
    (i) => run('ZRANGE', 'z', String(some(i)), String(some(i) + 9)),
    3,
  );
  console.log(
    `${size.toLocaleString('en').padStart(10)} ${zadd.toFixed(0).padStart(10)} ${zrank.toFixed(0).padStart(10)} ${zrange.toFixed(0).padStart(11)}`,
  );
}
mock.disconnect();

/** Ten hours in a cell, in which 100,000 keys expire. In milliseconds. */
function leap(): number {
  const session = new RedisSession();
  const client = session.server.connect();
  for (let i = 0; i < 100_000; i++) {
    const life = String(1000 + ((i * 7919) % 35_000_000));
    session.server.execute(client, ['SET', `k${i}`, 'v', 'PX', life]);
  }
  const all = { rows: Infinity, outputs: Infinity, characters: Infinity };
  const output = new LimitedOutput(() => undefined, all);
  const start = performance.now();
  session.run({ files: [{ name: '', code: 'wait 10h' }] }, output);
  const milliseconds = performance.now() - start;
  if (client.db.dict.size > 0) throw new Error('keys are left');
  return milliseconds;
}
const leaps = Array.from({ length: 5 }, leap);
console.log(`\nwait 10h, 100,000 keys with times to live: ${Math.min(...leaps).toFixed(0)} ms`);

/** What a server over TCP takes while nobody asks anything, of one core. */
async function idle(): Promise<number> {
  const { core: server, close } = await startEmulator(0);
  const client = server.connect();
  for (let i = 0; i < 200_000; i++)
    server.execute(client, ['SET', `k${i}`, 'v', 'EX', String(3600 + i)]);
  const before = process.cpuUsage();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1000 / (performance.now() - start);
  await close();
  return share;
}
console.log(`idle, 200,000 such keys: ${((await idle()) * 100).toFixed(1)} % of a core`);
