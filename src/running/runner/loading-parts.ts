/** Brings parts of engines from the site to the page, once per page, whoever asks. Each worker gets a copy. */
import { download } from './download.ts';
import { RunStopped } from './errors.ts';
import type { LoadOptions } from './loading.ts';
import type { PublishedFile } from './manifest.ts';
import { isCheap, whenIdle } from './prefetch.ts';

export interface PartLoader {
  /** @returns the content, uncompressed. @throws whatever the download does; RunStopped if `signal` was aborted. */
  load(file: PublishedFile, options: LoadOptions): Promise<ArrayBuffer>;
  /** Has it come when the browser has nothing else to do and the line is cheap. Nobody is told whether it does. */
  fetchAhead(file: PublishedFile): void;
}

/** One that comes, as long as somebody waits for it. */
interface Coming {
  promise: Promise<ArrayBuffer>;
  abort: AbortController;
  waiting: Set<LoadOptions>;
  /** Bytes that have arrived. */
  loaded: number;
}

export function createPartLoader(): PartLoader {
  // All by address.
  const contents = new Map<string, ArrayBuffer>();
  const coming = new Map<string, Coming>();
  const failed = new Set<string>();
  const ahead = new Set<string>();

  function start(file: PublishedFile): Coming {
    const { url, bytes } = file;
    const abort = new AbortController();
    const waiting = new Set<LoadOptions>();
    const one: Coming = { abort, waiting, loaded: 0, promise: fetchIt() };
    async function fetchIt(): Promise<ArrayBuffer> {
      try {
        const content = await download(file, {
          signal: abort.signal,
          // What failed may be what the browser's cache holds.
          ...(failed.has(url) && { cache: 'reload' as const }),
          onBytes(loaded) {
            one.loaded = loaded;
            for (const { onBytes } of waiting) onBytes?.(loaded, bytes);
          },
        });
        failed.delete(url);
        contents.set(url, content);
        return content;
      } catch (error) {
        if (!abort.signal.aborted) failed.add(url);
        throw error;
      } finally {
        forget(url, one);
      }
    }
    one.promise.catch(() => undefined);
    coming.set(url, one);
    return one;
  }

  function forget(url: string, one: Coming): void {
    if (coming.get(url) === one) coming.delete(url);
  }

  async function load(file: PublishedFile, options: LoadOptions): Promise<ArrayBuffer> {
    const { signal } = options;
    const known = contents.get(file.url);
    if (known) return known;
    if (signal?.aborted) throw new RunStopped();
    const one = coming.get(file.url) ?? start(file);
    one.waiting.add(options);
    // Who joins late hears where it stands: the next bytes may take long.
    options.onBytes?.(one.loaded, file.bytes);
    const gone = new AbortController();
    try {
      return await new Promise<ArrayBuffer>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new RunStopped()), {
          signal: gone.signal,
        });
        one.promise.then(resolve, reject);
      });
    } finally {
      gone.abort();
      one.waiting.delete(options);
      if (one.waiting.size === 0) {
        one.abort.abort();
        forget(file.url, one);
      }
    }
  }

  return {
    load,
    fetchAhead(file) {
      if (ahead.has(file.url) || !isCheap()) return;
      ahead.add(file.url);
      whenIdle(() => {
        load(file, {}).catch(() => ahead.delete(file.url));
      });
    },
  };
}
