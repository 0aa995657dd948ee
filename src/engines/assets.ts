/**
 * The files engines boot from: built once from the installed packages, kept gzipped under
 * `.cache/engines/`, read by Node from there and copied into the site from there. Node only.
 *
 * They are named `.bin`, and their content is gzip: many hosts neither compress a `.wasm` themselves
 * nor let a site say that it is compressed. Whoever fetches one unpacks it
 * (`DecompressionStream('gzip')`).
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Called } from './called.ts';
import type { Assets, Output, Script, ScriptFile } from './engine.ts';
import { projectRoot } from './project-root.ts';
import { type EngineReference, referred } from './descriptors.ts';
import { loadAssetBuilder } from './registry.ts';

/** One file of an engine, ready to be served. */
export interface AssetFile {
  /** The name by which the engine asks {@link Assets} for it: `postgres-snapshot.bin`. */
  name: string;
  /** Path of the gzipped file on this machine. */
  file: string;
  /** Its size as it is served, gzipped. */
  bytes: number;
  /** Its size unpacked. */
  rawBytes: number;
}

/** How an engine makes its files. */
export interface AssetBuilder {
  names: readonly string[];
  /** Paths, from the project's root, of every file whose change means that they must be made anew. */
  inputs: readonly string[];
  /** @returns the unpacked content of each of {@link names}. */
  build(root: string): Promise<Record<string, Uint8Array>>;
  /** Makes what {@link Engine.open} takes as an image, where an engine can start with a dataset. */
  image?: {
    /** More inputs, besides {@link inputs} and the dataset. */
    inputs: readonly string[];
    build(assets: Assets, dataset: ScriptFile): Promise<Uint8Array>;
  };
  /** Divides some of {@link names} into what is needed for the most part, and the rest. */
  halves?: HalvesBuilder;
}

/** What is to be done without the rest of an engine. */
export interface Workload {
  /** What it is, in a few words. */
  name: string;
  /** Changes when the work does. */
  key: string;
  /** Does it. */
  perform(run: RunFresh): Promise<unknown>;
}

/** Runs scripts one after another in a database that has just started with the dataset. @returns the outputs of each. */
export type RunFresh = (
  dataset: ScriptFile | null,
  scripts: readonly Script[],
) => Promise<Output[][]>;

/** How files are divided by what of them is used. */
export interface HalvesBuilder {
  /** The files. What is published under their names are the first halves. */
  wholes: readonly string[];
  /** Name of the file that has what they lack: a wasm file. */
  rest: string;
  /** More inputs, besides {@link AssetBuilder.inputs}, for what is called. */
  inputs: readonly string[];
  /** What is to need no rest whatever the course is. */
  workloads(root: string): Workload[];
  /** Starts the engine so that it notes what of the file is called. */
  watch(assets: Assets): Promise<Watched>;
  /** @returns the first halves and the rest, by their names. */
  divide(assets: Assets, called: Called): Promise<Record<string, Uint8Array>>;
}

/** An engine that notes what is called. */
export interface Watched {
  /** As {@link RunFresh}, with what was called for it. One dataset after the other is quicker than to and fro. */
  run(
    dataset: ScriptFile | null,
    scripts: readonly Script[],
  ): Promise<{ outputs: Output[][]; called: Called }>;
  /** What is called to start, to have the dataset, and to go back to it and to none. */
  handle(dataset: ScriptFile | null): Promise<Called>;
}

/** The files of an engine, built now if they are not there yet or out of date. */
export function engineAssets(engine: EngineReference): Promise<AssetFile[]> {
  const { name } = referred(engine);
  let files = ready.get(name);
  if (!files) {
    files = (async () => {
      const builder = await loadAssetBuilder(engine);
      return builder ? buildOnce(projectRoot(), name, builder) : [];
    })();
    files.catch(() => ready.delete(name));
    ready.set(name, files);
  }
  return files;
}

/**
 * The image of a dataset, built now if it is not there yet or out of date.
 *
 * @param dataset its name is its path from the folder that has `content/`.
 * @param make what makes it; who does not trust the dataset to end lets another process do so.
 * @returns `null` if the engine starts with no datasets.
 */
export async function datasetImage(
  engine: EngineReference,
  dataset: ScriptFile,
  make = (one: ScriptFile): Promise<Uint8Array> => builtImage(engine, one),
): Promise<AssetFile | null> {
  const builder = await loadAssetBuilder(engine);
  if (!builder?.image) return null;
  const { name: of } = referred(engine);
  const { inputs } = builder.image;
  const name = `${of}-${path.parse(dataset.name).name}.bin`;
  const [file] = await buildOnce(
    projectRoot(),
    of,
    {
      names: [name],
      inputs: [...builder.inputs, ...inputs],
      build: async () => ({ [name]: await make(dataset) }),
    },
    dataset,
  );
  return file!;
}

