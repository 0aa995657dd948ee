/**
 * What a command answers, before anybody decides how it looks: RESP 2, RESP 3 and the terminal are
 * three printings of the same value.
 *
 * A bulk string is a JavaScript string in byte form (see `bytes.ts`), an integer a `number`, or a
 * `bigint` where a double could not hold it.
 */
export type Reply =
  | string
  | number
  | bigint
  | null
  | boolean
  | Reply[]
  | Status
  | ReplyError
  | NullArray
  | MapReply
  | SetReply
  | DoubleReply
  | PushReply
  | VerbatimReply
  | BigNumberReply;

/** `+OK`: one line, unquoted. */
export class Status {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * An error reply. It is thrown by whoever finds the error and caught once, in `execute`. It is not a
 * JavaScript `Error`: a stack trace nobody reads would cost more than the command.
 */
export class ReplyError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** The missing array (`*-1`), which RESP 2 tells from the missing string (`$-1`). */
export class NullArray {}

/** Keys and values in turn; an array in RESP 2. */
export class MapReply {
  readonly flat: Reply[];
  constructor(flat: Reply[]) {
    this.flat = flat;
  }
}

/** A set; an array in RESP 2. */
export class SetReply {
  readonly members: Reply[];
  constructor(members: Reply[]) {
    this.members = members;
  }
}

/** A score; a string in RESP 2. */
export class DoubleReply {
  readonly value: number;
  /** How it is written, where that is not C's `%.17g`. */
  readonly text: string | undefined;
  constructor(value: number, text?: string) {
    this.value = value;
    this.text = text;
  }
}

/** A message that answers no command (pub/sub); an array in RESP 2. */
export class PushReply {
  readonly items: Reply[];
  constructor(items: Reply[]) {
    this.items = items;
  }
}

/** Text for people (`INFO`); a string in RESP 2. */
export class VerbatimReply {
  readonly text: string;
  /** Three letters: plain text, or `mkd`. */
  readonly format: string;
  constructor(text: string, format = 'txt') {
    this.text = text;
    this.format = format;
  }
}

/** A number of any length, as only scripts answer it; a string in RESP 2. */
export class BigNumberReply {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

export const OK = new Status('OK');
export const QUEUED = new Status('QUEUED');
export const NULL_ARRAY = new NullArray();

/** `ERR` and the text. */
export function err(message: string): ReplyError {
  return new ReplyError(`ERR ${message}`);
}
export const WRONGTYPE = new ReplyError(
  'WRONGTYPE Operation against a key holding the wrong kind of value',
);
export const SYNTAX = err('syntax error');
export const NO_SUCH_KEY = err('no such key');
export const NOT_INTEGER = err('value is not an integer or out of range');
export const NOT_FLOAT = err('value is not a valid float');
export const OUT_OF_RANGE = err('index out of range');
