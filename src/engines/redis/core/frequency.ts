/**
 * How often a value is used, as `maxmemory-policy …-lfu` counts: a counter up to 255 that rises the more
 * seldom the higher it is, and falls by one with every minute without use.
 */
import type { Value } from './values.ts';

/** What a new value begins with, so that it is not the first to go. */
const FIRST = 5;
/** `lfu-log-factor`. */
const FACTOR = 10;

const minute = (milliseconds: number): number => Math.floor(milliseconds / 60_000);

/** The counter now. */
export function frequency({ accesses, accessedAt }: Value, now: number): number {
  return Math.max(0, accesses - (minute(now) - minute(accessedAt)));
}

/** The counter after one more use. */
export function used(value: Value, now: number, random: () => number): number {
  const counter = frequency(value, now);
  const chance = 1 / (Math.max(0, counter - FIRST) * FACTOR + 1);
  return counter < 255 && random() < chance ? counter + 1 : counter;
}
