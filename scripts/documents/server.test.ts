import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, it, vi } from 'vitest';

// Programs of their own are started, each of which reads all of the store.
vi.setConfig({ testTimeout: 120_000 });

/** Starts the command. @returns what it says, and how it ends. */
function start(...options: string[]) {
  return startWith([], ...options);
}

/** @param node what Node itself is told. */
function startWith(node: readonly string[], ...options: string[]) {
  const program = join(import.meta.dirname, 'server.ts');
  const child = spawn(process.execPath, [...node, program, ...options]);
  const run = {
    said: '',
    child,
    ended: new Promise<number | null>((end) => child.on('close', end)),
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (run.said += text));
  return run;
}

it('the document store says where it is, serves a driver, and ends at Ctrl-C', async () => {
  const run = start('--port', '0');
  await expect
    .poll(() => run.said, { timeout: 90_000 })
    .toMatch(/^Document store on mongodb:\/\/127\.0\.0\.1:\d+\/ in memory/);
  const client = await MongoClient.connect(/mongodb:\S+/.exec(run.said)![0]);
  await client.db('shop').collection('products').insertOne({ name: 'Desk' });
  expect(await client.db('shop').collection('products').countDocuments()).toBe(1);
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  await client.close();
});

it('the document store says that a port is in use, and what is no port', async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  const port = String(typeof address === 'object' && address ? address.port : 0);
  const taken = start('--port', port);
  expect(await taken.ended).toBe(1);
  expect(taken.said).toBe(
    `Port ${port} is in use. End what holds it, or choose another with --port.\n`,
  );
  other.close();
  const wrong = start('--port', 'x');
  expect(await wrong.ended).toBe(1);
  expect(wrong.said).toBe('--port wants a number from 0 to 65535.\n');
});

it('the document store refuses what it has no room for, and goes on', async () => {
  const run = startWith(['--max-old-space-size=300'], '--port', '0');
  await expect.poll(() => run.said, { timeout: 90_000 }).toContain('mongodb://');
  const client = await MongoClient.connect(/mongodb:\S+/.exec(run.said)![0]);
  const texts = client.db('shop').collection<{ _id: number; text: string }>('texts');
  const text = 'x'.repeat(1_000_000);
  let stored = 0;
  const fill = async (): Promise<void> => {
    for (; stored < 500; stored += 1) await texts.insertOne({ _id: stored, text });
  };
  await expect(fill()).rejects.toMatchObject({
    code: 146,
    codeName: 'ExceededMemoryLimit',
  });
  expect(await texts.countDocuments()).toBe(stored);
  await texts.deleteMany({});
  await expect
    .poll(() => texts.insertOne({ _id: 1, text }).catch(() => null), {
      interval: 500,
      timeout: 20_000,
    })
    .toMatchObject({ acknowledged: true });
  await client.close();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
});
