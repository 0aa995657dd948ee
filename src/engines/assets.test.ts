import { mkdtemp, readFile, rm, writeFile, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildOnce, engineAssets, nodeAssets, type AssetBuilder } from './assets.ts';

describe.each(['postgres', 'sqlite'] as const)('the files of %s', (engine) => {
  it('are gzip under a name that makes no host say so', async () => {
    const assets = await engineAssets(engine);
    expect(assets).not.toEqual([]);
    for (const { name, file, bytes, rawBytes } of assets) {
      expect(name).toMatch(/^[a-z-]+\.bin$/);
      const content = await readFile(file);
      expect(content).toHaveLength(bytes);
      expect(gunzipSync(content)).toHaveLength(rawBytes);
      expect(await nodeAssets(engine).bytes(name)).toHaveLength(rawBytes);
    }
  }, 120_000);

  it('are asked for by their own names', async () => {
    await expect(nodeAssets(engine).bytes('nothing.bin')).rejects.toThrow(
      `The ${engine} engine has no file nothing.bin`,
    );
  });

  it('compile once, however often their module is asked for', async () => {
    const assets = nodeAssets(engine);
    const name = `${engine}-wasm.bin`;
    expect(await assets.module(name)).toBe(await assets.module(name));
  });
});

describe('building', () => {
  /** A project in a folder of its own, and a builder that counts how often it has to work. */
  async function project() {
    const root = await mkdtemp(path.join(tmpdir(), 'engine-assets-'));
    await mkdir(path.join(root, 'src'));
    const input = path.join(root, 'src/builder.ts');
    await writeFile(input, 'version 1');
    const built = { times: 0 };
    const builder: AssetBuilder = {
      names: ['answer.bin'],
      inputs: ['src/builder.ts'],
      async build() {
        built.times += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { 'answer.bin': new TextEncoder().encode(await readFile(input, 'utf8')) };
      },
    };
    const content = async () => {
      const [file] = await buildOnce(root, 'sqlite', builder);
      return file && gunzipSync(await readFile(file.file)).toString();
    };
    return { root, input, built, builder, content, remove: () => rm(root, { recursive: true }) };
  }

  it('happens once, and again when an input has changed', async () => {
    const { input, built, content, remove } = await project();
    expect([await content(), await content()]).toEqual(['version 1', 'version 1']);
    expect(built.times).toBe(1);
    await writeFile(input, 'version 2');
    expect(await content()).toBe('version 2');
    expect(built.times).toBe(2);
    await remove();
  });

  it('is safe when two do it at once, and leaves nothing unfinished behind', async () => {
    const { root, content, remove } = await project();
    expect(await Promise.all([content(), content(), content()])).toEqual(
      Array(3).fill('version 1'),
    );
    const left = await readdir(path.join(root, '.cache/engines/sqlite'));
    expect(left).toHaveLength(1);
    expect(left[0]).not.toMatch(/^building-/);
    await remove();
  });

  it('fails whole: half the files are none', async () => {
    const { root, builder, remove } = await project();
    const half = { ...builder, names: ['answer.bin', 'question.bin'] };
    await expect(buildOnce(root, 'sqlite', half)).rejects.toThrow('did not make question.bin');
    expect(await readdir(path.join(root, '.cache/engines/sqlite'))).toEqual([]);
    await remove();
  });
});
