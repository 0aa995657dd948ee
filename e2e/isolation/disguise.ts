/** An engine's worker as an attacker would have it, in the place of the site's own file. */
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { bundleWorker } from '../../src/running/runner/assets/bundle.ts';

/**
 * Puts the engine that evaluates JavaScript in the place of mongosh, so that a cell of the course runs what
 * no engine would do. The page takes only a file of the length that was published, packed and unpacked.
 */
export async function evaluateJavaScript(context: BrowserContext): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  const { code } = await bundleWorker(root, 'e2e/isolation/javascript-engine.ts');
  await context.route('**/_engines/documents-worker*', async (route) => {
    const real = await (await route.fetch()).body();
    const length = gunzipSync(real).length;
    await route.fulfill({
      body: padded(gzipSync(code + ' '.repeat(length - Buffer.byteLength(code))), real.length),
      contentType: 'application/octet-stream',
    });
  });
}

/** A gzip file made longer: it may carry the name of what is in it. */
function padded(gzip: Buffer, length: number): Buffer {
  const name = Buffer.alloc(length - gzip.length, 'x');
  name[name.length - 1] = 0;
  const header = Buffer.from(gzip.subarray(0, 10));
  header[3]! |= 8;
  return Buffer.concat([header, name, gzip.subarray(10)]);
}
