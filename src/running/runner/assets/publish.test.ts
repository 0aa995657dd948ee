import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nodeAssets } from '../../../engines/assets.ts';
import { sqlite as descriptor } from '../../../engines/sqlite/descriptor.ts';
import type { PublishedFile } from '../manifest.ts';
import { publishEngines } from './publish.ts';

const root = process.cwd();
const publication = await publishEngines(root, '/course/', { engines: [descriptor] });
const sqlite = publication.manifest.sqlite!;

/** The unpacked content of a published file. */
async function contentOf({ url }: PublishedFile): Promise<Buffer> {
  const file = publication.files.get(path.basename(url));
  if (!file) throw new Error(`${url} is not among the files`);
  return gunzipSync(await readFile(file));
}

describe('what a site publishes of an engine', () => {
  it('is named for the reader', () => {
    expect(sqlite.title).toMatch(/^SQLite \d/);
  });

  it('lies under the base of the site, whether it ends in a slash or not', async () => {
    expect(sqlite.worker.url).toMatch(/^\/course\/_engines\/sqlite-worker\.[0-9a-f]{10}\.bin$/);
    const { manifest } = await publishEngines(root, '/course', { engines: [descriptor] });
    expect(manifest.sqlite).toEqual(sqlite);
    const atRoot = await publishEngines(root, '/', { engines: [descriptor] });
    expect(atRoot.manifest.sqlite?.worker.url).toMatch(/^\/_engines\//);
  });

  it('has the sizes that it says', async () => {
    for (const file of [sqlite.worker, ...sqlite.assets]) {
      const { length } = await readFile(publication.files.get(path.basename(file.url))!);
      expect(file.bytes).toBe(length);
      expect(file.rawBytes).toBe((await contentOf(file)).length);
    }
  });

  it('is what the engine asks for, and knows wasm', async () => {
    expect(sqlite.assets.map(({ name, kind }) => [name, kind])).toEqual([
      ['sqlite-wasm.bin', 'wasm'],
    ]);
    const asked = await nodeAssets('sqlite').bytes('sqlite-wasm.bin');
    expect(await contentOf(sqlite.assets[0]!)).toEqual(Buffer.from(asked));
  });

  it('is a worker in one classic script that needs no eval', async () => {
    const code = (await contentOf(sqlite.worker)).toString();
    expect(() => new Function(code)).not.toThrow();
    expect(code).not.toMatch(/\bimport\.meta\b|\beval\(|\bnew Function\b/);
  });

  it('has the same names when nothing has changed', async () => {
    const again = await publishEngines(root, '/course/', { engines: [descriptor] });
    expect(again).toEqual(publication);
  });

  it('refuses an engine whose folder is not there', async () => {
    const engines = [{ ...descriptor, name: 'oracle' }];
    await expect(publishEngines(root, '/', { engines })).rejects.toThrow('src/engines/oracle');
  });

  it('names the sources, so that an edited engine is bundled anew', () => {
    expect(publication.sources).toContain(path.join(root, 'src/engines/sqlite/database.ts'));
    expect(publication.sources).toContain(path.join(root, 'src/running/runner/worker.ts'));
  });
});
