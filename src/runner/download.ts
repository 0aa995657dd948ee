/** Fetches one published file. */
import { isGzip, unpacking, type Unpacking } from './gzip.ts';
import type { PublishedFile } from './manifest.ts';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** `force-cache` by default: the name carries the content's hash. */
  cache?: RequestCache;
  /** Called with what has arrived of the file so far, on the scale of {@link PublishedFile.bytes}. */
  onBytes?: (loaded: number) => void;
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
  { signal, cache = 'force-cache', onBytes }: DownloadOptions = {},
): Promise<ArrayBuffer> {
  const response = await fetch(file.url, { signal: signal ?? null, cache });
  if (!response.ok || !response.body) throw new Error(`the site answered ${response.status}`);
  const reader = response.body.getReader();
  let content: Unpacking | undefined;
  // What the pieces add up to: the file as published, or as the browser has unpacked it.
  let expected = file.rawBytes;
  let arrived = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!content) {
      content = unpacking(value);
      if (isGzip(value)) expected = file.bytes;
    }
    arrived += value.length;
    onBytes?.(Math.min(1, arrived / expected) * file.bytes);
    await content.add(value).catch(refuse);
  }
  // A sign-in page of a café's network, or a host's page for "not found", arrives as a success.
  if (!content || arrived !== expected) refuse();
  const unpacked = await content!.end().catch(refuse);
  if (unpacked.byteLength !== file.rawBytes) refuse();
  return unpacked;
}

const refuse = (): never => {
  throw new Error('something else came in its place');
};
