/** What `cjson`'s functions for settings change. It holds from then on, for all scripts, until SCRIPT FLUSH. */
import type { LuaFunction, Machine } from '../machine.ts';
import { toInt } from '../numbers.ts';
import { BOOLEAN, NIL } from '../api.ts';

const OFF_ON = ['off', 'on'];
const INVALID = ['off', 'on', 'null'];
const INT_MAX = 2 ** 31 - 1;

export class JsonSettings {
  sparseConvert = 0;
  sparseRatio = 2;
  sparseSafe = 10;
  encodeDepth = 1000;
  decodeDepth = 1000;
  /** 0: an error, 1: as they are, 2: `null`. */
  encodeInvalid = 0;
  decodeInvalid = 1;
  keepBuffer = 1;
  precision = 14;
}

/** The functions that read and change them. */
export function settingFunctions(lua: Machine, json: JsonSettings): Record<string, LuaFunction> {
  const { api } = lua;
  type Name = keyof JsonSettings;
  const integer = (L: number, at: number, name: Name, least: number, most: number): void => {
    if (api.lua_type(L, at) !== NIL) {
      const value = toInt(api.luaL_checknumber(L, at));
      if (value < least || value > most) {
        lua.badArgument(L, 1, `expected integer between ${least} and ${most}`);
      }
      json[name] = value;
    }
    api.lua_pushnumber(L, json[name]);
  };
  const choice = (L: number, at: number, name: Name, options = OFF_ON): void => {
    const type = api.lua_type(L, at);
    if (type === BOOLEAN) json[name] = api.lua_toboolean(L, at);
    else if (type !== NIL) {
      const text = lua.checkText(L, at);
      const index = options.indexOf(text);
      if (index < 0) lua.badArgument(L, at, `invalid option '${text}'`);
      json[name] = index;
    }
    lua.push(L, json[name] < 2 ? json[name] === 1 : options[json[name]]!);
  };
  const taking =
    (count: number, fn: LuaFunction): LuaFunction =>
    (L) => {
      if (api.lua_gettop(L) > count) lua.badArgument(L, count + 1, 'found too many arguments');
      api.lua_settop(L, count);
      return fn(L);
    };
  const one = (set: (L: number) => void): LuaFunction =>
    taking(1, (L) => {
      set(L);
      return 1;
    });
  return {
    encode_sparse_array: taking(3, (L) => {
      choice(L, 1, 'sparseConvert');
      integer(L, 2, 'sparseRatio', 0, INT_MAX);
      integer(L, 3, 'sparseSafe', 0, INT_MAX);
      return 3;
    }),
    encode_max_depth: one((L) => integer(L, 1, 'encodeDepth', 1, INT_MAX)),
    decode_max_depth: one((L) => integer(L, 1, 'decodeDepth', 1, INT_MAX)),
    encode_number_precision: one((L) => integer(L, 1, 'precision', 1, 14)),
    encode_keep_buffer: one((L) => choice(L, 1, 'keepBuffer')),
    encode_invalid_numbers: one((L) => choice(L, 1, 'encodeInvalid', INVALID)),
    decode_invalid_numbers: one((L) => choice(L, 1, 'decodeInvalid')),
  };
}
