/** What Lua's wasm needs of the world: memory, and jumps. Files, time and the environment it gets none of. */
import type { LuaExports } from './api.ts';

/** The most memory that scripts may have together, in bytes: the "not enough memory" of Lua comes then. */
const MOST_MEMORY = 64 * 2 ** 20;
const PAGE = 65_536;

/** What a jump out of C looks like while it passes through JavaScript. */
const JUMP = Symbol('longjmp');

/** C's `ENOSYS`: there is no such call. */
const NOT_HERE = -52;

/** Thrown where Lua would end its process. */
export class GaveUp extends Error {}

/** @returns what it exports, before any of its code has run. */
export function instantiate(lua: WebAssembly.Module): LuaExports {
  const host: Record<string, (...numbers: number[]) => number | void> = {
    // `setjmp`: runs a function, and says whether somebody jumped out of it.
    invoke_vii: (fn, a, b) => {
      const stack = api.stackSave();
      try {
        (api.__indirect_function_table.get(fn!) as (a: number, b: number) => void)(a!, b!);
      } catch (caught) {
        api.stackRestore(stack);
        if (caught !== JUMP) throw caught;
        api.setThrew(1, 0);
      }
    },
    _emscripten_throw_longjmp: () => {
      throw JUMP;
    },
    emscripten_resize_heap: (size) => Number(grow(api.memory, size! >>> 0)),
    emscripten_memcpy_js: (to, from, length) => {
      new Uint8Array(api.memory.buffer).copyWithin(to!, from!, from! + length!);
    },
    exit: () => {
      throw new GaveUp('Lua ended itself');
    },
  };
  const imports: WebAssembly.Imports = {};
  for (const { module, name } of WebAssembly.Module.imports(lua)) {
    (imports[module] ??= {})[name] = host[name] ?? (() => NOT_HERE);
  }
  const api = new WebAssembly.Instance(lua, imports).exports as unknown as LuaExports;
  return api;
}

/** @returns whether there is room for so many bytes now. */
function grow(memory: WebAssembly.Memory, size: number): boolean {
  if (size > MOST_MEMORY) return false;
  const now = memory.buffer.byteLength;
  const wanted = Math.min(MOST_MEMORY, Math.max(size, now * 1.5));
  try {
    memory.grow(Math.ceil((wanted - now) / PAGE));
    return true;
  } catch {
    return false;
  }
}

/**
 * A module of two functions that takes what JavaScript gives it and hands it out again as functions of wasm, which
 * alone a table of functions takes: (i32) → i32 for functions of Lua, (i32, i32) → nothing for its hook.
 */
// prettier-ignore
const THUNKS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0,
  1, 11, 2, 96, 1, 127, 1, 127, 96, 2, 127, 127, 0,
  2, 13, 2, 1, 101, 1, 102, 0, 0, 1, 101, 1, 104, 0, 1,
  7, 9, 2, 1, 102, 0, 0, 1, 104, 0, 1,
]);

export const asWasm = (f: (L: number) => number, h: (L: number) => void): WebAssembly.Exports =>
  new WebAssembly.Instance(new WebAssembly.Module(THUNKS), { e: { f, h } }).exports;
