/** Cuts what arrives into messages. It holds no more than one that is not complete. */
import { HEADER_BYTES, MAX_MESSAGE_BYTES, ProtocolError } from './messages.ts';

/** The first four bytes of a browser's request, read as a length. */
const HTTP = ['GET ', 'POST', 'HEAD', 'PUT ', 'OPTI'].map((word) =>
  Buffer.from(word, 'latin1').readInt32LE(0),
);

/** What a browser is told. */
export const HTTP_ANSWER =
  'HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n' +
  'This port speaks the wire protocol of MongoDB, not HTTP. Connect with mongosh or a driver.\r\n';

/** Somebody speaks HTTP. */
export class HttpError extends ProtocolError {}

export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** The length of the message that is arriving; 0 until it is known. */
  #length = 0;

  /** Bytes that wait for the rest of their message. */
  get held(): number {
    return this.#bytes;
  }

  /** @returns the messages that are complete now. @throws ProtocolError if a length is none. */
  feed(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const frames: Buffer[] = [];
    while (this.#bytes >= (this.#length || 4)) {
      if (this.#length === 0) {
        this.#length = lengthOf(this.#joined());
        continue;
      }
      const all = this.#joined();
      frames.push(all.subarray(0, this.#length));
      this.#keep(all.subarray(this.#length));
    }
    return frames;
  }

  /** Joined only when a length, or all of a message, is there: a long one in small pieces is copied once. */
  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
    this.#length = 0;
  }
}

function lengthOf(start: Buffer): number {
  const length = start.readInt32LE(0);
  if (HTTP.includes(length)) throw new HttpError('somebody speaks HTTP');
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
    throw new ProtocolError(
      `a message says that it has ${length} bytes; it may have ${HEADER_BYTES} to ${MAX_MESSAGE_BYTES}`,
    );
  }
  return length;
}
