/**
 * Tables that scripts may read and not change. Redis's Lua has a mark on a table for that, which Lua itself has not:
 * so a script gets an empty table that reads from the real one and refuses what is written to it. The functions that
 * look into a table past all metatables are told which one is meant.
 */
import { GLOBALS, REGISTRY, TABLE } from './api.ts';
import type { LuaFunction, Machine } from './machine.ts';
import { narrowAt } from './strings.ts';

const READ_ONLY = 'Attempt to modify a readonly table';

/** What reads a table that is its first argument: C functions of Lua that go on in the table behind it. Which of the others are integers. */
const READERS: Record<string, Record<string, readonly number[]>> = {
  '': { next: [], rawget: [], unpack: [2, 3] },
  table: {
    concat: [3, 4],
    foreach: [],
    foreachi: [],
    getn: [],
    maxn: [],
    remove: [2],
    setn: [],
    sort: [],
  },
};
/** What would change it: from so many arguments on it gets as far as to the table. */
const WRITERS = { '': { rawset: 3, setmetatable: 2 }, table: { insert: 2 } };

export class Protection {
  private readonly lua: Machine;
  /** The registry's slots of the tables behind, by the address of what stands for them. */
  private readonly behind = new Map<number, number>();
  /** What `getmetatable` shows instead of a metatable: a slot of the registry, by the address of the metatable. */
  private readonly shown = new Map<number, number>();
  private slots = 0;

  constructor(lua: Machine) {
    this.lua = lua;
    lua.lookBehind = (L, index) => this.lookBehind(L, index);
  }

  /** Puts a read-only table in the place of the one on top of the stack. @returns where the registry has the real one. */
  protect(L: number): number {
    const { lua } = this;
    const { api } = lua;
    const slot = ++this.slots;
    api.lua_pushvalue(L, -1);
    api.lua_rawseti(L, REGISTRY, slot);
    api.lua_createtable(L, 0, 0);
    this.behind.set(api.lua_topointer(L, -1), slot);
    // It may be collected nowhere, or its address would come to stand for another table.
    api.lua_pushvalue(L, -1);
    api.lua_rawseti(L, REGISTRY, -slot);
    api.lua_createtable(L, 0, 2);
    lua.pushString(L, '__index');
    api.lua_pushvalue(L, -4);
    api.lua_rawset(L, -3);
    lua.setFunction(L, '__newindex', (state) => lua.fail(state, READ_ONLY));
    api.lua_setmetatable(L, -2);
    api.lua_remove(L, -2);
    return slot;
  }

  /** If a table at an index only stands for another: puts that in its place. */
  private lookBehind(L: number, index: number): void {
    const { api } = this.lua;
    const slot = this.behind.get(api.lua_topointer(L, index));
    if (slot === undefined) return;
    const at = index < 0 ? api.lua_gettop(L) + 1 + index : index;
    api.lua_rawgeti(L, REGISTRY, slot);
    api.lua_replace(L, at);
  }

