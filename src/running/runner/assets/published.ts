/**
 * For tests: an engine as it is published, its worker's bundle run in a thread of its own. What is tested is then what
 * is shipped. The document store is not for this: it evaluates programs, which takes a browser's worker (`e2e/`).
 */
import { readFile } from 'node:fs/promises';
import { MessageChannel, Worker, type TransferListItem } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { nodeAssets } from '../../../engines/assets.ts';
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import { descriptorOf } from '../../../engines/descriptors.ts';
import {
  DEFAULT_LIMITS,
  type Database,
  type EngineName,
  type RunSummary,
} from '../../../engines/engine.ts';
import type { Ask } from '../connection.ts';
import type { Answer, PartBrought, Supply } from '../protocol.ts';
import { publishEngines } from './publish.ts';

/** A worker of a browser knows itself as `self`, and knows no Node. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { runInThisContext } = require('node:vm');
const { Blob: NodeBlob } = require('node:buffer');
parentPort.on('message', (data) => globalThis.onmessage?.({ data }));
globalThis.self = globalThis;
globalThis.process = undefined;
// A script from a blob is evaluated at once, as a browser's worker does it.
const texts = new Map();
globalThis.Blob = class extends NodeBlob {
  constructor(parts, options) {
    super(parts, options);
    texts.set(this, parts.map((part) => typeof part === 'string' ? part : Buffer.from(part).toString()).join(''));
  }
};
URL.createObjectURL = (blob) => texts.get(blob);
URL.revokeObjectURL = () => undefined;
globalThis.importScripts = (text) => runInThisContext(text);
runInThisContext(workerData);`;

/** Starts the program of a worker in a thread, as a browser would start it. */
export const startWorker = (code: string): Worker =>
  new Worker(THREAD, { eval: true, workerData: code });

/** Starts the published worker of an engine. @param root the project's root. */
export async function openPublished(
  root: string,
  engine: EngineName | EngineDescriptor,
): Promise<Database> {
  const descriptor = typeof engine === 'string' ? descriptorOf(engine) : engine;
  const { manifest, files } = await publishEngines(root, '/', { engines: [descriptor] });
  const { worker, assets, parts } = manifest[descriptor.name as EngineName]!;
  const published = (url: string): Promise<Buffer> => readFile(files.get(url.split('/').at(-1)!)!);
  const code = gunzipSync(await published(worker.url)).toString();
  const thread = startWorker(code);
  const { port1: port, port2 } = new MessageChannel();

  const supply = (message: Supply, transfer: TransferListItem[] = []): void =>
    thread.postMessage(message, transfer);
  const wasm = assets.filter(({ kind }) => kind === 'wasm');
  for (const { name, kind, url } of assets)
    if (kind === 'bytes')
      supply({ type: 'file', name, content: Uint8Array.from(await published(url)).buffer });
  const boot = { type: 'boot' as const, modules: wasm.map(({ name }) => name) };
  thread.postMessage({ ...boot, port: port2 }, [port2]);
  for (const { name } of wasm)
    supply({ type: 'module', name, module: await nodeAssets(descriptor).module(name) });

  const bring = async (part: string): Promise<void> => {
    const content = Uint8Array.from(gunzipSync(await published(parts[part]!.url))).buffer;
    port.postMessage({ type: 'part', part, content } satisfies PartBrought);
  };
  let asked = 0;
  const request = (
    what: Ask,
    onOutput: (answer: Extract<Answer, { type: 'outputs' }>) => void = () => undefined,
  ): Promise<RunSummary> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      const hear = (answer: Answer): void => {
        if (answer.id !== id) return;
        if (answer.type === 'outputs') return onOutput(answer);
        if (answer.type === 'needs') return void bring(answer.part);
        port.off('message', hear);
        thread.off('error', reject);
        if (answer.type === 'done') resolve(answer.summary);
        else if (answer.type === 'failed') reject(new Error(answer.message));
      };
      port.on('message', hear);
      thread.once('error', reject);
      port.postMessage({ ...what, id });
    });
  return {
    reset: async (dataset) => void (await request({ type: 'reset', dataset })),
    run: (script, emit, limits = DEFAULT_LIMITS) =>
      request({ type: 'run', script, limits }, ({ outputs }) => outputs.forEach(emit)),
    close: async () => void (await thread.terminate()),
  };
}
