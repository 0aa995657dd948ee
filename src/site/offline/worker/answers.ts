/**
 * How the worker answers. Whatever happens to what is kept, a page gets what it would get without a
 * worker: keeping is never waited for, and a copy only ever comes in the place of nothing.
 */
import { isOfKind } from './checks.ts';

/** Where answers come from. */
export interface Sources {
  fetch(request: Request): Promise<Response>;
  /** The copy of a file, if there is a good one. Never rejects, and answers soon. */
  read(path: string): Promise<Response | undefined>;
  /** The same for whoever has nothing else: a storage that is slow is waited for. */
  readPatiently(path: string): Promise<Response | undefined>;
  /**
   * Keeps what has just arrived, if it is worth it; the response can be read afterward. Never rejects.
   */
  keep(path: string, response: Response): Promise<unknown>;
}

export interface Answer {
  response: Promise<Response>;
  /** Resolves when nothing more is to be done about it. Never rejects. */
  settled: Promise<unknown>;
}

/** In milliseconds: how long a reader waits for a network that does not answer while there is a copy. */
export const PATIENCE = 2000;

/** A file whose name changes with its content: the copy, or else the site's. */
export function unchanging(request: Request, path: string, sources: Sources): Answer {
  let keeping: Promise<unknown> | undefined;
  const answer = async () => {
    const distrusted = request.cache === 'reload';
    if (!distrusted) {
      const copy = await sources.read(path);
      if (copy) return copy;
    }
    try {
      const arrived = await arrival(request, path, sources);
      keeping = sources.keep(path, arrived);
      return arrived.ok ? arrived : ((await sources.readPatiently(path)) ?? arrived);
    } catch (error) {
      const copy = await sources.readPatiently(path);
      if (copy) return copy;
      throw error;
    }
  };
  const response = answer();
  return { response, settled: response.then(() => keeping).catch(() => undefined) };
}

/** What the network has; if that is something else, it may be the browser's own cache that has it. */
async function arrival(request: Request, path: string, { fetch }: Sources): Promise<Response> {
  const first = await fetch(request);
  if (!first.ok || isOfKind(path, first) || request.cache === 'reload') return first;
  try {
    return await fetch(new Request(request, { cache: 'reload' }));
  } catch {
    return first;
  }
}

/** A page, or a file whose content changes: the site's, so that nobody reads an old text, or else the copy. */
export function fresh(
  request: Request,
  path: string,
  sources: Sources,
  patience = PATIENCE,
): Answer {
  let keeping: Promise<unknown> | undefined;
  const network = sources.fetch(request).then((arrived) => {
    keeping = sources.keep(path, arrived);
    return arrived;
  });
  const answer = async () => {
    const copy = await sources.read(path);
    if (!copy)
      return network.catch(async (error: unknown) => {
        const late = await sources.readPatiently(path);
        if (late) return late;
        throw error;
      });
    const arrived = await within(patience, network.then(whole));
    return arrived && arrived.status < 500 ? arrived : copy;
  };
  return { response: answer(), settled: network.then(() => keeping).catch(() => undefined) };
}

/** Waits for a page's end: a line may stall, or break off, in the middle of it. */
async function whole(response: Response): Promise<Response> {
  if (response.status === 200) await response.clone().arrayBuffer();
  return response;
}

/** @returns what a promise resolves with; nothing if it rejects or takes longer. */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    promise.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
  });
}
