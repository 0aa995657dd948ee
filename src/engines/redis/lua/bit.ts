/** The library `bit`: operations on 32 bits. */
import type { LuaFunction, Machine } from './machine.ts';

export function openBit(lua: Machine, L: number): void {
  const { api } = lua;
  /** An argument modulo 2³²; of a fraction the nearest even integer. */
  const bits = (state: number, argument: number): number => {
    const value = api.lua_tonumber(state, argument);
    if (value === 0 && api.lua_isnumber(state, argument) === 0) {
      return lua.wrongType(state, argument, 'number');
    }
    return low32(value);
  };
  const answer = (state: number, value: number): number => {
    api.lua_pushnumber(state, value | 0);
    return 1;
  };
  const all =
    (combine: (a: number, b: number) => number): LuaFunction =>
    (state) => {
      let value = bits(state, 1);
      for (let i = api.lua_gettop(state); i > 1; i--) value = combine(value, bits(state, i));
      return answer(state, value);
    };
  const shift =
    (by: (value: number, n: number) => number): LuaFunction =>
    (state) => {
      const value = bits(state, 1);
      return answer(state, by(value, bits(state, 2) & 31));
    };
  const functions: Record<string, LuaFunction> = {
    tobit: (state) => answer(state, bits(state, 1)),
    bnot: (state) => answer(state, ~bits(state, 1)),
    band: all((a, b) => a & b),
    bor: all((a, b) => a | b),
    bxor: all((a, b) => a ^ b),
    lshift: shift((value, n) => value << n),
    rshift: shift((value, n) => value >>> n),
    arshift: shift((value, n) => value >> n),
    rol: shift((value, n) => (value << n) | (value >>> (32 - n))),
    ror: shift((value, n) => (value << (32 - n)) | (value >>> n)),
    bswap: (state) => {
      const value = bits(state, 1);
      return answer(
        state,
        (value >>> 24) | ((value >> 8) & 0xff00) | ((value & 0xff00) << 8) | (value << 24),
      );
    },
    tohex: (state) => {
      const value = bits(state, 1) >>> 0;
      const asked = api.lua_type(state, 2) < 0 ? 8 : bits(state, 2) | 0;
      const digits = Math.min(8, Math.abs(asked));
      const text = digits === 0 ? '' : value.toString(16).padStart(8, '0').slice(-digits);
      lua.pushString(state, asked < 0 ? text.toUpperCase() : text);
      return 1;
    },
  };
  lua.library(L, 'bit', functions);
}

/** The lowest 32 bits, after adding 2⁵² + 2⁵¹ has rounded the fraction away. */
function low32(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 6755399441055744);
  return view.getInt32(4);
}
