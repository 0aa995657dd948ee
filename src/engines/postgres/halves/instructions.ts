/** Instructions of WebAssembly, as far as one has to know where they end to find those that name a function. */
import { codeOf } from './anatomy.ts';
import { leb, OP, type Piece, Reader, UnknownModule } from './binary.ts';

/** A place in a body where a function is named. */
export interface Naming {
  /** The function. */
  index: number;
  /** Where its number stands in the body, and how many bytes it takes. */
  at: number;
  length: number;
  /** Whether it is called there; if not, a reference to it is made. */
  isCall: boolean;
}

/**
 * @param body of a function, with its locals.
 * @throws UnknownModule for an instruction that this does not know.
 * @see https://webassembly.github.io/spec/core/binary/instructions.html
 */
export function namingsOf(body: Uint8Array): Naming[] {
  const found: Naming[] = [];
  const reader = new Reader(body, codeOf(body));
  while (!reader.done) {
    const operator = reader.byte();
    if (operator === OP.call || operator === OP.returnCall || operator === OP.refFunc) {
      const { at } = reader;
      const index = reader.number();
      found.push({ index, at, length: reader.at - at, isCall: operator !== OP.refFunc });
    } else skip(operator, reader);
  }
  return found;
}

/** @param renamed the new number of each function. @returns the body, with its functions called so. */
export function renaming(body: Uint8Array, renamed: (index: number) => number): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { index, at, length } of namingsOf(body)) {
    pieces.push(body.subarray(done, at), leb(renamed(index)));
    done = at + length;
  }
  return [...pieces, body.subarray(done)];
}

/** Reads what follows an operator. */
function skip(operator: number, reader: Reader): void {
  const numbers = (count: number): void => {
    for (; count > 0; count--) pass(reader);
  };
  if (operator <= 0x01 || operator === 0x05 || operator === OP.end || operator === 0x0f) return;
  // block, loop, if, br, br_if; what is of one local, global or table
  if ((operator >= 0x02 && operator <= 0x04) || operator === 0x0c || operator === 0x0d)
    return numbers(1);
  if (operator >= 0x20 && operator <= 0x26) return numbers(1);
  // br_table, select with types
  if (operator === 0x0e) return numbers(reader.number() + 1);
  if (operator === 0x1c) return numbers(reader.number());
  // call_indirect, return_call_indirect; loads and stores
  if (operator === OP.callIndirect || operator === 0x13) return numbers(2);
  if (operator >= 0x28 && operator <= 0x3e) return numbers(2);
  if (operator === 0x1a || operator === 0x1b) return;
  // memory.size, memory.grow, i32.const, i64.const, ref.null
  if ((operator >= 0x3f && operator <= 0x42) || operator === 0xd0) return numbers(1);
  if (operator === 0x43) return void reader.take(4);
  if (operator === 0x44) return void reader.take(8);
  if ((operator >= 0x45 && operator <= 0xc4) || operator === 0xd1) return;
  if (operator === 0xfc) return numbers(BULK[reader.number()] ?? unknown('fc'));
  unknown(operator.toString(16));
}

/** How many numbers follow each operator behind `fc`: conversions, memories, tables. */
const BULK = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** Passes over a number, signed or not. */
function pass(reader: Reader): void {
  while (reader.byte() >= 0x80);
}

function unknown(operator: string): never {
  throw new UnknownModule(`it has an operator ${operator}`);
}
