import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import Redis from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestReader, ProtocolError } from '../../../src/engines/redis/resp/request-reader.ts';
import { findProgram, startRedisServer, type RedisProcess } from '../server-process.ts';
import { startEmulator, type RunningEmulator } from './tcp-server.ts';

let emulator: RunningEmulator;
let real: RedisProcess;
beforeAll(async () => {
  emulator = await startEmulator(0);
  real = await startRedisServer();
}, 60_000);
afterAll(async () => {
  await emulator.close();
  await real.stop();
});

/** Sends the pieces and returns everything that comes back until the other side is quiet or closes. */
function exchange(port: number, pieces: string[]): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let text = '';
    let timer: NodeJS.Timeout;
    const done = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => done(false), 400);
    };
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      wait();
    });
    socket.on('close', () => done(true));
    socket.on('error', reject);
    socket.on('connect', () => {
      pieces.forEach((piece, i) =>
        setTimeout(() => socket.write(Buffer.from(piece, 'latin1')), i * 15),
      );
      wait();
    });
  });
}

describe('the emulator behind TCP', () => {
  it('serves ioredis: pipelines, transactions, blocking, messages', async () => {
    const redis = new Redis(emulator.port);
    const other = new Redis(emulator.port);
    await redis.flushall();
    const replies = await redis.pipeline().set('a', '1').incr('a').lpush('a', 'x').exec();
    expect(replies?.map(([error, value]) => error?.message.slice(0, 9) ?? value)).toEqual([
      'OK',
      2,
      'WRONGTYPE',
    ]);
    expect(await redis.multi().hset('h', { a: 1, b: 2 }).hgetall('h').exec()).toEqual([
      [null, 2],
      [null, { a: '1', b: '2' }],
    ]);
    const popped = redis.brpop('jobs', 5);
    await other.lpush('jobs', 'mail');
    expect(await popped).toEqual(['jobs', 'mail']);
    expect(await redis.blpop('never', 0.05)).toBeNull();
    const heard = new Promise((resolve) =>
      other.on('message', (channel, text) => resolve([channel, text])),
    );
    await other.subscribe('news');
    await redis.publish('news', 'hello');
    expect(await heard).toEqual(['news', 'hello']);
    await redis.set('soon', 'gone', 'PX', 30);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await redis.dbsize()).toBe(2);
    redis.disconnect();
    other.disconnect();
  });

  it('serves redis-cli', async () => {
    const cli = findProgram('redis-cli', 'redis-tools', 'redis-cli');
    // Not execFileSync: the emulator answers from this process.
    const run = async (...words: string[]): Promise<string> =>
      (await promisify(execFile)(cli, ['-p', String(emulator.port), ...words])).stdout;
    expect(await run('--no-raw', 'ZADD', 'z', '1', 'a')).toBe('(integer) 1\n');
    expect(await run('-3', '--no-raw', 'HGETALL', 'nothing')).toBe('(empty hash)\n');
    expect(await run('INFO', 'server')).toContain('redis_version:7.0.15');
  });

  const FRAMES: [string, string[]][] = [
    ['a command cut into single bytes', [...'*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n']],
    ['two commands in one piece', ['*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$1\r\nx\r\n']],
    ['inline commands', ['PING\r\nECHO "a b"\nECHO \'x\'\r\n\r\nPING\r\n']],
    ['an inline command with an open quote', ['ECHO "a\r\nPING\r\n']],
    ['a count that is no number', ['*x\r\n']],
    ['a huge count', ['*99999999999\r\n']],
    ['a negative count', ['*-5\r\n*1\r\n$4\r\nPING\r\n']],
    ['an argument that is no bulk string', ['*1\r\n:5\r\n']],
    ['a length that is no number', ['*1\r\n$abc\r\n']],
    ['a huge length', ['*1\r\n$99999999999\r\n']],
    ['a negative length', ['*2\r\n$4\r\nECHO\r\n$-1\r\n']],
    ['a line that never ends', ['a'.repeat(70_000)]],
    ['a count that never ends', [`*${'1'.repeat(70_000)}`]],
    ['bytes that are no text', ['\x00\x01\xff\xfe\r\n']],
    ['a request of a browser', ['POST /run HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nSET a 1\r\n']],
    ['a request that begins with GET', ['GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
    ['a request behind a command', ['PING\r\nhost: a\r\nPING\r\n']],
    ['a request as a command', ['*1\r\n$4\r\npost\r\n*1\r\n$4\r\nPING\r\n']],
    ['a count beyond 2³¹', ['*2147483648\r\n']],
    ['a length beyond the longest', ['*2\r\n$4\r\nECHO\r\n$536870913\r\n']],
    ['a length that never ends', [`*1\r\n$${'1'.repeat(70_000)}`]],
    ['an inline command of 64 kB', [`ECHO ${'a'.repeat(65_000)}\r\n`]],
    ['an inline command that is too long', [`ECHO ${'a'.repeat(66_000)}`]],
    ['a quit with something behind it', ['*1\r\n$4\r\nQUIT\r\n*1\r\n$4\r\nPING\r\n']],
  ];
  it.each(FRAMES)('answers %s like redis-server', async (_name, pieces) => {
    const [mine, theirs] = [
      await exchange(emulator.port, pieces),
      await exchange(real.port, pieces),
    ];
    expect(mine).toEqual(theirs);
  });

  it('outlives clients that vanish in the middle of a command, or while they wait', async () => {
    for (const piece of [
      '*2\r\n$4\r\nECHO\r\n$100\r\nabc',
      '*3\r\n$5\r\nBLPOP\r\n$1\r\nq\r\n$1\r\n0\r\n',
      '*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(emulator.port, '127.0.0.1', () => {
          socket.write(piece);
          setTimeout(() => {
            socket.resetAndDestroy();
            resolve();
          }, 30);
        });
      });
    }
    const redis = new Redis(emulator.port);
    expect(await redis.lpush('q', 'kept')).toBe(1);
    expect(await redis.publish('c', 'nobody')).toBe(0);
    expect(await redis.lpop('q')).toBe('kept');
    redis.disconnect();
  });
});

