/**
 * How many different elements the registers speak of: Otmar Ertl's estimator (arXiv:1702.01284),
 * from how often each register value occurs. The order of the sums is redis-server's: so is the result.
 */
import { REGISTERS } from './hash.ts';
import { DENSE, register, type Sketch } from './dense.ts';
import { runs } from './sparse.ts';

/** Bits of the hash that are no index. */
const Q = 50;
/** 0.5 / ln 2. */
const ALPHA = 0.7213475204444817;

/** What redis-server counts where registers that no elements could have set leave 64 bits. */
const NO_NUMBER = -(2n ** 63n);

/** Occurrences of each register value, and whether there were 16,384 registers. */
export function histogram(sketch: Sketch): { counts: Int32Array; whole: boolean } {
  const counts = new Int32Array(64);
  if (sketch[4] === DENSE) {
    for (let i = 0; i < REGISTERS; i++) counts[register(sketch, i)]!++;
    return { counts, whole: true };
  }
  let total = 0;
  for (const { value, length } of runs(sketch)) {
    counts[value]! += length;
    total += length;
  }
  return { counts, whole: total === REGISTERS };
}

export function histogramOf(registers: Uint8Array): Int32Array {
  const counts = new Int32Array(64);
  for (const value of registers) counts[value]!++;
  return counts;
}

export function estimate(counts: Int32Array): bigint {
  const m = REGISTERS;
  let z = m * tau((m - counts[Q + 1]!) / m);
  for (let j = Q; j >= 1; j--) z = (z + counts[j]!) * 0.5;
  z += m * sigma(counts[0]! / m);
  const count = Math.round((ALPHA * m * m) / z);
  return count < 2 ** 63 ? BigInt(count) : NO_NUMBER;
}

function sigma(x: number): number {
  if (x === 1) return Infinity;
  let y = 1;
  let z = x;
  for (let before = NaN; before !== z;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let y = 1;
  let z = 1 - x;
  for (let before = NaN; before !== z;) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}
