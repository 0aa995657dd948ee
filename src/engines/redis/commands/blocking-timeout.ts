/** The timeout argument of blocking commands. */
import type { Bytes } from '../core/bytes.ts';
import { ceilTimes, parseLongDouble } from '../core/long-double.ts';
import { err } from '../core/reply.ts';
import type { Server } from '../core/server.ts';

/** Seconds, with a fraction, as the absolute time in milliseconds; 0 is for ever. */
export function blockingTimeout(server: Server, text: Bytes): number {
  const seconds = parseLongDouble(text);
  if (seconds === undefined) throw err('timeout is not a float or out of range');
  // Beyond 64 bits the conversion to an integer gives the lowest one, in C as on any x86.
  const milliseconds =
    seconds === 'infinite' ? -1n : BigInt.asIntN(64, clampToLowest(ceilTimes(seconds, 1000n)));
  if (milliseconds < 0n) throw err('timeout is negative');
  return milliseconds === 0n ? Infinity : Number(milliseconds) + server.now;
}

function clampToLowest(n: bigint): bigint {
  return n > 9223372036854775807n || n < -9223372036854775808n ? -9223372036854775808n : n;
}