/** Makes the image of a dataset. @throws Error if the engine has no images, or the dataset fails. */
export async function builtImage(
  engine: EngineReference,
  dataset: ScriptFile,
): Promise<Uint8Array> {
  const image = (await loadAssetBuilder(engine))?.image;
  if (!image) throw new Error(`the ${referred(engine).name} engine starts with no datasets`);
  return image.build(nodeAssets(engine), dataset);
}

/** An engine's files as the engine reads them, from disk. */
export function nodeAssets(engine: EngineReference): Assets {
  const modules = new Map<string, Promise<WebAssembly.Module>>();
  const bytes = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const asset = (await engineAssets(engine)).find((file) => file.name === name);
    if (!asset) throw new Error(`The ${referred(engine).name} engine has no file ${name}`);
    return new Uint8Array(await promisify(gunzip)(await readFile(asset.file)));
  };
  return {
    bytes,
    module(name) {
      let module = modules.get(name);
      if (!module) {
        module = bytes(name).then((wasm) => WebAssembly.compile(wasm));
        modules.set(name, module);
      }
      return module;
    },
  };
}

/**
 * An engine's files as they are published: with the halves in the place of the whole.
 *
 * @param called what is to be in the first half.
 */
export async function halvedAssets(
  engine: EngineReference,
  called: Called,
): Promise<{ assets: AssetFile[]; rest: AssetFile | null }> {
  const builder = await loadAssetBuilder(engine);
  const files = await engineAssets(engine);
  if (!builder?.halves) return { assets: files, rest: null };
  const { wholes, rest, inputs, divide } = builder.halves;
  const { name } = referred(engine);
  const halves = await buildOnce(
    projectRoot(),
    name,
    {
      names: [...wholes, rest],
      inputs: [...builder.inputs, ...inputs],
      build: () => divide(nodeAssets(engine), called),
    },
    { name: 'called', code: Buffer.from(called).toString('base64') },
  );
  const halfOf = (name: string): AssetFile | undefined => halves.find((one) => one.name === name);
  return { assets: files.map((file) => halfOf(file.name) ?? file), rest: halfOf(rest)! };
}

const ready = new Map<string, Promise<AssetFile[]>>();

/**
 * Builds an engine's files unless that has been done from the same inputs, by whatever process.
 *
 * @param root the project's root, whose `.cache` is used.
 * @param dataset what they are made of besides.
 */
export async function buildOnce(
  root: string,
  engine: string,
  builder: AssetBuilder,
  dataset?: ScriptFile,
): Promise<AssetFile[]> {
  const parent = path.join(root, '.cache/engines', engine);
  const directory = path.join(parent, await hashOf(root, builder.inputs, dataset));
  if (!existsSync(directory)) {
    await mkdir(parent, { recursive: true });
    const unfinished = await mkdtemp(path.join(parent, 'building-'));
    try {
      await write(unfinished, await builder.build(root), builder.names);
      await rename(unfinished, directory);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another process may have come first: its files are as good.
      if (!existsSync(directory)) throw error;
    }
  }
  return Promise.all(
    builder.names.map(async (name) => {
      const file = path.join(directory, name);
      const { size } = await stat(file);
      return { name, file, bytes: size, rawBytes: await unpackedSize(file) };
    }),
  );
}

async function write(
  directory: string,
  contents: Record<string, Uint8Array>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const content = contents[name];
    if (!content) throw new Error(`The builder did not make ${name}`);
    await writeFile(path.join(directory, name), await promisify(gzip)(content, { level: 9 }));
  }
}

/** gzip ends with the unpacked size modulo 2³² (RFC 1952, ISIZE), and nothing here is that large. */
async function unpackedSize(file: string): Promise<number> {
  const content = await readFile(file);
  return content.readUInt32LE(content.length - 4);
}

/** @param dataset what the files are made of besides; it need not lie in the project. */
export async function hashOf(
  root: string,
  inputs: readonly string[],
  dataset?: ScriptFile,
): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    hash.update(input).update(await readFile(path.join(root, input)));
  }
  if (dataset) hash.update(dataset.name).update(dataset.code);
  return hash.digest('hex').slice(0, 16);
}
