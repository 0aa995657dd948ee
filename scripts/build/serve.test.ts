import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listenOnFreePort } from '../process/port.ts';
import { addresses, createSiteServer, mediaType, normalizeBase } from './serve.ts';

let folder: string;
let server: Server | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const files: Record<string, string> = {
    'site/index.html': '<h1>The course</h1>',
    'site/404.html': '<h1>No such page</h1>',
    'site/1/1.2-eav/index.html': '<h1>Three broken solutions</h1>',
    'site/_astro/page.abc.js': 'export const lesson = 1;',
    'site/engines/pg.wasm': '\0asm',
    'site/naïve.txt': 'UTF-8 name',
    'secret.txt': 'not part of the site',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'site/leak.txt'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  server?.close();
  server = undefined;
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks for a path exactly as it is written: `fetch` would tidy `..` away. */
async function ask(
  path: string,
  {
    base = '/',
    gzip = false,
    method = 'GET',
    headers = {},
  }: { base?: string; gzip?: boolean; method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  server?.close();
  server = createSiteServer({ folder: join(folder, 'site'), base, gzip });
  const port = await listenOnFreePort(server, 0);
  return new Promise((resolve, reject) => {
    request({ port, path, method, headers: { connection: 'close', ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('the site server', () => {
  it('answers a folder with its index.html', async () => {
    const answer = await ask('/1/1.2-eav/');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body.toString()).toContain('Three broken solutions');
  });

  it('redirects a page without its trailing slash, and keeps the query', async () => {
    const answer = await ask('/1/1.2-eav?print=1');
    expect(answer.status).toBe(301);
    expect(answer.headers.location).toBe('/1/1.2-eav/?print=1');
  });

  it('does not take a dot in a section number for a file type', async () => {
    expect((await ask('/1/1.2-eav')).status).toBe(301);
  });

  it('never redirects to another host', async () => {
    const answer = await ask('//1/1.2-eav');
    expect(answer.headers.location ?? '/').not.toMatch(/^\/\//);
  });

  it('answers with 404.html and status 404 for what does not exist', async () => {
    const answer = await ask('/2/nowhere/');
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).toContain('No such page');
  });

  it('serves modules and wasm with the types browsers insist on', async () => {
    expect((await ask('/_astro/page.abc.js')).headers['content-type']).toMatch('text/javascript');
    expect((await ask('/engines/pg.wasm')).headers['content-type']).toBe('application/wasm');
    expect(mediaType('pagefind/fragment/en_1.pf_fragment')).toBe('application/octet-stream');
  });

  it('decodes names that are not ASCII', async () => {
    expect((await ask('/na%C3%AFve.txt')).body.toString()).toBe('UTF-8 name');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/1/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00../secret.txt',
    '/%E0%A4%A',
    '/leak.txt',
  ])('gives nothing outside its folder away: %s', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).not.toContain('not part of the site');
  });

  it('compresses nothing unless told to', async () => {
    const answer = await ask('/', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toContain('The course');
  });

  it('compresses with --gzip for a browser that takes it', async () => {
    const answer = await ask('/', { gzip: true, headers: { 'accept-encoding': 'br, gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(answer.body).toString()).toContain('The course');
    expect((await ask('/', { gzip: true })).headers['content-encoding']).toBeUndefined();
  });

  it('answers 304 to a browser that has the file already', async () => {
    const etag = String((await ask('/')).headers.etag);
    const again = await ask('/', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('answers HEAD without a body, and refuses to be written to', async () => {
    const head = await ask('/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });
});

describe('the site server under a sub-path', () => {
  it('serves the site there and nowhere else', async () => {
    expect((await ask('/course/', { base: '/course/' })).status).toBe(200);
    expect((await ask('/', { base: '/course/' })).status).toBe(404);
    expect((await ask('/_astro/page.abc.js', { base: '/course/' })).status).toBe(404);
  });

  it('redirects to the sub-path’s slash, and to pages below it', async () => {
    expect((await ask('/course', { base: '/course/' })).headers.location).toBe('/course/');
    expect((await ask('/course/1/1.2-eav', { base: '/course/' })).headers.location).toBe(
      '/course/1/1.2-eav/',
    );
  });

  it('writes a base in one form however it was typed', () => {
    expect(['course', '/course', 'course/', '/course/'].map(normalizeBase)).toEqual(
      Array(4).fill('/course/'),
    );
    expect([undefined, '', '/'].map(normalizeBase)).toEqual(['/', '/', '/']);
  });
});

describe('the address that is printed', () => {
  it('is localhost for this machine alone', () => {
    expect(addresses(4321, '127.0.0.1', '/course/')).toEqual(['http://localhost:4321/course/']);
  });
});
