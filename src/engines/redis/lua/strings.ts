/** Functions of Lua that take integers: C has 64 bits for them where Redis runs, and wasm 32. */
import { NUMBER, STRING } from './api.ts';
import type { LuaFunction, Machine } from './machine.ts';
import { toInt, toInteger, toUnsigned } from './numbers.ts';

const INTEGER_FORMAT = /%[-+ #0]*\d{0,2}(?:\.\d{0,2})?[A-Za-z%]/g;
const WIDE = 2 ** 31;

/** What takes integers among the globals on top of the stack is told of what is longer; `protection.ts` has more. */
export function widenIntegers(lua: Machine, L: number): void {
  const { api } = lua;
  lua.rawField(L, -1, 'string');
  lua.rawField(L, -1, 'format');
  const format = api.lua_tocfunction(L, -1);
  lua.pop(L);
  lua.setFunction(L, 'format', (state) => {
    writeWideIntegers(lua, state);
    return lua.runInPlace(state, format);
  });
  narrowArguments(lua, L);
  lua.pop(L);
  lua.rawField(L, -1, 'tonumber');
  const toNumber = api.lua_tocfunction(L, -1);
  lua.pop(L);
  lua.setFunction(L, 'tonumber', wideToNumber(lua, toNumber));
}

/** Arguments that are positions in a string: what is beyond 32 bits is beyond any string. */
const POSITIONS = { byte: [2, 3], find: [3], match: [3], sub: [2, 3] };
/** Arguments of which C takes the lowest 32 bits. */
const INTEGERS = { gsub: [4], rep: [2] };

function narrowArguments(lua: Machine, L: number): void {
  const { api } = lua;
  for (const [list, narrow] of [
    [POSITIONS, clamped],
    [INTEGERS, toInt],
  ] as const) {
    for (const [name, places] of Object.entries(list)) {
      lua.rawField(L, -1, name);
      const native = api.lua_tocfunction(L, -1);
      lua.pop(L);
      lua.setFunction(L, name, (state) => {
        for (const at of places) narrowAt(lua, state, at, narrow);
        return lua.runInPlace(state, native);
      });
    }
  }
}

/** Replaces an argument that is a number beyond 32 bits. */
export function narrowAt(
  lua: Machine,
  L: number,
  at: number,
  narrow: (value: number) => number = toInt,
): void {
  const { api } = lua;
  if (api.lua_gettop(L) < at) return;
  const value = api.lua_tonumber(L, at);
  if (Math.abs(value) < WIDE || api.lua_isnumber(L, at) === 0) return;
  api.lua_pushnumber(L, narrow(value));
  api.lua_replace(L, at);
}

const clamped = (value: number): number =>
  Math.max(-WIDE, Math.min(WIDE - 1, Number(toInteger(value))));

/** Functions of two numbers look at the second first, as the C compiler of Redis has it. */
const FROM_THE_RIGHT = ['atan2', 'fmod', 'ldexp', 'mod', 'pow'];

export function checkFromTheRight(lua: Machine, L: number): void {
  const { api } = lua;
  lua.rawField(L, -1, 'math');
  for (const name of FROM_THE_RIGHT) {
    lua.rawField(L, -1, name);
    const native = api.lua_tocfunction(L, -1);
    lua.pop(L);
    lua.setFunction(L, name, (state) => {
      api.luaL_checknumber(state, 2);
      return lua.runInPlace(state, native);
    });
  }
  lua.pop(L);
}

/** Replaces what does not fit into 32 bits by its digits, and its place in the format by `%s`. */
function writeWideIntegers(lua: Machine, L: number): void {
  const { api } = lua;
  const top = api.lua_gettop(L);
  let wide = false;
  for (let i = 2; i <= top && !wide; i++) {
    wide = api.lua_isnumber(L, i) !== 0 && !(Math.abs(api.lua_tonumber(L, i)) < WIDE);
    // What is negative is a very large number where it is printed as unsigned.
    wide ||= api.lua_isnumber(L, i) !== 0 && api.lua_tonumber(L, i) < 0;
  }
  if (!wide || api.lua_type(L, 1) !== STRING) return;
  let argument = 1;
  const written = lua.text(L, 1)!.replace(INTEGER_FORMAT, (spec) => {
    const kind = spec.at(-1)!;
    if (kind === '%') return spec;
    argument++;
    if (!/[dioxXu]/.test(kind) || api.lua_isnumber(L, argument) === 0) return spec;
    lua.pushString(L, formatInteger(spec, api.lua_tonumber(L, argument)));
    api.lua_replace(L, argument);
    return '%s';
  });
  lua.pushString(L, written);
  api.lua_replace(L, 1);
}

/** C's `printf` of one 64-bit integer. */
function formatInteger(spec: string, value: number): string {
  const [, flags = '', width = '', precision] = /^%([-+ #0]*)(\d*)(?:\.(\d*))?/.exec(spec)!;
  const kind = spec.at(-1)!;
  const signed = kind === 'd' || kind === 'i';
  const whole = signed ? BigInt(toInteger(value)) : toUnsigned(value);
  const negative = whole < 0n;
  const base = kind === 'o' ? 8 : /x/i.test(kind) ? 16 : 10;
  let digits = (negative ? -whole : whole).toString(base);
  if (precision !== undefined) {
    digits = digits.padStart(Number(precision || '0'), '0');
    if (whole === 0n && Number(precision || '0') === 0) digits = '';
  }
  let sign = '';
  if (signed) sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  else if (flags.includes('#') && base === 16 && whole !== 0n) sign = '0x';
  else if (flags.includes('#') && base === 8 && !digits.startsWith('0')) sign = '0';
  const zeros = flags.includes('0') && !flags.includes('-') && precision === undefined;
  if (zeros) digits = digits.padStart(Number(width) - sign.length, '0');
  let text = sign + digits;
  text = flags.includes('-') ? text.padEnd(Number(width)) : text.padStart(Number(width));
  return kind === 'X' ? text.toUpperCase() : text;
}

/** `tonumber(text, base)`, as C's `strtoul` of 64 bits reads it. */
function wideToNumber(lua: Machine, native: number): LuaFunction {
  const { api } = lua;
  return (L) => {
    if (api.lua_gettop(L) < 2 || lua.isNoneOrNil(L, 2)) return lua.runInPlace(L, native);
    const base = toInt(api.luaL_checknumber(L, 2));
    if (base === 10 || base < 2 || base > 36) return lua.runInPlace(L, native);
    if (api.lua_type(L, 1) !== STRING && api.lua_type(L, 1) !== NUMBER) {
      return lua.runInPlace(L, native);
    }
    const text = lua.checkText(L, 1).split('\0', 1)[0]!;
    const [, sign, digits] = /^[ \t-\r]*([+-]?)([\da-z]*?)[ \t-\r]*$/i.exec(text) ?? [];
    const value = digits === undefined ? null : unsigned(digits, base);
    if (value === null) api.lua_pushnil(L);
    else {
      const capped = value >= 2n ** 64n ? 2n ** 64n - 1n : value;
      const signed = sign === '-' && capped === value ? BigInt.asUintN(64, -capped) : capped;
      api.lua_pushnumber(L, Number(signed));
    }
    return 1;
  };
}

function unsigned(digits: string, base: number): bigint | null {
  const plain = base === 16 ? digits.replace(/^0x(?=[\da-f])/i, '') : digits;
  if (plain === '') return null;
  let value = 0n;
  for (const char of plain) {
    const digit = parseInt(char, 36);
    if (!(digit < base)) return null;
    value = value * BigInt(base) + BigInt(digit);
  }
  return value;
}
