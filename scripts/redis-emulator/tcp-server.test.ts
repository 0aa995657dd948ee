import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import Redis from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestReader, ProtocolError } from '../../src/engines/redis/resp/request-reader.ts';
import { findProgram, startRedisServer, type RedisProcess } from '../redis-server-process.ts';
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
