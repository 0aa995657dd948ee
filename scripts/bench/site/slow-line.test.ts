import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenOnFreePort } from '../../process/port.ts';
import { slowLine, type SlowLine } from './slow-line.ts';

const BODY = Buffer.from(Array.from({ length: 50_000 }, (_, at) => at % 251));
const host = createServer((_request, response) => response.end(BODY));
let line: SlowLine;
let origin: string;

beforeAll(async () => {
  line = slowLine(await listenOnFreePort(host, 0));
  origin = `http://127.0.0.1:${await listenOnFreePort(line.server, 0)}`;
});
afterAll(() => {
  line.server.close();
  host.close();
  host.closeAllConnections();
});

const fetched = async (): Promise<Buffer> => Buffer.from(await (await fetch(origin)).arrayBuffer());

describe('a slow line', () => {
  it('brings every byte, in its order', async () => {
    line.set({ rate: 8_000_000, roundTrip: 20 });
    expect((await fetched()).equals(BODY)).toBe(true);
  });

  it('takes no less than its rate and its round trips do, for all connections together', async () => {
    line.set({ rate: 4_000_000, roundTrip: 50 });
    const began = performance.now();
    await Promise.all([fetched(), fetched()]);
    // Twice 50 kB at 4 Mbit/s are 200 ms; a question and its answer are 50.
    expect(performance.now() - began).toBeGreaterThanOrEqual(245);
  });
});
