/** The globals that a script finds: those of Lua that Redis leaves in, its own libraries, and nothing that can be changed. */
import { ALL_RESULTS, BOOLEAN, DEBUG, FUNCTION, GLOBALS, NUMBER, STRING, TABLE } from './api.ts';
import { openBit } from './bit.ts';
import { openJson } from './json/index.ts';
import type { Machine } from './machine.ts';
import { openMessagePack } from './message-pack.ts';
import { toInt } from './numbers.ts';
import { Protection } from './protection.ts';
import type { Random } from './random.ts';
import { checkFromTheRight, widenIntegers } from './strings.ts';
import { openStruct } from './struct.ts';

/** What Lua has and Redis takes away; the last three since its security releases of 2025. */
const REMOVED = ['print', 'dofile', 'loadfile', 'newproxy', 'getfenv', 'setfenv'];

/**
 * Opens everything and seals it.
 *
 * @param openRedis adds the library `redis` to the table on top of the stack.
 * @returns the slot of the registry that has the real table of globals.
 */
export function openEnvironment(
  lua: Machine,
  random: Random,
  openRedis: (L: number) => void,
): number {
  const { api, state: L } = lua;
  for (const [open, name] of [
    [api.luaopen_base, ''],
    [api.luaopen_table, 'table'],
    [api.luaopen_string, 'string'],
    [api.luaopen_math, 'math'],
  ] as const) {
    lua.pushNative(L, open);
    lua.pushString(L, name);
    api.lua_call(L, 1, 0);
  }
  api.lua_pushvalue(L, GLOBALS);
  openJson(lua, L);
  openStruct(lua, L);
  openMessagePack(lua, L);
  openBit(lua, L);
  for (const name of REMOVED) {
    lua.pushString(L, name);
    api.lua_pushnil(L);
    api.lua_rawset(L, -3);
  }
  lua.setFunction(L, 'pcall', (state) => protectedCall(lua, state));
  lua.setFunction(L, '__redis__err__handler', (state) => handleError(lua, state));
  wideAddresses(lua, L);
  textOnly(lua, L);
  openRedis(L);
  lua.rawField(L, -1, 'math');
  openRandom(lua, L, random);
  lua.pop(L);
  widenIntegers(lua, L);
  checkFromTheRight(lua, L);
  const protection = new Protection(lua);
  protection.teach(L);
  return protection.seal(L);
}

/** `pcall`, which hands on the text of an error that is a table. */
function protectedCall(lua: Machine, L: number): number {
  const { api } = lua;
  const count = api.lua_gettop(L);
  api.lua_pushboolean(L, 1);
  api.lua_insert(L, 1);
  // Called without a function, Redis calls what stands there for the result.
  if (api.lua_pcall(L, count - 1, ALL_RESULTS, 0) !== 0) {
    api.lua_remove(L, 1);
    if (api.lua_type(L, -1) === TABLE) {
      lua.getField(L, -1, 'err');
      if (lua.isText(L, -1)) api.lua_replace(L, -2);
    }
    api.lua_pushboolean(L, 0);
    api.lua_insert(L, 1);
  }
  return api.lua_gettop(L);
}

/** What an error is made to before it leaves a script: `{err = …, source = …, line = …}`. */
function handleError(lua: Machine, L: number): number {
  const { api } = lua;
  api.lua_settop(L, 1);
  const at = lua.record;
  let found = api.lua_getstack(L, 1, at) !== 0;
  const look = (): boolean => {
    api.lua_getinfo(L, lua.name('nSl'), at);
    return lua.readZ(lua.number32(at + DEBUG.what)) === 'C';
  };
  if (found && look()) {
    // Of a C function it is the caller that says something.
    found = api.lua_getstack(L, 2, at) !== 0;
    if (found) look();
  }
  const source = found ? lua.readZ(lua.number32(at + DEBUG.source)) : '';
  const line = found ? lua.number32(at + DEBUG.line) : 0;
  if (api.lua_type(L, 1) !== TABLE) {
    lua.getField(L, GLOBALS, 'tostring');
    api.lua_pushvalue(L, 1);
    api.lua_call(L, 1, 1);
    const text = lua.text(L, -1) ?? '';
    api.lua_createtable(L, 0, 0);
    lua.setField(L, 'err', `ERR ${text}`);
  }
  if (found) {
    for (const [name, value] of [
      ['source', source],
      ['line', line],
    ] as const) {
      lua.pushString(L, name);
      lua.push(L, value);
      api.lua_settable(L, -3);
    }
  }
  return 1;
}

