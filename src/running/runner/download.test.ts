import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { download, fetchPacked, NotTheFile } from './download.ts';

const CONTENT = 'SELECT id FROM products WHERE color = $1;\n'.repeat(5000);
const RAW = new TextEncoder().encode(CONTENT);
const GZIP = new Uint8Array(gzipSync(RAW));
const textOf = (content: ArrayBuffer) => new TextDecoder().decode(content);

describe('a download', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener) {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/a.bin`, bytes: GZIP.length, rawBytes: RAW.length };
  }

  it('gives the content, and says how much of the file has come', async () => {
    const loaded: number[] = [];
    const file = await serve((_, response) => response.end(GZIP));
    const content = await download(file, { onBytes: (bytes) => loaded.push(bytes) });
    expect(textOf(content)).toBe(CONTENT);
    expect(loaded.at(-1)).toBe(GZIP.length);
  });

  it('gives the content where the host declares the gzip, on the same scale', async () => {
    const loaded: number[] = [];
    const file = await serve((_, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(GZIP);
    });
    const content = await download(file, { onBytes: (bytes) => loaded.push(bytes) });
    expect(textOf(content)).toBe(CONTENT);
    expect(loaded.at(-1)).toBe(GZIP.length);
  });

  it('refuses a page that comes in the place of the file', async () => {
    const file = await serve((_, response) => response.end('<h1>Sign in to the Wi-Fi</h1>'));
    await expect(download(file)).rejects.toThrow('something else came in its place');
  });

  it('is fetched once more, past the browser’s cache, when something else came in its place', async () => {
    const asked: (string | undefined)[] = [];
    const file = await serve((request, response) => {
      asked.push(request.headers['cache-control']);
      response.end(asked.length === 1 ? '<h1>Sign in to the Wi-Fi</h1>' : GZIP);
    });
    expect(textOf(await download(file))).toBe(CONTENT);
    expect(asked).toEqual([undefined, 'no-cache']);
    asked.length = 0;
    expect(gunzipSync(new Uint8Array(await fetchPacked(file))).toString()).toBe(CONTENT);
    expect(asked).toEqual([undefined, 'no-cache']);
  });

  it('that fails again, or for another reason, is not fetched again and again', async () => {
    let asked = 0;
    const file = await serve((_, response) => {
      asked++;
      response.end('<h1>Sign in to the Wi-Fi</h1>');
    });
    await expect(download(file)).rejects.toThrow(NotTheFile);
    expect(asked).toBe(2);
    await expect(download(file, { cache: 'reload' })).rejects.toThrow(NotTheFile);
    expect(asked).toBe(3);
    asked = 0;
    const missing = await serve((_, response) => {
      asked++;
      response.writeHead(404).end();
    });
    await expect(download(missing)).rejects.toThrow('the site answered 404');
    expect(asked).toBe(1);
  });

  it('refuses a file that was cut off without a sign of it', async () => {
    const file = await serve((_, response) => response.end(GZIP.subarray(0, 100)));
    await expect(download(file)).rejects.toThrow('something else came in its place');
  });

  it('refuses a file that was damaged on its way', async () => {
    const damaged = GZIP.slice();
    damaged[damaged.length - 8]! ^= 0xff;
    const file = await serve((_, response) => response.end(damaged));
    await expect(download(file)).rejects.toThrow('something else came in its place');
  });

  it('says what the site answered if it does not have the file', async () => {
    const file = await serve((_, response) => response.writeHead(404).end());
    await expect(download(file)).rejects.toThrow('the site answered 404');
  });

  it('can be aborted halfway', async () => {
    const abort = new AbortController();
    const file = await serve((_, response) => response.write(GZIP.subarray(0, 100)));
    const going = download(file, { signal: abort.signal, onBytes: () => abort.abort() });
    await expect(going).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
