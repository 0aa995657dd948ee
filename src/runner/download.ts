/** Fetches one published file and uncompresses it as it arrives. */
import type { PublishedFile } from './manifest.ts';

/** Called with what has arrived of a file so far, on the scale of {@link PublishedFile.bytes}. */
export type OnBytes = (loaded: number) => void;

export interface DownloadOptions {
  signal?: AbortSignal;
  /** `force-cache` by default: the name carries the content's hash. */
  cache?: RequestCache;
  onBytes?: OnBytes;
}

const isGzip = (start: Uint8Array) => start[0] === 0x1f && start[1] === 0x8b;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads a body to its end and uncompresses it if it is gzip. A host may have declared the gzip as a
 * content encoding, and then the browser has uncompressed it already: the first two bytes tell.
 *
 * @param onBytes called with the bytes that have come from `body`, and whether they are gzip.
 * @throws TypeError if the gzip is broken or ends early.
 */
export async function uncompressed(
  body: ReadableStream<Bytes>,
  onBytes?: (arrived: number, gzip: boolean) => void,
): Promise<ArrayBuffer> {
  const reader = body.getReader();
  let start: Bytes = new Uint8Array(0);
  while (start.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    const joined = new Uint8Array(start.length + value.length);
    joined.set(start);
    joined.set(value, start.length);
    start = joined;
  }
  const gzip = isGzip(start);
  let arrived = start.length;
  onBytes?.(arrived, gzip);

  const whole = new ReadableStream<Bytes>({
    start: (controller) => controller.enqueue(start),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      arrived += value.length;
      onBytes?.(arrived, gzip);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const plain = gzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
  return new Response(plain).arrayBuffer();
}

/**
 * Fetches a file.
 *
 * @returns its uncompressed content.
 * @throws Error in words for the reader if the host does not have it, or what came is not it;
 *   the browser's own `TypeError` if the network failed; `AbortError` if `signal` was aborted.
 */
export async function download(
  file: PublishedFile,
  { signal, cache = 'force-cache', onBytes }: DownloadOptions = {},
): Promise<ArrayBuffer> {
  const response = await fetch(file.url, { signal: signal ?? null, cache });
  if (!response.ok || !response.body) throw new Error(`the site answered ${response.status}`);
  const content = await uncompressed(response.body, (arrived, gzip) =>
    onBytes?.(Math.min(file.bytes, gzip ? arrived : (arrived * file.bytes) / file.rawBytes)),
  );
  // A sign-in page of a café's network, or a host's page for "not found", arrives as a success.
  if (content.byteLength !== file.rawBytes) throw new Error('something else came in its place');
  return content;
}
