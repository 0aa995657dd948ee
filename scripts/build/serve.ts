/**
 * A static server for the built site: `npm run serve -- [folder] [--port] [--host] [--base] [--gzip]`.
 *
 * It behaves like the plainest host a course may land on, GitHub Pages without its compression:
 * folders answer with their `index.html`, a missing trailing slash is redirected, `404.html` stands
 * for what does not exist, no header is set that a host may not offer. What works here works there.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { listenOnFreePort } from '../process/port.ts';

/** What is served, and how. */
export interface SiteServerOptions {
  /** The folder of the built site. */
  folder: string;
  /** The path it is served under, with slashes at both ends. Default: `/`. */
  base?: string;
  /** Compress what compresses, as many hosts do. Default: nothing, as the plainest host. */
  gzip?: boolean;
}

const TYPES: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

/** The media type of a file by its name; unknown ones are bytes. */
export function mediaType(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** Does a host that compresses compress this? Text and wasm, not what is compressed already. */
export function compresses(path: string): boolean {
  return /^text\/|json|javascript|xml|svg|wasm/.test(mediaType(path));
}

/** Brings a base path into the one form used everywhere: `course`, `/course` → `/course/`. */
export function normalizeBase(base: string | undefined): string {
  const inner = (base ?? '').split('/').filter(Boolean).join('/');
  return inner ? `/${inner}/` : '/';
}

/** A server for the site, not listening yet. */
export function createSiteServer({ folder, base, gzip = false }: SiteServerOptions): Server {
  const site = new Site(resolve(folder), normalizeBase(base), gzip);
  return createServer((request, response) => {
    site.answer(request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url}:`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

interface Found {
  path: string;
  size: number;
  modified: number;
}

class Site {
  private readonly compressed = new Map<string, Buffer>();
  private readonly folder: string;
  private readonly base: string;
  private readonly gzip: boolean;

  constructor(folder: string, base: string, gzip: boolean) {
    this.folder = folder;
    this.base = base;
    this.gzip = gzip;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const [pathname = '/', query] = split(request.url ?? '/');
    const inside = this.within(pathname);
    if (inside === null) {
      if (`${pathname}/` === this.base) return redirect(response, this.base, query);
      return this.notFound(request, response);
    }
    const file = await this.file(inside.endsWith('/') ? `${inside}index.html` : inside);
    if (file) return this.send(request, response, file, 200);
    // A page is asked for as /page/; without its slash a host redirects to it.
    if (!inside.endsWith('/') && (await this.file(`${inside}/index.html`)))
      return redirect(response, `${pathname}/`, query);
    return this.notFound(request, response);
  }

  /** The path below the folder, decoded, or null for what is no path of this site. */
  private within(pathname: string): string | null {
    if (!pathname.startsWith(this.base)) return null;
    let decoded: string;
    try {
      decoded = decodeURIComponent(pathname.slice(this.base.length - 1));
    } catch {
      return null;
    }
    return decoded.includes('\0') || decoded.includes('\\') ? null : decoded;
  }

  /** The file of that path, if it lies in the folder once `..` and links are followed. */
  private async file(inside: string): Promise<Found | null> {
    const wanted = join(this.folder, inside);
    if (!wanted.startsWith(this.folder + sep)) return null;
    try {
      const [path, root] = await Promise.all([realpath(wanted), realpath(this.folder)]);
      if (!path.startsWith(root + sep)) return null;
      const info = await stat(path);
      return info.isFile() ? { path, size: info.size, modified: info.mtimeMs } : null;
    } catch {
      return null;
    }
  }

  private async notFound(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = await this.file('404.html');
    if (page) return this.send(request, response, page, 404);
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
  }

  private async send(
    request: IncomingMessage,
    response: ServerResponse,
    file: Found,
    status: number,
  ): Promise<void> {
    const zip =
      this.gzip &&
      compresses(file.path) &&
      /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const etag = `"${file.size.toString(36)}-${Math.round(file.modified).toString(36)}${zip ? '-z' : ''}"`;
    const headers: Record<string, string | number> = {
      'content-type': mediaType(file.path),
      // Browsers ask again and get a 304: a rebuilt site is never seen half old.
      'cache-control': 'no-cache',
      etag,
      ...(this.gzip ? { vary: 'accept-encoding' } : {}),
    };
    if (status === 200 && request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const body = zip ? await this.zipped(file, etag) : await readFile(file.path);
    headers['content-length'] = body.length;
    if (zip) headers['content-encoding'] = 'gzip';
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private async zipped(file: Found, etag: string): Promise<Buffer> {
    const key = `${file.path} ${etag}`;
    const known = this.compressed.get(key);
    if (known) return known;
    const body = gzipSync(await readFile(file.path));
    this.compressed.set(key, body);
    return body;
  }
}

function split(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

function redirect(response: ServerResponse, path: string, query = ''): void {
  // Two slashes in front would name another host.
  response.writeHead(301, { location: path.replace(/^\/+/, '/') + query }).end();
}

/** Where a listening server is reached: on this machine, and from others if it listens to them. */
export function addresses(port: number, host: string, base: string): string[] {
  const open = host === '0.0.0.0' || host === '::';
  const hosts = open
    ? Object.values(networkInterfaces())
        .flatMap((entries) => entries ?? [])
        .filter((entry) => entry.family === 'IPv4' && !entry.internal)
        .map((entry) => entry.address)
    : [];
  const first = open || host === '127.0.0.1' ? 'localhost' : host;
  return [first, ...hosts].map((name) => `http://${name}:${port}${base}`);
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4321' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/' },
      gzip: { type: 'boolean', default: false },
      /** For tests, which were told the address: no other port will do. */
      strict: { type: 'boolean', default: false },
    },
  });
  const base = normalizeBase(values.base);
  const server = createSiteServer({ folder: positionals[0] ?? 'dist', base, gzip: values.gzip });
  const port = await listenOnFreePort(
    server,
    Number(values.port),
    values.host,
    values.strict ? 1 : 100,
  );
  console.log(addresses(port, values.host, base).join('\n'));
}
