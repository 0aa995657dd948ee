import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isFree, listenOnFreePort } from './port.ts';

const open: Server[] = [];
function server(): Server {
  const made = createServer();
  open.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => new Promise((done) => one.close(done))));
});

/** A port that was free a moment ago, with some free ones after it. */
async function somePort(): Promise<number> {
  const probe = server();
  const port = await listenOnFreePort(probe, 0);
  await new Promise((done) => probe.close(done));
  return port;
}

describe('a server that looks for a port', () => {
  it('takes the first one if nobody holds it', async () => {
    const port = await somePort();
    expect(await listenOnFreePort(server(), port)).toBe(port);
  });

  it('goes on to the next one if somebody does', async () => {
    const port = await somePort();
    await listenOnFreePort(server(), port);
    expect(await listenOnFreePort(server(), port)).toBeGreaterThan(port);
  });

  it('passes over a port that somebody holds on ::1 alone', async () => {
    const port = await somePort();
    const other = server();
    const held = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false));
      other.listen(port, '::1', () => resolve(true));
    });
    expect(await isFree(port)).toBe(!held);
  });

  it('says which port is in use when no other will do', async () => {
    const port = await somePort();
    await listenOnFreePort(server(), port);
    await expect(listenOnFreePort(server(), port, '127.0.0.1', 1)).rejects.toThrow(
      `Port ${port} is in use`,
    );
  });

  it('refuses what is no port', async () => {
    await expect(listenOnFreePort(server(), Number('http'))).rejects.toThrow('--port');
  });
});
