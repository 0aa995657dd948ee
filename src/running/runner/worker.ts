/**
 * The worker that holds one database. It is bundled once per engine as a classic script, started by
 * the broker frame, and talks to the page over a port of its own.
 *
 * It shares its global scope with whatever program an engine evaluates in it (a classic worker can,
 * without `eval`, by `importScripts` of a blob), so it guarantees the page nothing: the page checks
 * every message, and the frame's content security policy shuts the worker off from the network.
 */
import {
  type Assets,
  type Database,
  type Engine,
  type Output,
  PartMissing,
  type RunSummary,
} from '../../engines/engine.ts';
import { capped } from './caps.ts';
import { unpacked } from './gzip.ts';
import type { Answer, PartBrought, Request, Supply } from './protocol.ts';

/** Taken at once: an engine may take them away from the programs that it runs, and so from everybody here. */
const { setTimeout, clearTimeout, Blob } = globalThis;
const { createObjectURL, revokeObjectURL } = URL;
const { compile } = WebAssembly;

/** Outputs are sent together until this many wait, or this much time has passed. */
const BATCH = { outputs: 50, milliseconds: 50 };

/** The part of a worker's global scope that {@link serve} uses. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  importScripts?(url: string): void;
}

/** What the program of a part makes: modules, whatever they are. */
type PartModules = Readonly<Record<string, unknown>>;

/** Evaluates programs of parts in this worker. */
function evaluator(scope: WorkerScope): (program: ArrayBuffer) => PartModules {
  const importScripts = scope.importScripts?.bind(scope);
  return (program) => {
    if (!importScripts) throw new Error('nothing can be added to it here');
    // A name that no program of a reader's can have taken before.
    const name = `part${String(Math.random()).slice(2)}`;
    let made: PartModules = {};
    Object.defineProperty(scope, name, {
      configurable: true,
      value: (modules: PartModules) => (made = modules),
    });
    const url = createObjectURL(new Blob([`${name}(`, program, `)`], { type: 'text/javascript' }));
    try {
      importScripts(url);
    } finally {
      revokeObjectURL(url);
      Reflect.deleteProperty(scope, name);
    }
    return made;
  };
}

/** Has the page bring parts of the engine, each once, and at the request that is being answered. */
function partsFrom(scope: WorkerScope) {
  const evaluate = evaluator(scope);
  type Waiting = PromiseWithResolvers<unknown> & { made: (content: ArrayBuffer) => unknown };
  const coming = new Map<string, Waiting>();
  let ask: ((part: string) => void) | null = null;
  /** @param made what is to become of it. */
  const bring = <T>(part: string, made: (content: ArrayBuffer) => T | Promise<T>): Promise<T> => {
    let waiting = coming.get(part);
    if (!waiting) {
      if (!ask) return Promise.reject(new Error(`nobody waits for its part ${part}`));
      coming.set(part, (waiting = { ...Promise.withResolvers(), made }));
      ask(part);
    }
    return waiting.promise as Promise<T>;
  };
  return {
    /** @throws Error if the page could not bring it; it may be asked for again. */
    load: (part: string): Promise<PartModules> => bring(part, evaluate),
    /** A wasm file. @throws as {@link load}. */
    module: (part: string): Promise<WebAssembly.Module> => bring(part, compile),
    take({ part, content }: PartBrought): void {
      const { made, resolve } = coming.get(part)!;
      const work = (async () => {
        if (!content) throw new Error(`its part ${part} did not come`);
        return made(content);
      })();
      work.catch(() => coming.delete(part));
      resolve(work);
    },
    /** While a request is answered, parts are asked for in its name. */
    during<T>(asking: (part: string) => void, work: () => Promise<T>): Promise<T> {
      ask = asking;
      return work().finally(() => (ask = null));
    },
  };
}

function find<T>(files: Record<string, T>, name: string): T {
  const file = files[name];
  if (file === undefined) throw new Error(`the engine asks for a file it does not ship: ${name}`);
  return file;
}

type Boot = Extract<Supply, { type: 'boot' }>;

/**
 * Takes in what the broker supplies, and calls `boot` when it says so.
 *
 * @param later brings a wasm file that the broker does not.
 */
