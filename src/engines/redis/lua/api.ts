/** What `liblua5.1.wasm` exports of Lua's C API: states, pointers, indices and integers are all `number`. */

type State = number;
type Pointer = number;

export interface LuaExports {
  memory: WebAssembly.Memory;
  __indirect_function_table: WebAssembly.Table;
  __wasm_call_ctors(): void;
  emscripten_stack_init(): void;
  stackSave(): Pointer;
  stackRestore(at: Pointer): void;
  setThrew(threw: number, value: number): void;
  malloc(bytes: number): Pointer;
  free(at: Pointer): void;

  luaL_newstate(): State;
  luaopen_base(L: State): number;
  luaopen_table(L: State): number;
  luaopen_string(L: State): number;
  luaopen_math(L: State): number;

  luaL_loadbuffer(L: State, text: Pointer, length: number, name: Pointer): number;
  lua_call(L: State, args: number, results: number): void;
  lua_pcall(L: State, args: number, results: number, handler: number): number;
  lua_error(L: State): number;
  lua_sethook(L: State, hook: Pointer, mask: number, count: number): number;
  lua_getstack(L: State, level: number, into: Pointer): number;
  lua_getinfo(L: State, what: Pointer, into: Pointer): number;
  lua_gc(L: State, what: number, data: number): number;

  lua_gettop(L: State): number;
  lua_settop(L: State, index: number): void;
  lua_checkstack(L: State, more: number): number;
  lua_pushvalue(L: State, index: number): void;
  lua_insert(L: State, index: number): void;
  lua_remove(L: State, index: number): void;
  lua_replace(L: State, index: number): void;

  lua_type(L: State, index: number): number;
  lua_isnumber(L: State, index: number): number;
  lua_toboolean(L: State, index: number): number;
  lua_tonumber(L: State, index: number): number;
  lua_tolstring(L: State, index: number, length: Pointer): Pointer;
  lua_tocfunction(L: State, index: number): Pointer;
  lua_touserdata(L: State, index: number): Pointer;
  lua_topointer(L: State, index: number): Pointer;
  lua_objlen(L: State, index: number): number;

  lua_pushnil(L: State): void;
  lua_pushboolean(L: State, value: number): void;
  lua_pushnumber(L: State, value: number): void;
  lua_pushlstring(L: State, text: Pointer, length: number): void;
  lua_pushlightuserdata(L: State, value: Pointer): void;
  lua_pushcclosure(L: State, fn: Pointer, upvalues: number): void;

  lua_createtable(L: State, array: number, hash: number): void;
  lua_gettable(L: State, index: number): void;
  lua_settable(L: State, index: number): void;
  lua_rawget(L: State, index: number): void;
  lua_rawset(L: State, index: number): void;
  lua_rawgeti(L: State, index: number, n: number): void;
  lua_rawseti(L: State, index: number, n: number): void;
  lua_next(L: State, index: number): number;
  lua_concat(L: State, n: number): void;
  lua_getmetatable(L: State, index: number): number;
  lua_setmetatable(L: State, index: number): number;

  luaL_where(L: State, level: number): void;
  luaL_argerror(L: State, argument: number, message: Pointer): number;
  luaL_checknumber(L: State, argument: number): number;
  luaL_checklstring(L: State, argument: number, length: Pointer): Pointer;
  luaL_checktype(L: State, argument: number, type: number): void;
  luaL_checkany(L: State, argument: number): void;
  luaL_typerror(L: State, argument: number, type: Pointer): number;
  luaL_checkstack(L: State, more: number, message: Pointer): void;
}

export const GLOBALS = -10002;
export const REGISTRY = -10000;
/** The first upvalue of the running function. */
export const UPVALUE = -10003;
export const ALL_RESULTS = -1;
/** What `lua_pcall` answers then. */
export const OUT_OF_MEMORY = 4;

/** What `lua_type` answers. */
export const NIL = 0;
export const BOOLEAN = 1;
export const LIGHT_USERDATA = 2;
export const NUMBER = 3;
export const STRING = 4;
export const TABLE = 5;
export const FUNCTION = 6;
export const TYPE_NAMES = 'nil,boolean,userdata,number,string,table,function,userdata,thread'.split(
  ',',
);

/** Where the fields of a `lua_Debug` stand. */
export const DEBUG = { what: 12, source: 16, line: 20, size: 128 };
export const COUNT_EVENTS = 8;
export const LINE_EVENTS = 4;
