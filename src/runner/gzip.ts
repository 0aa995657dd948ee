/** Uncompresses what a site publishes: every file of an engine is stored as gzip. */

/** Whether a content is gzip, by its first two bytes (RFC 1952). */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * The uncompressed content. What is no gzip is returned as it is: a host may have declared the gzip
 * as a content encoding, and then the browser has uncompressed it already.
 *
 * @throws TypeError if the gzip is broken or ends early.
 */
export async function uncompressed(content: ArrayBuffer): Promise<ArrayBuffer> {
  const { body } = new Response(content);
  if (!body || !isGzip(new Uint8Array(content))) return content;
  return new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