function receive(
  scope: WorkerScope,
  later: (name: string) => Promise<WebAssembly.Module>,
  boot: (boot: Boot, assets: Assets) => void,
): void {
  const fetched: Record<string, ArrayBuffer> = {};
  /** What the first start asks for is uncompressed before it does. */
  const early = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const modules: Record<string, PromiseWithResolvers<WebAssembly.Module>> = {};
  let missing = 0;
  const assets: Assets = {
    async bytes(name) {
      // An engine that starts itself anew asks again: what it took before is its own.
      const content = early.get(name) ?? unpacked(find(fetched, name));
      early.delete(name);
      return content;
    },
    module: async (name) => modules[name]?.promise ?? later(name),
  };
  scope.onmessage = ({ data }: MessageEvent<Supply>) => {
    switch (data.type) {
      case 'file': {
        fetched[data.name] = data.content;
        const content = unpacked(data.content);
        // Whoever asks for it hears of it.
        content.catch(() => undefined);
        early.set(data.name, content);
        return;
      }
      case 'boot':
        for (const name of data.modules) modules[name] = Promise.withResolvers();
        missing = data.modules.length;
        boot(data, assets);
        break;
      case 'module':
        find(modules, data.name).resolve(data.module);
        missing--;
    }
    // A program that an engine evaluates here shares this scope: nothing else comes in this way.
    if (missing === 0) scope.onmessage = null;
  };
}

/** In bytes, a page of wasm memory. */
const WASM_PAGE = 65_536;

/**
 * Lets no wasm memory of this thread grow beyond a bound: the database then says itself that memory is out, where a
 * browser would end the page.
 */
function limitMemory(most: number): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * WASM_PAGE > most)
      throw new RangeError('this is more memory than a database has here');
    return grow.call(this, pages);
  };
}

/** Collects outputs and sends them in batches, in order. */
function batches(send: (outputs: Output[]) => void) {
  let waiting: Output[] = [];
  let since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    since = performance.now();
    if (waiting.length > 0) send(waiting);
    waiting = [];
  };
  return {
    add(output: Output) {
      waiting.push(output);
      // The clock as well as the timer: a database that computes without a pause lets no timer fire.
      if (waiting.length >= BATCH.outputs || performance.now() - since > BATCH.milliseconds)
        flush();
      else timer ??= setTimeout(flush, BATCH.milliseconds);
    },
    flush,
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Waits until the broker says to {@link Supply boot}, starts the engine and answers requests one after another.
 * Anything the engine throws is answered as `failed`; the page then ends the worker.
 *
 * @param mostMemory the most wasm memory that it may take, in bytes.
 * @returns what brings a part of the engine, by name.
 */
export function serve(
  engine: Engine,
  scope: WorkerScope,
  mostMemory = Infinity,
): (part: string) => Promise<PartModules> {
  if (mostMemory < Infinity) limitMemory(mostMemory);
  const parts = partsFrom(scope);
  receive(scope, parts.module, ({ port, image }, assets) => {
    const answer = (message: Answer) => port.postMessage(message);

    const open = async () => engine.open(assets, image && (await unpacked(image)));
    const askingFor =
      (id: number) =>
      (part: string): void =>
        answer({ type: 'needs', id, part });
    const opened = parts.during(askingFor(0), open);
    const handle = async (request: Request): Promise<RunSummary | string> => {
      const database = await opened;
      if (request.type === 'converse') {
        if (!database.converse) throw new Error('it has no console of its own');
        return database.converse(request.question);
      }
      if (request.type === 'rest') return NOTHING;
      if (request.type === 'prepare') {
        await database.loadParts?.(request.script);
        return NOTHING;
      }
      if (request.type === 'reset') {
        const start = performance.now();
        await database.reset(request.dataset);
        return { milliseconds: performance.now() - start, statements: 0, errors: 0 };
      }
      return run(database, request).catch(async (error: unknown) => {
        if (!(error instanceof PartMissing)) throw error;
        answer({ type: 'again', id: request.id });
        await database.loadParts?.(request.script);
        return run(database, request);
      });
    };
    const run = async (
      database: Database,
      { id, script, limits }: Extract<Request, { type: 'run' }>,
    ): Promise<RunSummary> => {
      const { add, flush } = batches((outputs) => answer({ type: 'outputs', id, outputs }));
      try {
        return await database.run(script, capped(limits, add), limits);
      } finally {
        flush();
      }
    };

    const reply = (id: number, work: Promise<RunSummary | string>) =>
      work.then(
        (result) =>
          answer(
            typeof result === 'string'
              ? { type: 'answered', id, answer: result }
              : { type: 'done', id, summary: result },
          ),
        (error: unknown) => answer({ type: 'failed', id, message: messageOf(error) }),
      );

    let last: Promise<unknown> = reply(
      0,
      opened.then(() => NOTHING),
    );
    port.onmessage = ({ data }: MessageEvent<Request | PartBrought>) => {
      if (data.type === 'part') return parts.take(data);
      const { id } = data;
      last = last.then(() =>
        reply(
          id,
          parts.during(askingFor(id), () => handle(data)),
        ),
      );
    };
  });
  return parts.load;
}

const NOTHING: RunSummary = { milliseconds: 0, statements: 0, errors: 0 };
