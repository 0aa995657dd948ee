/** How long things take, by order of magnitude, each with the source that says so: rungs of a ladder. */
import { forbiddenScheme } from '../../foundation/markup/scheme.ts';

export interface Latency {
  what: string;
  nanoseconds: number;
  kind: 'memory' | 'software' | 'disk' | 'network';
  /** What readers see as its kind: the name of the software. */
  label?: string;
  /** The address that says so. */
  source: string;
}

/** Powers of ten that a ladder has room for. */
export const POWERS = 6;

/** @throws Error naming the rung and the remedy, where it has no place on the scale or no source. */
export function checkLatencies(rungs: readonly Latency[], from: number): readonly Latency[] {
  for (const { what, nanoseconds, source } of rungs) {
    if (!(nanoseconds >= from && nanoseconds <= from * 10 ** POWERS))
      throw new Error(
        `<LatencyLadder>, rung "${what}": ${nanoseconds} does not lie between ${from} and ${from * 10 ** POWERS}. Change it, or the from of the ladder.`,
      );
    if (!/^https?:/.test(source) || forbiddenScheme(source) !== null)
      throw new Error(
        `<LatencyLadder>, rung "${what}": ${source} is no source. Write an address: https://…`,
      );
  }
  return rungs;
}

/** `100 ns`, `16 µs`, `10 ms`. */
export function inWords(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds} ns`;
  if (nanoseconds < 1_000_000) return `${nanoseconds / 1000} µs`;
  return `${nanoseconds / 1_000_000} ms`;
}

/** Where a bar ends, in percent of a scale that has the same room for every power of ten. */
export const onLogScale = (nanoseconds: number, from: number): number =>
  (100 * Math.log10(nanoseconds / from)) / POWERS;