  /** Replaces functions of the global table on top of the stack by ones that know read-only tables. */
  teach(L: number): void {
    const { lua } = this;
    const { api } = lua;
    const replace = (
      library: string,
      name: string,
      wrap: (native: number) => LuaFunction,
    ): void => {
      if (library === '') api.lua_pushvalue(L, -1);
      else lua.rawField(L, -1, library);
      lua.rawField(L, -1, name);
      const native = api.lua_tocfunction(L, -1);
      lua.pop(L);
      lua.setFunction(L, name, wrap(native));
      lua.pop(L);
    };
    for (const [library, names] of Object.entries(READERS)) {
      for (const [name, integers] of Object.entries(names)) {
        replace(library, name, (native) => this.reader(native, integers));
      }
    }
    for (const [library, names] of Object.entries(WRITERS)) {
      for (const [name, least] of Object.entries(names)) {
        replace(library, name, (native) => this.writer(native, least));
      }
    }
    lua.rawField(L, -1, 'next');
    api.lua_rawseti(L, REGISTRY, ++this.slots);
    const next = this.slots;
    lua.setFunction(L, 'pairs', (state) => {
      api.luaL_checktype(state, 1, TABLE);
      this.lookBehind(state, 1);
      api.lua_rawgeti(state, REGISTRY, next);
      api.lua_pushvalue(state, 1);
      api.lua_pushnil(state);
      return 3;
    });
    replace('', 'getmetatable', (native) => (state) => {
      this.lookBehind(state, 1);
      const results = lua.runInPlace(state, native);
      const shown = this.shown.get(api.lua_topointer(state, -1));
      if (shown !== undefined) api.lua_rawgeti(state, REGISTRY, shown);
      return results;
    });
  }
  private reader(native: number, integers: readonly number[]): LuaFunction {
    return (L) => {
      this.lookBehind(L, 1);
      for (const at of integers) narrowAt(this.lua, L, at);
      return this.lua.runInPlace(L, native);
    };
  }
  private writer(native: number, least: number): LuaFunction {
    const { lua } = this;
    const { api } = lua;
    return (L) => {
      const known = this.behind.has(api.lua_topointer(L, 1));
      if (!known || api.lua_gettop(L) < least) return lua.runInPlace(L, native);
      // A C function raises it, so without a place.
      lua.pushString(L, READ_ONLY);
      return api.lua_error(L);
    };
  }

  /** Makes what is on top of the stack what scripts see as their globals: every table in it read-only as well. */
  seal(L: number): number {
    const { lua } = this;
    const { api } = lua;
    api.lua_pushnil(L);
    const tables: string[] = [];
    while (api.lua_next(L, -2) !== 0) {
      if (api.lua_type(L, -1) === TABLE) tables.push(lua.text(L, -2)!);
      lua.pop(L);
    }
    for (const name of tables.filter((each) => each !== '_G')) {
      lua.rawField(L, -1, name);
      this.protect(L);
      lua.pushString(L, name);
      api.lua_insert(L, -2);
      api.lua_rawset(L, -3);
    }
    this.sealStrings(L);
    // What is no global is an error, with the name.
    api.lua_createtable(L, 0, 1);
    lua.setFunction(L, '__index', (state) => noSuchGlobal(lua, state));
    this.showProtected(L, (copy) => {
      lua.pushString(copy, '__index');
      lua.rawField(copy, -3, '__index');
    });
    api.lua_setmetatable(L, -2);
    const slot = this.protect(L);
    // The real table has to know itself by the name under which scripts know it.
    api.lua_rawgeti(L, REGISTRY, slot);
    lua.pushString(L, '_G');
    api.lua_pushvalue(L, -3);
    api.lua_rawset(L, -3);
    lua.pop(L);
    api.lua_replace(L, GLOBALS);
    return slot;
  }

  /** The metatable that all strings have. A script sees another, whose `string` is the one that it knows. */
  private sealStrings(L: number): void {
    const { lua } = this;
    const { api } = lua;
    lua.pushString(L, '');
    api.lua_getmetatable(L, -1);
    const globals = api.lua_gettop(L) - 2;
    this.showProtected(L, (copy) => {
      lua.pushString(copy, '__index');
      lua.rawField(copy, globals, 'string');
    });
    lua.pop(L, 2);
  }

  /** Lets `getmetatable` show a read-only table for the metatable on top of the stack. @param fill pushes its one key and value. */
  private showProtected(L: number, fill: (L: number) => void): void {
    const { api } = this.lua;
    const metatable = api.lua_topointer(L, -1);
    api.lua_createtable(L, 0, 1);
    fill(L);
    api.lua_rawset(L, -3);
    this.protect(L);
    api.lua_rawseti(L, REGISTRY, ++this.slots);
    this.shown.set(metatable, this.slots);
  }
}

function noSuchGlobal(lua: Machine, L: number): number {
  if (lua.api.lua_gettop(L) !== 2)
    return lua.fail(L, 'Wrong number of arguments to luaProtectedTableError');
  const name = lua.text(L, 2);
  return lua.fail(
    L,
    name === null
      ? 'Second argument to luaProtectedTableError must be a string or number'
      : `Script attempted to access nonexistent global variable '${name}'`,
  );
}
