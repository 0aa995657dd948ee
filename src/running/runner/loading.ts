/** Brings an engine's files from the site to the broker, once per page, whoever asks. */
import type { EngineName } from '../../engines/engine.ts';
import type { Broker } from './broker.ts';
import { download, fetchPacked, pour, type DownloadOptions, type Sink } from './download.ts';
import { isGzip } from './gzip.ts';
import { updated } from '../../foundation/updates/updates.ts';
import { CourseUpdated, EngineLoadError, RunStopped } from './errors.ts';
import { createPartLoader } from './loading-parts.ts';
import { bytesToFetch, type EngineFiles, type EngineManifest } from './manifest.ts';

export interface LoadOptions {
  /** Gives up waiting. The download itself stops when nobody waits for it any more. */
  signal?: AbortSignal | undefined;
  /** Called with the bytes that have arrived, and those that there are in all. */
  onBytes?: ((loaded: number, total: number) => void) | undefined;
}

/** Loads engines. */
export interface Loader {
  /**
   * Resolves with the broker once it holds every file of the engine. After a failure the next call
   * fetches only what is missing.
   *
   * @throws EngineLoadError if a file does not come; CourseUpdated if the site has it no more. @throws RunStopped if `signal` was aborted.
   */
  load(engine: EngineName, options: LoadOptions): Promise<Broker>;
  /**
   * Fetches an image, if the site has it, and hands it to the broker. It is only ever a shorter way:
   * one that does not come is no failure, and nobody waits for it.
   */
  loadImage(engine: EngineName, image: string, signal: AbortSignal | undefined): void;
  /**
   * The content of a part of the engine, uncompressed. One is fetched once, whoever asks.
   *
   * @throws as {@link load} does, EngineLoadError also if the engine has no such part.
   */
  loadPart(engine: EngineName, part: string, options: LoadOptions): Promise<ArrayBuffer>;
  /**
   * Has the part come that scripts do without for the most part, when the browser has nothing else to do and the line is
   * cheap. Nobody is told whether it does.
   */
  fetchRest(engine: EngineName): void;
  /** The engine did not start with what was loaded: the next call fetches all of it again. */
  distrust(engine: EngineName): void;
  /** Whether the broker holds this image of the engine. */
  hasImage(engine: EngineName, image: string): boolean;
  /** The engine's files. @throws EngineLoadError if the site has no such engine. */
  files(engine: EngineName): EngineFiles;
}

interface Loading {
  promise: Promise<Broker>;
  abort: AbortController;
  waiting: Set<LoadOptions>;
  /** Bytes that have arrived, and those that there are in all. */
  progress: { readonly loaded: number; readonly total: number };
  complete: boolean;
}

/** Milliseconds between two reports of a file that is coming. */
const REPORT_EVERY = 50;

