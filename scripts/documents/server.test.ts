import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';

/** Starts the command. @returns what it says, and how it ends. */
function start(...options: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts'), ...options]);
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
    .poll(() => run.said, { timeout: 20_000 })
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
