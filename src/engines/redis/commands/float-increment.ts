/** The sum that INCRBYFLOAT and HINCRBYFLOAT store and answer. */
import type { Bytes } from '../core/bytes.ts';
import { addLongDoubles, formatLongDouble, parseLongDouble } from '../core/long-double.ts';
import { err, NOT_FLOAT, type ReplyError } from '../core/reply.ts';

/**
 * @param notANumber the error if what is stored is no number.
 */
export function addFloats(stored: Bytes, increment: Bytes, notANumber: ReplyError): Bytes {
  const a = parseLongDouble(stored);
  if (a === undefined) throw notANumber;
  const b = parseLongDouble(increment);
  if (b === undefined) throw NOT_FLOAT;
  if (a === 'infinite' || b === 'infinite') throw err('increment would produce NaN or Infinity');
  return formatLongDouble(addLongDoubles(a, b));
}
