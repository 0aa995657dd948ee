/** C's `strtod`, which reads as much of a text as is a number. */
import type { Bytes } from '../../core/bytes.ts';
import { strtod } from '../../core/numbers.ts';

const NUMBER =
  /[ \t\n\v\f\r]*([+-]?)(?:(0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?)|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(inf(?:inity)?)|(nan(?:\(\w*\))?))/iy;

export function decimalPrefix(text: Bytes, at: number): { value: number; length: number } {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  if (!match) return { value: 0, length: 0 };
  const [whole, sign, hex, decimal, infinite] = match;
  const value = hex ? strtod(hex) : decimal ? Number(decimal) : infinite ? Infinity : NaN;
  return { value: sign === '-' ? -value : value, length: whole.length };
}
