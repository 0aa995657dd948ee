/** The library `cjson`. */
import type { LuaFunction, Machine } from '../machine.ts';
import { JsonDecoder } from './decode.ts';
import { JsonEncoder } from './encode.ts';
import { JsonSettings, settingFunctions } from './settings.ts';

export function openJson(lua: Machine, L: number): void {
  lua.pushString(L, 'cjson');
  create(lua, L);
  lua.api.lua_rawset(L, -3);
}

/** Pushes the library, with settings of its own. */
function create(lua: Machine, L: number): void {
  const { api } = lua;
  const settings = new JsonSettings();
  const alone = (fn: LuaFunction): LuaFunction => {
    return (state) =>
      api.lua_gettop(state) === 1 ? fn(state) : lua.badArgument(state, 1, 'expected 1 argument');
  };
  const functions: Record<string, LuaFunction> = {
    encode: alone((state) => {
      lua.pushString(state, new JsonEncoder(lua, settings, state).value(0));
      return 1;
    }),
    decode: alone((state) => {
      new JsonDecoder(lua, settings, state, lua.checkText(state, 1)).decode();
      return 1;
    }),
    ...settingFunctions(lua, settings),
    new: (state) => {
      create(lua, state);
      return 1;
    },
  };
  api.lua_createtable(L, 0, 0);
  for (const [name, fn] of Object.entries(functions)) lua.setFunction(L, name, fn);
  lua.pushString(L, 'null');
  api.lua_pushlightuserdata(L, 0);
  api.lua_rawset(L, -3);
  lua.setField(L, '_NAME', 'cjson');
  lua.setField(L, '_VERSION', '2.1.0');
}
