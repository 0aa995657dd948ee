/** Fetches one published file. */
import { isGzip } from './gzip.ts';
import type { PublishedFile } from './manifest.ts';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** `force-cache` by default: the name carries the content's hash. */
  cache?: RequestCache;
  /** Called with what has arrived of the file so far, on the scale of {@link PublishedFile.bytes}. */
  onBytes?: (loaded: number) => void;
}

/**
 * Fetches a file.
 *
 * @returns its content as it came: gzip, or uncompressed if the browser has done that already.
 * @throws Error in words for the reader if the host does not have it, or what came is not it;
 *   the browser's own `TypeError` if the network failed; `AbortError` if `signal` was aborted.
 */
export async function download(
  file: PublishedFile,
  { signal, cache = 'force-cache', onBytes }: DownloadOptions = {},
): Promise<ArrayBuffer> {
  const response = await fetch(file.url, { signal: signal ?? null, cache });
  if (!response.ok || !response.body) throw new Error(`the site answered ${response.status}`);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let arrived = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    arrived += value.length;
    const part = pieces[0] && isGzip(pieces[0]) ? arrived / file.bytes : arrived / file.rawBytes;
    onBytes?.(Math.min(1, part) * file.bytes);
  }
  const content = new Uint8Array(arrived);
  let end = 0;
  for (const piece of pieces) {
    content.set(piece, end);
    end += piece.length;
  }
  const expected = isGzip(content) ? file.bytes : file.rawBytes;
  // A sign-in page of a café's network, or a host's page for "not found", arrives as a success.
  if (arrived !== expected) throw new Error('something else came in its place');
  return content.buffer;
}
