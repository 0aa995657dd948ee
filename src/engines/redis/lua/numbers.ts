/** Numbers of C as wasm does not have them: 64-bit integers, where this Lua has 32 bits. */
import { formatDouble, INT64_MIN, narrow, type Integer } from '../core/numbers.ts';
import type { Bytes } from '../core/bytes.ts';
import type { Machine } from './machine.ts';

const TWO_63 = 2 ** 63;

/** `(long long)` of a double, as the machines that Redis runs on do it: what does not fit is the least there is. */
export function toInteger(value: number): Integer {
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  if (!(whole >= -TWO_63 && whole < TWO_63)) return INT64_MIN;
  return narrow(BigInt(whole));
}

/** `(unsigned long long)` of a double: what is negative counts from the end, and what is too large is nothing. */
export function toUnsigned(value: number): bigint {
  if (value >= 2 * TWO_63) return 0n;
  const whole = value >= TWO_63 ? BigInt(Math.trunc(value)) : BigInt(toInteger(value));
  return BigInt.asUintN(64, whole);
}

/** `(int)` of a double: the least there is where it does not fit. */
export function toInt32(value: number): number {
  const whole = Math.trunc(value);
  return whole >= -(2 ** 31) && whole < 2 ** 31 ? whole + 0 : -(2 ** 31);
}

/** `(int)` of an integer argument: the lowest 32 bits of 64. */
export function toInt(value: number): number {
  return Number(BigInt.asIntN(32, BigInt(toInteger(value))));
}

/** The number at an index as Redis writes it into a command: `%.17g`. */
export function exactText(lua: Machine, L: number, index: number): Bytes {
  const value = lua.api.lua_tonumber(L, index);
  if (!Number.isNaN(value)) return formatDouble(value);
  // JavaScript does not know the sign of what is no number.
  lua.api.lua_pushvalue(L, index);
  const text = lua.text(L, -1)!;
  lua.pop(L);
  return text;
}