/** @param connect brings up the broker; called at the first load, and again if it failed. */
export function createLoader(manifest: EngineManifest, connect: () => Promise<Broker>): Loader {
  let broker: Promise<Broker> | undefined;
  const loadings = new Map<EngineName, Loading>();
  const failed = new Set<EngineName>();
  const delivered = new Set<string>();

  const files = (engine: EngineName) => {
    const found = manifest[engine];
    if (!found) throw new EngineLoadError(engine, 'this site does not ship it');
    return found;
  };

  function connectAnew(): Promise<Broker> {
    const connecting = connect();
    connecting
      .then(({ gone }) => gone)
      .then(
        () => lose(connecting),
        () => undefined,
      );
    return connecting;
  }

  /** Whatever the broker was given is gone with it. */
  function lose(which: Promise<Broker>) {
    if (broker !== which) return;
    broker = undefined;
    delivered.clear();
    images.clear();
    for (const [engine, loading] of loadings) if (loading.complete) loadings.delete(engine);
  }

  async function fetchAll(
    engine: EngineName,
    signal: AbortSignal,
    onBytes: (loaded: number) => void,
  ): Promise<Broker> {
    const { worker, assets } = files(engine);
    // What failed may be what the browser's cache holds.
    const cache = failed.has(engine) ? 'reload' : 'force-cache';
    const connecting = (broker ??= connectAnew());
    const ready = connecting.then((it) => it.ready);
    ready.catch(() => lose(connecting));

    const loaded = new Map<string, number>();
    let reported = -Infinity;
    const wanted = [{ ...worker, name: 'worker', kind: 'worker' as const }, ...assets];
    await Promise.all([
      ready,
      ...wanted.map(async (file) => {
        const report = (bytes: number) => {
          loaded.set(file.url, bytes);
          // Often enough for the eye; each report is drawn.
          const now = performance.now();
          if (bytes < file.bytes && now - reported < REPORT_EVERY) return;
          reported = now;
          onBytes([...loaded.values()].reduce((sum, part) => sum + part, 0));
        };
        if (delivered.has(file.url)) return report(file.bytes);
        const options: DownloadOptions = { signal, cache, onBytes: report };
        if (file.kind === 'wasm')
          await pour(file, (start) => wasmSink(connecting, engine, file.name, start), options);
        else {
          const content = await (file.kind === 'worker' ? download : fetchPacked)(file, options);
          (await connecting).give(engine, file.name, file.kind, content);
        }
        delivered.add(file.url);
      }),
    ]);
    if (broker !== connecting) throw new Error('the frame that runs it has ended meanwhile');
    return connecting;
  }

  /** Ends a download that is of no more use, so that the next call starts another. */
  function forget(engine: EngineName, loading: Loading) {
    loading.abort.abort();
    if (loadings.get(engine) === loading) loadings.delete(engine);
  }

  function start(engine: EngineName): Loading {
    const abort = new AbortController();
    const waiting = new Set<LoadOptions>();
    const progress = { loaded: 0, total: bytesToFetch(files(engine)) };
    const promise = fetchAll(engine, abort.signal, (loaded) => {
      progress.loaded = loaded;
      for (const { onBytes } of waiting) onBytes?.(loaded, progress.total);
    });
    const loading: Loading = { promise, abort, waiting, progress, complete: false };
    loadings.set(engine, loading);
    promise.then(
      () => (loading.complete = true),
      () => {
        if (!abort.signal.aborted) failed.add(engine);
        forget(engine, loading);
      },
    );
    return loading;
  }

  /** Images that were asked for, by address, and whether they are there. */
  const images = new Map<string, boolean>();
  const imageOf = (engine: EngineName, image: string) => files(engine).images[image];

  const parts = createPartLoader();

  return {
    files,
    async loadPart(engine, part, options) {
      const { title, parts: all } = files(engine);
      const file = Object.hasOwn(all, part) ? all[part] : undefined;
      if (!file) throw new EngineLoadError(title, `it has no part ${part}`);
      return parts.load(file, options).catch(async (error: unknown) => {
        throw error instanceof RunStopped ? error : await inWords(title, error);
      });
    },
    fetchRest(engine) {
      const { rest, parts: all } = files(engine);
      if (rest !== undefined) parts.fetchAhead(all[rest]!);
    },
    distrust(engine) {
      failed.add(engine);
      loadings.delete(engine);
      const { worker, assets, images: all } = files(engine);
      for (const { url } of [worker, ...assets]) delivered.delete(url);
      for (const { url } of Object.values(all)) images.delete(url);
    },
    hasImage: (engine, image) => images.get(imageOf(engine, image)?.url ?? '') ?? false,
    loadImage(engine, image, signal) {
      const file = imageOf(engine, image);
      if (!file || images.has(file.url)) return;
      images.set(file.url, false);
      void (async () => {
        const [to, content] = await Promise.all([
          (broker ??= connectAnew()),
          fetchPacked(file, {
            ...(signal && { signal }),
            ...(failed.has(engine) && { cache: 'reload' as const }),
          }),
        ]);
        to.give(engine, image, 'image', content);
        images.set(file.url, true);
      })().catch(() => images.delete(file.url));
    },
    async load(engine, options) {
      const { signal } = options;
      const { title } = files(engine);
      // A frame that is gone is found out here, before anybody waits for its answer.
      const known = broker;
      if (known && loadings.get(engine)?.complete && !(await (await known).isAlive())) lose(known);
      const loading = loadings.get(engine) ?? start(engine);
      loading.waiting.add(options);
      // Who joins late hears where it stands: the next bytes may take long.
      if (!loading.complete) options.onBytes?.(loading.progress.loaded, loading.progress.total);
      const gone = new AbortController();
      try {
        return await new Promise<Broker>((resolve, reject) => {
          if (signal?.aborted) return reject(new RunStopped());
          signal?.addEventListener('abort', () => reject(new RunStopped()), {
            signal: gone.signal,
          });
          loading.promise.then(resolve, (error: unknown) => {
            void inWords(title, error).then(reject);
          });
        });
      } finally {
        gone.abort();
        loading.waiting.delete(options);
        if (loading.waiting.size === 0 && !loading.complete) forget(engine, loading);
      }
    },
  };
}

/** What a reader is told of a load that failed. */
async function inWords(title: string, error: unknown): Promise<Error> {
  if (error instanceof EngineLoadError) return error;
  const notice = await updated();
  if (notice !== undefined) return new CourseUpdated(title, notice, { cause: error });
  // A `TypeError` is how `fetch` and a broken stream say that the network failed.
  const why =
    error instanceof TypeError ? 'the download broke off' : String((error as Error).message);
  return new EngineLoadError(title, why, { cause: error });
}

/** Sends a wasm file on to the broker piece by piece, from whenever there is one. */
function wasmSink(
  connecting: Promise<Broker>,
  engine: EngineName,
  name: string,
  start: Uint8Array,
): Sink<void> {
  const gzip = isGzip(start);
  const sink = connecting.then((broker) => broker.giveWasm(engine, name, gzip));
  sink.catch(() => undefined);
  return {
    // The broker may still be starting: what comes meanwhile waits for it, not the other way round.
    add: async (piece) => void sink.then((it) => it.add(piece)).catch(() => undefined),
    end: async () => (await sink).end(),
    abort: () => void sink.then((it) => it.abort?.()).catch(() => undefined),
  };
}
