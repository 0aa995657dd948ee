/**
 * The worker that holds one database. It is bundled once per engine as a classic script, started by
 * the broker frame, and talks to the page over a port of its own.
 *
 * It shares its global scope with whatever program an engine evaluates in it (a classic worker can,
 * without `eval`, by `importScripts` of a blob), so it guarantees the page nothing: the page checks
 * every message, and the frame's content security policy shuts the worker off from the network.
 */
import type { Assets, Engine, Output, RunSummary } from '../engines/engine.ts';
import { capped } from './caps.ts';
import type { Answer, Boot, CompiledModule, Request } from './protocol.ts';

/** Outputs are sent together until this many wait, or this much time has passed. */
const BATCH = { outputs: 50, milliseconds: 50 };

/** The part of a worker's global scope that {@link serve} uses. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
}

function find<T>(files: Record<string, T>, name: string): T {
  const file = files[name];
  if (file === undefined) throw new Error(`the engine asks for a file it does not ship: ${name}`);
  return file;
}

/** The engine's files, the wasm as it comes from the broker. */
function assetsOf({ bytes, modules }: Boot, scope: WorkerScope): Assets {
  const arrived: Record<string, (module: WebAssembly.Module) => void> = {};
  const compiled = Object.fromEntries(
    modules.map((name) => [
      name,
      new Promise<WebAssembly.Module>((resolve) => (arrived[name] = resolve)),
    ]),
  );
  let missing = modules.length;
  scope.onmessage = ({ data: { name, module } }: MessageEvent<CompiledModule>) => {
    find(arrived, name)(module);
    if (--missing === 0) scope.onmessage = null;
  };
  return {
    // A copy: an engine that starts itself anew asks again.
    bytes: async (name) => new Uint8Array(find(bytes, name).slice(0)),
    module: async (name) => find(compiled, name),
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
 * Waits for the broker's {@link Boot}, starts the engine and answers requests one after another.
 * Anything the engine throws is answered as `failed`; the page then ends the worker.
 */
export function serve(engine: Engine, scope: WorkerScope): void {
  scope.onmessage = ({ data: boot }: MessageEvent<Boot>) => {
    const { port } = boot;
    const answer = (message: Answer) => port.postMessage(message);

    const opened = engine.open(assetsOf(boot, scope), boot.image && new Uint8Array(boot.image));
    const handle = async (request: Request): Promise<RunSummary> => {
      const database = await opened;
      if (request.type === 'reset') {
        const start = performance.now();
        await database.reset(request.dataset);
        return { milliseconds: performance.now() - start, statements: 0, errors: 0 };
      }
      const { add, flush } = batches((outputs) =>
        answer({ type: 'outputs', id: request.id, outputs }),
      );
      try {
        return await database.run(request.script, capped(request.limits, add), request.limits);
      } finally {
        flush();
      }
    };

    const reply = (id: number, work: Promise<RunSummary>) =>
      work.then(
        (summary) => answer({ type: 'done', id, summary }),
        (error: unknown) => answer({ type: 'failed', id, message: messageOf(error) }),
      );

    let last: Promise<unknown> = reply(
      0,
      opened.then(() => ({ milliseconds: 0, statements: 0, errors: 0 })),
    );
    port.onmessage = ({ data }: MessageEvent<Request>) => {
      last = last.then(() => reply(data.id, handle(data)));
    };
  };
}