/** A client that does not read until it is asked to. */
async function slowClient(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.pause();
  return socket;
}

/** Waits for something to come true, as long as a test may take. */
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const isGone = (socket: Socket) => {
  let gone = false;
  socket.once('close', () => (gone = true));
  return () => gone;
};

describe('a limit of the emulator', () => {
  const MB = 1024 ** 2;
  const logged: string[] = [];
  let own: RunningEmulator;
  let redis: Redis;
  beforeEach(async () => {
    logged.length = 0;
    own = await startEmulator(0, {
      bounds: { unread: MB, together: 20 * MB },
      log: (line) => logged.push(line),
    });
    redis = new Redis(own.port, { retryStrategy: () => null });
  });
  afterEach(async () => {
    redis.disconnect();
    await own.close();
  });

  it('keeps 2,000 answers of 1 MB from waiting all at once', async () => {
    await redis.set('large', 'x'.repeat(MB));
    const slow = await slowClient(own.port);
    slow.write('GET large\r\n'.repeat(2000));
    await until(() => own.waiting().unread > 0);
    const gets = () =>
      redis.info('commandstats').then((info) => Number(/cmdstat_get:calls=(\d+)/.exec(info)?.[1]));
    // As long as it answers more, it has not come to where it waits for its reader.
    for (let before = -1, now = await gets(); now > before; before = now, now = await gets())
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await gets()).toBeLessThan(40);
    expect(own.waiting().unread).toBeLessThan(3 * MB);
    expect(await redis.ping()).toBe('PONG');
    slow.destroy();
  });

  it('answers all of it to who reads late, in order', async () => {
    await redis.set('large', 'x'.repeat(MB));
    const slow = await slowClient(own.port);
    slow.write(Array.from({ length: 30 }, (_, at) => `GET large\r\nECHO n${at}\r\n`).join(''));
    await until(() => own.waiting().unread > 0);
    let text = '';
    slow.on('data', (data: Buffer) => (text += data.toString('latin1').replace(/x+/g, '')));
    slow.resume();
    await until(() => text.includes('n29\r\n'));
    expect([...text.matchAll(/n(\d+)\r/g)].map(([, at]) => Number(at))).toEqual(
      Array.from({ length: 30 }, (_, at) => at),
    );
    expect(own.waiting().unread).toBe(0);
    slow.destroy();
  });

  it.each([
    ['its hard limit', 'pubsub 2000000 0 0'],
    ['its soft limit for too long', 'pubsub 0 500000 1'],
  ])('cuts off a subscriber that is over %s, as redis-server does', async (_name, limit) => {
    for (const port of [own.port, real.port]) {
      const publisher = new Redis(port);
      await publisher.config('SET', 'client-output-buffer-limit', limit);
      const slow = await slowClient(port);
      slow.write('SUBSCRIBE news\r\n');
      await until(async () => (await publisher.pubsub('NUMSUB', 'news'))[1] === 1);
      const news = 'x'.repeat(200_000);
      let sent = 0;
      // Bounded: the system itself holds some megabytes for the slow one.
      await until(async () => ++sent > 300 || (await publisher.publish('news', news)) === 0);
      expect(sent).toBeLessThan(300);
      await publisher.config('SET', 'client-output-buffer-limit', 'pubsub 33554432 8388608 60');
      publisher.disconnect();
      slow.destroy();
    }
    expect(logged.join()).toContain('for overcoming of output buffer limits');
    expect(own.waiting().unread).toBe(0);
  });

  it('is set and told by CONFIG as redis-server does', async () => {
    const theirs = new Redis(real.port);
    const LIMITS = [
      'normal 1 2 3',
      'slave 1mb 2mb 10',
      'replica 1k 2kb 10',
      'PUBSUB 1 2 3',
      'normal 1 2 3 normal 4 5 6',
      '',
      'foo 1 2 3',
      'master 1 2 3',
      'normal 1 2',
      'normal 1gb 2gb 3 ',
      'normal -1 2 3',
      'normal 1 2 -3',
      'normal 1 x 3',
      'normal 1 2 3x',
      'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
    ];
    const QUERIES = ['100', '1048576', '2mb', '-1', 'abc', '0', '1073741824'];
    for (const [name, values] of [
      ['client-output-buffer-limit', LIMITS],
      ['client-query-buffer-limit', QUERIES],
    ] as const) {
      expect(await redis.config('GET', name)).toEqual(await theirs.config('GET', name));
      for (const value of values) {
        const [mine, judge] = await Promise.all(
          [redis, theirs].map((one) =>
            one.config('SET', name, value).catch((error: Error) => error.message),
          ),
        );
        expect([value, mine]).toEqual([value, judge]);
        expect(await redis.config('GET', name)).toEqual(await theirs.config('GET', name));
      }
    }
    theirs.disconnect();
  });

  it('refuses a client too many, as redis-server does', async () => {
    const answers = [];
    for (const port of [own.port, real.port]) {
      const admin = new Redis(port);
      expect(await admin.ping()).toBe('PONG');
      const count = String(await admin.client('LIST'))
        .trim()
        .split('\n').length;
      await admin.config('SET', 'maxclients', count);
      answers.push(await exchange(port, ['PING\r\n']));
      await admin.config('SET', 'maxclients', 10000);
      answers.push(await exchange(port, ['PING\r\n']));
      admin.disconnect();
    }
    expect(answers.slice(0, 2)).toEqual(answers.slice(2));
    expect(answers[0]).toEqual({ text: '-ERR max number of clients reached\r\n', closed: true });
  });

  it('cuts off who sends on and on while it waits for an answer', async () => {
    await redis.config('SET', 'client-query-buffer-limit', '1mb');
    const eager = await slowClient(own.port);
    const gone = isGone(eager);
    eager.resume();
    eager.write('BLPOP nothing 0\r\n');
    for (let sent = 0; sent < 40 && !gone(); sent++) {
      eager.write(`ECHO ${'x'.repeat(50_000)}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(gone);
    expect(logged.join()).toContain('reached max query buffer length');
    expect(own.waiting().unanswered).toBe(0);
  });

  it('bounds what 500 connections let wait, and answers the others', async () => {
    const half = `*2\r\n$4\r\nECHO\r\n$1000000\r\n${'x'.repeat(100_000)}`;
    const sockets = await Promise.all(Array.from({ length: 500 }, () => slowClient(own.port)));
    for (const socket of sockets) socket.write(half);
    // 50 MB have come in all; 20 MB may wait.
    await until(() => logged.length > 0);
    await until(() => own.waiting().unanswered <= 20 * MB);
    expect(logged.join()).toContain('Evicting client');
    expect(await redis.ping()).toBe('PONG');
    for (const socket of sockets) socket.destroy();
    await until(() => own.core.clients.size === 1);
    expect(own.waiting()).toEqual({ unread: 0, unanswered: 0 });
  });

  it('bounds what readers of MONITOR let wait, whom redis-server lets wait for ever', async () => {
    const slow = await slowClient(own.port);
    const gone = isGone(slow);
    slow.write('MONITOR\r\n');
    await until(() => [...own.core.clients.values()].some(({ monitor }) => monitor));
    const long = 'x'.repeat(500_000);
    for (let sent = 0; sent < 200 && logged.length === 0; sent++) await redis.set('a', long);
    slow.resume();
    await until(gone);
    expect(logged.join()).toContain('Evicting client');
  });

  it('answers an error where an answer is longer than a text can be', async () => {
    await redis.set('large', 'x'.repeat(MB));
    await expect(redis.mget(Array.from({ length: 600 }, () => 'large'))).rejects.toThrow(
      'ERR this emulator cannot send so much at once',
    );
    expect(await redis.ping()).toBe('PONG');
  });
});

describe('the reader of requests', () => {
  it('reads the same commands wherever the bytes are cut', () => {
    const text = '*2\r\n$3\r\nGET\r\n$5\r\na\r\nbc\r\nPING x\r\n*1\r\n$0\r\n\r\n';
    const expected = [['GET', 'a\r\nbc'], ['PING', 'x'], ['']];
    for (let cut = 0; cut <= text.length; cut++) {
      const reader = new RequestReader();
      expect([...reader.feed(text.slice(0, cut)), ...reader.feed(text.slice(cut))]).toEqual(
        expected,
      );
    }
  });

  it('takes a long argument in pieces without copying it again and again', () => {
    const reader = new RequestReader();
    reader.feed('*2\r\n$4\r\nECHO\r\n$10000000\r\n');
    const piece = 'x'.repeat(1000);
    for (let i = 0; i < 10_000; i++) expect(reader.feed(piece)).toEqual([]);
    const [command] = reader.feed('\r\n') as string[][];
    expect(command![1]!.length).toBe(10_000_000);
  });

  it('says nothing more after an error', () => {
    const reader = new RequestReader();
    expect(reader.feed('*x\r\n')).toEqual([new ProtocolError('invalid multibulk length')]);
    expect(reader.feed('PING\r\n')).toEqual([]);
  });
});
