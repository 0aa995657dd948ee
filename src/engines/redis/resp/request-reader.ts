/** Reads commands from the wire, however the bytes are cut: what a server does. */
import type { Bytes } from '../core/bytes.ts';
import { parseInteger } from '../core/numbers.ts';
import { splitArguments } from '../cli/split-arguments.ts';

/** A frame that is no RESP. The connection gets this error as a reply and is closed. */
export class ProtocolError {
  /** As Redis words it: `ERR Protocol error: …`. */
  readonly message: string;
  constructor(what: string) {
    this.message = `ERR Protocol error: ${what}`;
  }
}

/** The longest line (an inline command, a length) that is waited for. */
const MAX_LINE = 64 * 1024;
const MAX_ARGUMENTS = 2147483647;
/** What an argument takes beside its bytes. */
const ARGUMENT = 16;

export class RequestReader {
  private buffer = '';
  /** Chunks of an argument that is not complete yet, kept apart so that long ones cost no copying. */
  private waiting: Bytes[] = [];
  private waitingLength = 0;
  /** How many arguments of the open command are still to come. */
  private left = 0;
  private argv: Bytes[] = [];
  private argvLength = 0;
  /** Length of the argument being read, or -1. */
  private bulk = -1;
  private broken = false;
  private readonly maxBulk: () => number;

  /** @param maxBulk the longest argument allowed, in bytes (`proto-max-bulk-len`). */
  constructor(maxBulk: () => number = () => 536870912) {
    this.maxBulk = maxBulk;
  }

  /** How many bytes have come of a command that is not complete. */
  get held(): number {
    return this.buffer.length + this.waitingLength + this.argvLength;
  }

  private isBroken(): boolean {
    return this.broken;
  }

  /** Takes what has arrived. @returns the commands now complete; an error is the last thing it ever returns. */
  feed(chunk: Bytes): (Bytes[] | ProtocolError)[] {
    if (this.broken) return [];
    this.waiting.push(chunk);
    this.waitingLength += chunk.length;
    if (this.bulk >= 0 && this.buffer.length + this.waitingLength < this.bulk + 2) return [];
    this.buffer += this.waiting.join('');
    this.waiting = [];
    this.waitingLength = 0;
    const commands: (Bytes[] | ProtocolError)[] = [];
    let at = 0;
    for (let step: number | undefined = 0; step !== undefined && !this.isBroken();) {
      at = step;
      step = this.step(at, commands);
    }
    this.buffer = this.isBroken() ? '' : this.buffer.slice(at);
    return commands;
  }

  /** Reads one line or argument at `at`. @returns where the next begins, or `undefined` for want of bytes. */
  private step(at: number, out: (Bytes[] | ProtocolError)[]): number | undefined {
    const { buffer } = this;
    const fail = (what: string): number => {
      this.broken = true;
      out.push(new ProtocolError(what));
      return at;
    };
    if (this.bulk >= 0) {
      if (buffer.length < at + this.bulk + 2) return undefined;
      this.argv.push(buffer.slice(at, at + this.bulk));
      // An empty argument takes room as well.
      this.argvLength += this.bulk + ARGUMENT;
      const next = at + this.bulk + 2;
      this.bulk = -1;
      if (--this.left === 0) {
        out.push(this.argv);
        this.argv = [];
        this.argvLength = 0;
      }
      return next;
    }
    if (at >= buffer.length) return undefined;
    const inline = this.left === 0 && buffer[at] !== '*';
    let end = buffer.indexOf(inline ? '\n' : '\r', at);
    // A zero byte ends a line for C, which then goes on waiting for the newline.
    if (inline && end >= 0 && buffer.slice(at, end).includes('\0')) end = -1;
    if (end < 0) {
      if (buffer.length - at <= MAX_LINE) return undefined;
      if (inline) return fail('too big inline request');
      return fail(this.left === 0 ? 'too big mbulk count string' : 'too big bulk count string');
    }
    if (inline) {
      const words = splitArguments(buffer.slice(at, end), true);
      if (!words) return fail('unbalanced quotes in request');
      if (words.length > 0) out.push(words);
      return end + 1;
    }
    if (end + 1 >= buffer.length) return undefined;
    const length = parseInteger(buffer.slice(at + 1, end));
    if (this.left === 0) {
      if (length === undefined || length > MAX_ARGUMENTS) return fail('invalid multibulk length');
      if (length > 0) this.left = Number(length);
    } else {
      if (buffer[at] !== '$') return fail(`expected '$', got '${buffer[at]!}'`);
      if (length === undefined || length < 0 || length > this.maxBulk()) {
        return fail('invalid bulk length');
      }
      this.bulk = Number(length);
    }
    return end + 2;
  }
}
