/** Uncompresses what a site publishes while it arrives: every file of an engine is stored as gzip. */

/** Whether a content is gzip, by its first two bytes (RFC 1952). */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** Takes a content piece by piece and gives it whole. */
export interface Unpacking {
  /** Resolves when the next piece may come. */
  add(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The whole content, uncompressed. @throws TypeError if the gzip is broken or ends early. */
  end(): Promise<ArrayBuffer>;
}

/**
 * Uncompresses a content of which the first piece is `start`. What is no gzip is put together as it
 * is: a host may have declared the gzip as a content encoding, and then the browser has uncompressed
 * it already.
 */
export function unpacking(start: Uint8Array): Unpacking {
  const { readable, writable } = isGzip(start)
    ? new DecompressionStream('gzip')
    : new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const content = new Response(readable).arrayBuffer();
  // Both ends tell of a broken gzip; whoever ends the content hears of it once.
  content.catch(() => undefined);
  writer.closed.catch(() => undefined);
  return {
    add: async (piece) => {
      await writer.write(piece);
    },
    async end() {
      writer.close().catch(() => undefined);
      return content;
    },
  };
}

/** @returns a content as it was before it was published. @throws TypeError if the gzip is broken. */
export async function unpacked(content: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(content);
  const whole = unpacking(start);
  // The stream takes what it is given for its own, and the content may be asked for again.
  whole.add(start).catch(() => undefined);
  return new Uint8Array(await whole.end());
}
