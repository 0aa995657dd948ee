/**
 * The sparse form of a HyperLogLog: runs of equal registers, one or two bytes each.
 *
 * | bits | run |
 * | --- | --- |
 * | `00nnnnnn` | n+1 registers of 0 |
 * | `01nnnnnn nnnnnnnn` | the same, up to 16,384 |
 * | `1vvvvvnn` | n+1 registers of v+1 |
 *
 * How runs are split and joined is redis-server's way: `GET` shows the bytes.
 */
import { REGISTERS } from './hash.ts';
import { DENSE, DENSE_SIZE, HEADER, raise, SPARSE, type Sketch } from './dense.ts';

/** The greatest register that a run can have. */
const MOST = 32;
const LONGEST_RUN = 4;
const LONGEST_SHORT_ZERO = 64;

export interface Run {
  /** Where its bytes begin. */
  at: number;
  size: 1 | 2;
  value: number;
  length: number;
}

export function runAt(sketch: Sketch, at: number): Run {
  const byte = sketch[at]!;
  if (byte & 0x80) {
    return { at, size: 1, value: ((byte >> 2) & 31) + 1, length: (byte & 3) + 1 };
  }
  if (byte & 0x40) {
    // A first half at the very end: what is behind a string is a 0.
    return { at, size: 2, value: 0, length: (((byte & 63) << 8) | (sketch[at + 1] ?? 0)) + 1 };
  }
  return { at, size: 1, value: 0, length: byte + 1 };
}

export function* runs(sketch: Sketch): Generator<Run> {
  for (let at = HEADER; at < sketch.length;) {
    const run = runAt(sketch, at);
    yield run;
    at += run.size;
  }
}

const runOf = (value: number, length: number): number => 0x80 | ((value - 1) << 2) | (length - 1);
const zeros = (length: number): number[] =>
  length > LONGEST_SHORT_ZERO
    ? [0x40 | ((length - 1) >> 8), (length - 1) & 255]
    : length > 0
      ? [length - 1]
      : [];
const same = (value: number, length: number): number[] =>
  value === 0 ? zeros(length) : length > 0 ? [runOf(value, length)] : [];

/** All registers 0. */
export function emptySketch(): Sketch {
  const sketch = new Uint8Array(HEADER + 2);
  sketch.set([0x48, 0x59, 0x4c, 0x4c, SPARSE]);
  sketch.set(zeros(REGISTERS), HEADER);
  return sketch;
}

/** The same registers in the dense form, or `undefined` if the runs are not of 16,384 registers. */
export function toDense(sketch: Sketch): Sketch | undefined {
  if (sketch[4] === DENSE) return sketch;
  const dense = new Uint8Array(DENSE_SIZE);
  dense.set(sketch.subarray(0, HEADER));
  dense[4] = DENSE;
  const filled = eachRegister(sketch, (index, value) => raise(dense, index, value));
  return filled ? dense : undefined;
}

/** Calls back for every register that is not 0. @returns whether there were 16,384 in all. */
export function eachRegister(
  sketch: Sketch,
  call: (index: number, value: number) => void,
): boolean {
  let index = 0;
  for (const { value, length } of runs(sketch)) {
    const end = index + length;
    if (end > REGISTERS) return false;
    for (; value > 0 && index < end; index++) call(index, value);
    index = end;
  }
  return index === REGISTERS;
}

/**
 * Raises a register, in the dense form if the sparse one has no room for it.
 *
 * @param most how many bytes a sparse one may have.
 * @returns the changed sketch, `null` if nothing changed, `undefined` if its bytes make no sense.
 */
export function raiseSparse(
  sketch: Sketch,
  index: number,
  run: number,
  most: number,
): Sketch | null | undefined {
  if (run > MOST) return promote(sketch, index, run);
  let first = 0;
  let before = HEADER;
  let found: Run | undefined;
  for (let at = HEADER; at < sketch.length;) {
    const next = runAt(sketch, at);
    if (index < first + next.length) {
      found = next;
      break;
    }
    first += next.length;
    before = at;
    at += next.size;
  }
  if (!found || found.at >= sketch.length) return undefined;
  const { at, size, value, length } = found;
  if (value >= run) return null;
  const bytes = [
    ...same(value, index - first),
    runOf(run, 1),
    ...same(value, first + length - 1 - index),
  ];
  const growth = bytes.length - size;
  if (growth > 0 && sketch.length + growth > most) return promote(sketch, index, run);
  let changed = sketch;
  if (growth !== 0) {
    changed = new Uint8Array(sketch.length + growth);
    changed.set(sketch.subarray(0, at));
    const rest = sketch.subarray(at + size);
    if (rest.length > 0) changed.set(rest, at + bytes.length);
  }
  // Only a first half at the very end leaves no room for them.
  changed.set(bytes.slice(0, changed.length - at), at);
  changed = join(changed, before);
  changed[15]! |= 0x80;
  return changed;
}

function promote(sketch: Sketch, index: number, run: number): Sketch | undefined {
  const dense = toDense(sketch);
  if (dense) raise(dense, index, run);
  return dense;
}

/** Joins neighbors of one value, among five runs from the one before the change. */
function join(sketch: Sketch, from: number): Sketch {
  let at = from;
  let { length } = sketch;
  for (let steps = 5; at < length && steps > 0; steps--) {
    const byte = sketch[at]!;
    if (!(byte & 0x80)) {
      at += byte & 0x40 ? 2 : 1;
      continue;
    }
    const next = at + 1 < length ? sketch[at + 1]! : 0;
    // Both are runs of one value: all bits but the two of the length agree.
    const together = (byte & 3) + (next & 3) + 2;
    if (next >> 2 === byte >> 2 && together <= LONGEST_RUN) {
      sketch[at + 1] = (byte & ~3) | (together - 1);
      sketch.copyWithin(at, at + 1, length);
      length--;
      continue;
    }
    at++;
  }
  return length === sketch.length ? sketch : sketch.slice(0, length);
}
