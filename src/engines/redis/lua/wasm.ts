/**
 * Lua's wasm, which the package `wasmoon-lua5.1` brings. In Node it is read from there; the build puts it into the
 * program of this part (`src/running/runner/assets/lua.ts`), packed as text, in the place of this file.
 */
import { readFile } from 'node:fs/promises';

export async function luaWasm(): Promise<WebAssembly.Module> {
  const file = import.meta.resolve('wasmoon-lua5.1/dist/liblua5.1.wasm');
  return WebAssembly.compile(await readFile(new URL(file)));
}
