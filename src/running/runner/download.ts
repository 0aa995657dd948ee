/** Fetches one published file. */
import { isGzip, unpacking } from './gzip.ts';
import type { PublishedFile } from './manifest.ts';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** `force-cache` by default: the name carries the content's hash. */
  cache?: RequestCache;
  /** Called with what has arrived of the file so far, on the scale of {@link PublishedFile.bytes}. */
  onBytes?: (loaded: number) => void;
}

/** Something else came in the file's place: a sign-in page of a network, or half of it. */
export class NotTheFile extends Error {
  override readonly name = 'NotTheFile';

  constructor() {
    super('something else came in its place');
  }
}

/** Takes a file piece by piece, as it comes. */
export interface Sink<Content> {
  /** Resolves when the next piece may come. The piece is the sink's own from now on. */
  add(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** What became of it all. @throws whatever says that it is not what it should be. */
  end(): Promise<Content>;
  /** Nothing more comes: the download failed or is not wanted any more. */
  abort?(): void;
}

/**
 * Fetches a file and uncompresses it while it comes.
 *
 * @returns its content, uncompressed.
 * @throws Error in words for the reader if the host does not have it, or what came is not it;
 *   the browser's own `TypeError` if the network failed; `AbortError` if `signal` was aborted.
 */
export async function download(
  file: PublishedFile,
  options: DownloadOptions = {},
): Promise<ArrayBuffer> {
  const whole = (start: Uint8Array): Sink<ArrayBuffer> => {
    const content = unpacking(start);
    return {
      add: (piece) => content.add(piece),
      async end() {
        const unpacked = await content.end().catch(refuse);
        return unpacked.byteLength === file.rawBytes ? unpacked : refuse();
      },
    };
  };
  return pour(file, whole, options);
}

/**
 * Fetches a file as it is, whoever uncompresses it.
 *
 * @throws as {@link download} does, but for what only uncompressing tells.
 */
export function fetchPacked(
  file: PublishedFile,
  options: DownloadOptions = {},
): Promise<ArrayBuffer> {
  const whole = (): Sink<ArrayBuffer> => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    return {
      add: async (piece) => void pieces.push(piece),
      end: () => new Blob(pieces).arrayBuffer(),
    };
  };
  return pour(file, whole, options);
}

/**
 * Fetches a file into a sink. If something else comes in its place, it is fetched once more, past what
 * the browser has kept under its name.
 *
 * @param open makes the sink when the first piece is there, which tells whether the content is gzip.
 * @returns what the sink made of it.
 * @throws as {@link download} does.
 */
export async function pour<Content>(
  file: PublishedFile,
  open: (start: Uint8Array) => Sink<Content>,
  options: DownloadOptions = {},
): Promise<Content> {
  try {
    return await pourOnce(file, open, options);
  } catch (error) {
    if (!(error instanceof NotTheFile) || options.cache === 'reload') throw error;
    return pourOnce(file, open, { ...options, cache: 'reload' });
  }
}

async function pourOnce<Content>(
  file: PublishedFile,
  open: (start: Uint8Array) => Sink<Content>,
  { signal, cache = 'force-cache', onBytes }: DownloadOptions,
): Promise<Content> {
  const response = await fetch(file.url, { signal: signal ?? null, cache });
  if (!response.ok || !response.body) throw new Error(`the site answered ${response.status}`);
  const reader = response.body.getReader();
  let sink: Sink<Content> | undefined;
  // What the pieces add up to: the file as published, or as the browser has unpacked it.
  let expected = file.rawBytes;
  let arrived = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!sink) {
        sink = open(value);
        if (isGzip(value)) expected = file.bytes;
      }
      arrived += value.length;
      onBytes?.(Math.min(1, arrived / expected) * file.bytes);
      await sink.add(value).catch(refuse);
    }
    // A sign-in page of a café's network, or a host's page for "not found", arrives as a success.
    if (!sink || arrived !== expected) return refuse();
    return await sink.end();
  } catch (error) {
    sink?.abort?.();
    throw error;
  }
}

const refuse = (): never => {
  throw new NotTheFile();
};
