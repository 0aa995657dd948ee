/**
 * The smallest site that runs engines: one page under the course's content security policy, the
 * client, and the engines' files, served as the plainest host does. It keeps count of what is asked
 * of it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { ENGINES } from '../../src/engines/descriptors.ts';
import { bundleWorker } from '../../src/running/runner/assets/bundle.ts';
import { PUBLISHED_FOLDER, publishEngines } from '../../src/running/runner/assets/publish.ts';
import { brokerScript } from '../../src/running/runner/broker-document.ts';
import type { EngineManifest } from '../../src/running/runner/manifest.ts';

export interface Site {
  address: string;
  /** Paths asked for, in order. */
  requests: string[];
  /** How the site answers for its engines' files: faults for the journeys. */
  fault: 'none' | 'not found' | 'another page' | 'cut off';
  /** Raw and gzipped size of the JavaScript that a page loads to run anything. */
  clientBytes: { raw: number; gzip: number };
  manifest: EngineManifest;
  close(): Promise<void>;
}

/** The page's policy: what `src/site` injects, as far as running engines goes. */
const policy = [
  "default-src 'self'",
  `script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-${createHash('sha256').update(brokerScript).digest('base64')}'`,
  "style-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Engines</title><script type="module" src="/client.js"></script></head><body><h1>A page</h1></body></html>`;

const CLIENT = `export * from ${JSON.stringify(new URL('../../src/running/runner/client.ts', import.meta.url).pathname)};`;

/** The client as a site bundles it. */
async function bundleClient(entry: string): Promise<string> {
  const build = await rolldown({
    input: 'client',
    platform: 'browser',
    plugins: [
      {
        name: 'client',
        resolveId: (id) => (id === 'client' ? '\0client' : null),
        load: (id) => (id === '\0client' ? entry : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
  await build.close();
  return output[0].code;
}

/**
 * Serves the site on a free port.
 *
 * @param documents what stands in the place of the document store: itself, as it is published, or an engine that
 *   evaluates JavaScript in a realm that nobody locked.
 */
export async function openSite(
  root: string,
  documents: 'as published' | 'JavaScript' = 'JavaScript',
  engines = ENGINES,
): Promise<Site> {
  const { manifest, files } = await publishEngines(root, '/', { engines });
  const contents = new Map<string, Buffer>();
  for (const [name, file] of files)
    contents.set(`/${PUBLISHED_FOLDER}/${name}`, await readFile(file));

  if (documents === 'JavaScript') {
    const { code } = await bundleWorker(root, 'e2e/isolation/javascript-engine.ts');
    const worker = gzipSync(code);
    const url = `/${PUBLISHED_FOLDER}/javascript-worker.bin`;
    contents.set(url, worker);
    manifest.documents = {
      ...manifest.documents!,
      title: 'JavaScript',
      worker: { url, bytes: worker.length, rawBytes: Buffer.byteLength(code) },
    };
  }

  const library = await bundleClient(CLIENT);
  const entry = `import * as client from ${JSON.stringify(new URL('../../src/running/runner/client.ts', import.meta.url).pathname)};
    globalThis.runner = client.createRunner(${JSON.stringify(manifest)});`;
  contents.set('/client.js', Buffer.from(await bundleClient(entry)));
  contents.set('/', Buffer.from(html));
  contents.set('/secret', Buffer.from('the answer'));
  const types: Record<string, string> = { '/': 'text/html', '/client.js': 'text/javascript' };

  const site: Omit<Site, 'address' | 'close'> = {
    requests: [],
    fault: 'none',
    clientBytes: { raw: library.length, gzip: gzipSync(library, { level: 9 }).length },
    manifest,
  };
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    site.requests.push(path);
    const content = contents.get(path);
    const fault = path.startsWith(`/${PUBLISHED_FOLDER}/`) ? site.fault : 'none';
    if (!content || fault === 'not found') return response.writeHead(404).end('Not found');
    response.setHeader('Content-Type', types[path] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', 'no-store');
    if (fault === 'another page') return response.end('<h1>Please sign in to the Wi-Fi</h1>');
    response.setHeader('Content-Length', content.length);
    if (fault === 'cut off') {
      response.write(content.subarray(0, content.length / 2));
      return setTimeout(() => response.destroy(), 100);
    }
    return response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(site, {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
