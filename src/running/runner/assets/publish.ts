/**
 * Makes the files that a site publishes to run its engines, and the list of them. Node only.
 *
 * Everything is gzip under a name that ends in `.bin`: many hosts compress neither wasm nor `.bin`,
 * and then what is fetched is what is stored.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import {
  type AssetFile,
  datasetImage,
  engineAssets,
  halvedAssets,
  type Workload,
} from '../../../engines/assets.ts';
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import { type Engines, ENGINES, folderOf } from '../../../engines/descriptors.ts';
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import type { EngineFiles, EngineManifest, PublishedAsset, PublishedFile } from '../manifest.ts';
import { ImageMaker } from '../process/images.ts';
import { profile } from '../process/profile.ts';
import { bundleWorker } from './bundle.ts';

/** What to publish. */
export interface Publication {
  manifest: EngineManifest;
  /** Path on this machine of each file, by the name under which it is published. */
  files: Map<string, string>;
  /** The source files that all this was made of. */
  sources: string[];
}

/** What of the course is published. */
export interface WhatToPublish {
  /** All there are by default. */
  engines?: Engines;
  /** The scripts that an engine's databases start from, of which images are published. None by default. */
  datasets?: (engine: EngineName) => readonly ScriptFile[];
  /**
   * What is to be done with an engine without its rest, where it can be divided. Without this it is published whole: what
   * comes first is found out by doing all that, which takes a while the first time.
   */
  workloads?: (engine: EngineName) => readonly Workload[];
}

/** In bytes, gzip. A larger one takes longer to come than its script takes to run. */
const LARGEST_IMAGE = 256_000;

/** Folder of the site that holds the files. */
export const PUBLISHED_FOLDER = '_engines';

/**
 * Bundles the worker of every engine there is, and collects its files. What was made before and has
 * not changed is taken from `.cache/`.
 *
 * @param root the project's root.
 * @param base the path the site is served under: `/`, `/course`.
 */
export async function publishEngines(
  root: string,
  base: string,
  { engines = ENGINES, datasets = () => [], workloads }: WhatToPublish = {},
): Promise<Publication> {
  const publication: Publication = { manifest: {}, files: new Map(), sources: [] };
  const prefix = `${base.replace(/\/$/, '')}/${PUBLISHED_FOLDER}/`;
  for (const engine of engines) {
    const name = engine.name as EngineName;
    const { atOnce, changesHands, programs } = engine.runs;
    const { worker, ...bundled } = await buildWorker(root, engine);
    publication.sources.push(...bundled.sources);

    const publish = async (stem: string, made: Made): Promise<PublishedFile> => {
      const file = `${stem}.${await hashOf(made.file)}.bin`;
      publication.files.set(file, made.file);
      return { url: prefix + file, bytes: made.bytes, rawBytes: made.rawBytes };
    };
    const assets: PublishedAsset[] = [];
    const files = await filesToPublish(
      engine,
      datasets(name),
      workloads && (() => workloads(name)),
    );
    for (const asset of files.assets) {
      const kind = (await isWasm(asset.file)) ? 'wasm' : 'bytes';
      const published = await publish(path.basename(asset.name, '.bin'), asset);
      assets.push({ name: asset.name, kind, ...published });
    }
    const parts: Record<string, PublishedFile> = {};
    for (const [part, made] of Object.entries(bundled.parts))
      parts[part] = await publish(`${name}-part-${part}`, made);
    if (files.rest)
      parts[files.rest.name] = await publish(path.basename(files.rest.name, '.bin'), files.rest);
    const images: Record<string, PublishedFile> = {};
    const maker = new ImageMaker(engine);
    try {
      for (const dataset of datasets(name)) {
        const image = await datasetImage(engine, dataset, (one) => maker.make(one));
        if (image && image.bytes <= LARGEST_IMAGE)
          images[dataset.name] = await publish(path.basename(image.name, '.bin'), image);
      }
    } finally {
      await maker.close();
    }
    publication.manifest[name] = {
      title: engine.release,
      runs: { atOnce, changesHands, programs },
      worker: await publish(`${name}-worker`, worker),
      assets,
      parts,
      ...(files.rest && { rest: files.rest.name }),
      images,
    } satisfies EngineFiles;
  }
  return publication;
}

async function filesToPublish(
  engine: EngineDescriptor,
  datasets: readonly ScriptFile[],
  workloads: (() => readonly Workload[]) | undefined,
): Promise<{ assets: AssetFile[]; rest: AssetFile | null }> {
  const called = workloads ? await profile(engine, { datasets, workloads }) : null;
  return called ? halvedAssets(engine, called) : { assets: await engineAssets(engine), rest: null };
}

/** A gzipped file on this machine. */
interface Made {
  file: string;
  bytes: number;
  rawBytes: number;
}

/** Shorter blocks than zlib's own choice: each has its own codes, which makes a program of many kinds of text smaller. */
const PACKED = { level: 9, memLevel: 7 };

async function buildWorker(
  root: string,
  engine: EngineDescriptor,
): Promise<{ worker: Made; parts: Record<string, Made>; sources: string[] }> {
  const { code, parts, sources } = await bundleWorker(
    root,
    `${folderOf(engine)}/index.ts`,
    engine.runs.mostMemory,
  );
  const made: Record<string, Made> = {};
  for (const [part, program] of Object.entries(parts))
    made[part] = await packed(root, `${engine.name}-part-${part}`, program);
  return { worker: await packed(root, `${engine.name}-worker`, code), parts: made, sources };
}

/** A program, gzipped, in `.cache/`. */
async function packed(root: string, stem: string, code: string): Promise<Made> {
  const folder = path.join(root, '.cache/runner');
  const file = path.join(folder, `${stem}.${digest(code)}.bin`);
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    // Written aside first: a build that runs beside this one must not find half a file.
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, await promisify(gzip)(code, PACKED));
    await rename(unfinished, file);
  }
  const { length } = await readFile(file);
  return { file, bytes: length, rawBytes: Buffer.byteLength(code) };
}

const digest = (content: string | Uint8Array) =>
  createHash('sha256').update(content).digest('hex').slice(0, 10);

const hashOf = async (file: string) => digest(await readFile(file));

const WASM_MAGIC = '\0asm';

/** Whether a gzipped file holds wasm, by its first bytes. */
async function isWasm(file: string): Promise<boolean> {
  const handle = await open(file);
  const content = handle.createReadStream().pipe(createGunzip());
  try {
    for await (const chunk of content) {
      return (chunk as Buffer).toString('latin1', 0, WASM_MAGIC.length) === WASM_MAGIC;
    }
    return false;
  } finally {
    await handle.close();
  }
}
