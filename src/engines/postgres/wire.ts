/**
 * Reads PostgreSQL's messages as they stream in, without making an object of a row nobody wants.
 *
 * Source: https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
import { protocol, type messages } from '@electric-sql/pglite';

/** Who listens to a query's answer. */
export interface MessageHandler {
  /**
   * @param read the row's values as text; must be called at once, the bytes are reused.
   * @param message the row as it came, its bytes reused as well.
   */
  row(read: () => (string | null)[], message: Uint8Array): void;
  /** Any message that is not a row. */
  message(message: messages.BackendMessage): void;
}

const HEADER = 5;
const DATA_ROW = 'D'.charCodeAt(0);
const UTF8 = new TextDecoder();

/** Puts together messages out of pieces of any size. */
export class MessageStream {
  private readonly handler: MessageHandler;
  private readonly parser = new protocol.Parser();
  /** The beginning of a message whose end has not come yet. */
  private pending = new Uint8Array(0);
  private pendingLength = 0;

  constructor(handler: MessageHandler) {
    this.handler = handler;
  }

  /** @param bytes is read before this returns, and not kept. */
  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.pendingLength === 0) {
        const end = endOfMessage(bytes, at, bytes.length);
        if (end !== null && end <= bytes.length) {
          this.deliver(bytes.subarray(at, end));
          at = end;
          continue;
        }
      }
      at += this.fill(bytes.subarray(at));
    }
  }

  /** Adds to the pending message as much as it lacks, and returns how much that was. */
  private fill(bytes: Uint8Array): number {
    const end = endOfMessage(this.pending, 0, this.pendingLength);
    const wanted = end ?? HEADER;
    const taken = Math.min(wanted - this.pendingLength, bytes.length);
    if (this.pending.length < wanted) {
      const larger = new Uint8Array(wanted);
      larger.set(this.pending.subarray(0, this.pendingLength));
      this.pending = larger;
    }
    this.pending.set(bytes.subarray(0, taken), this.pendingLength);
    this.pendingLength += taken;
    if (this.pendingLength === endOfMessage(this.pending, 0, this.pendingLength)) {
      const message = this.pending.subarray(0, this.pendingLength);
      this.pending = new Uint8Array(0);
      this.pendingLength = 0;
      this.deliver(message);
    }
    return taken;
  }

  private deliver(message: Uint8Array): void {
    if (message[0] === DATA_ROW) this.handler.row(() => readRow(message), message);
    else this.parser.parse(message, (parsed) => this.handler.message(parsed));
  }
}

/** Where the message that begins at `start` ends, or null if its length has not come yet. */
function endOfMessage(bytes: Uint8Array, start: number, length: number): number | null {
  if (length - start < HEADER) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return start + 1 + view.getUint32(start + 1);
}

function readRow(message: Uint8Array): (string | null)[] {
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  let at = HEADER + 2;
  return Array.from({ length: view.getUint16(HEADER) }, () => {
    const length = view.getInt32(at);
    at += 4;
    if (length < 0) return null;
    const value = UTF8.decode(message.subarray(at, at + length));
    at += length;
    return value;
  });
}
