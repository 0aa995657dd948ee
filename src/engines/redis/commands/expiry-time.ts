/** Expiry arguments as absolute times. */
import type { Bytes } from '../core/bytes.ts';
import { INT64_MAX, integer, narrow, type Integer } from '../core/numbers.ts';
import { err } from '../core/reply.ts';

/**
 * The time an expiry argument of SET, GETEX, … means, in Unix milliseconds.
 *
 * @param unit milliseconds per unit of the argument.
 * @param base what it counts from: now, or 0 for `EXAT`.
 * @throws ReplyError for zero, negative and overflowing times.
 */
export function absoluteExpiry(text: Bytes, unit: number, base: number, command: string): Integer {
  const n = integer(text);
  const invalid = err(`invalid expire time in '${command}' command`);
  if (n <= 0) throw invalid;
  const at = BigInt(n) * BigInt(unit) + BigInt(base);
  if (at > INT64_MAX) throw invalid;
  return narrow(at);
}