/** `tostring` as on a machine with 64 bits: addresses are as long there, and none is `(nil)`. */
function wideAddresses(lua: Machine, L: number): void {
  lua.rawField(L, -1, 'tostring');
  const native = lua.api.lua_tocfunction(L, -1);
  lua.pop(L);
  lua.setFunction(L, 'tostring', (state) => {
    const type = lua.api.lua_type(state, 1);
    const results = lua.runInPlace(state, native);
    if (type <= BOOLEAN || type === NUMBER || type === STRING) return results;
    const [, kind, address] = /^(\w+): (?:0x)?([\da-f]+)$/.exec(lua.text(state, -1) ?? '') ?? [];
    if (kind === undefined) return results;
    const wide = `0x7f${address!.padStart(10, '0')}`;
    lua.pushString(state, `${kind}: ${lua.isNull(state, 1) ? '(nil)' : wide}`);
    return 1;
  });
}

/** Compiled code is no text: `load` and `loadstring` read it as one. */
function textOnly(lua: Machine, L: number): void {
  const { api } = lua;
  const compile = (state: number, text: string, name: string): number => {
    if (lua.compile(state, text, name)) return 1;
    api.lua_pushnil(state);
    api.lua_insert(state, -2);
    return 2;
  };
  const nameAt = (state: number, argument: number, otherwise: string): string =>
    lua.isNoneOrNil(state, argument) ? otherwise : lua.checkText(state, argument);
  lua.setFunction(L, 'loadstring', (state) => {
    const text = lua.checkText(state, 1);
    return compile(state, text, nameAt(state, 2, text).split('\0', 1)[0]!);
  });
  lua.setFunction(L, 'load', (state) => {
    const name = nameAt(state, 2, '=(load)');
    api.luaL_checktype(state, 1, FUNCTION);
    let text = '';
    for (;;) {
      api.lua_pushvalue(state, 1);
      // An error in there is an answer of this function.
      if (api.lua_pcall(state, 0, 1, 0) !== 0) {
        api.lua_pushnil(state);
        api.lua_insert(state, -2);
        return 2;
      }
      const piece = lua.isText(state, -1) ? lua.text(state, -1) : null;
      const ended = lua.isNoneOrNil(state, -1) || piece === '';
      lua.pop(state);
      if (ended) return compile(state, text, name);
      if (piece === null) {
        api.lua_pushnil(state);
        lua.pushString(state, 'reader function must return a string');
        return 2;
      }
      text += piece;
    }
  });
}

function openRandom(lua: Machine, L: number, random: Random): void {
  const { api } = lua;
  lua.setFunction(L, 'random', (state) => {
    const r = random.next();
    const count = api.lua_gettop(state);
    if (count === 0) lua.push(state, r);
    else if (count === 1) {
      const most = toInt(api.luaL_checknumber(state, 1));
      if (most < 1) lua.badArgument(state, 1, 'interval is empty');
      lua.push(state, Math.floor(r * most) + 1);
    } else if (count === 2) {
      const least = toInt(api.luaL_checknumber(state, 1));
      const most = toInt(api.luaL_checknumber(state, 2));
      if (most < least) lua.badArgument(state, 2, 'interval is empty');
      lua.push(state, Math.floor(r * ((most - least + 1) | 0)) + least);
    } else return lua.fail(state, 'wrong number of arguments');
    return 1;
  });
  lua.setFunction(L, 'randomseed', (state) => {
    random.seed(toInt(api.luaL_checknumber(state, 1)));
    return 0;
  });
}
