/** Where Lua's wasm comes from in Node: the package itself. */
import { readFileSync } from 'node:fs';

let module: WebAssembly.Module | null = null;

export function luaModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(
    readFileSync(new URL(import.meta.resolve('wasmoon-lua5.1/dist/liblua5.1.wasm'))),
  );
  return module;
}
