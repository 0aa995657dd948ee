/** Puts Lua's wasm into the part of the Redis emulator that runs scripts. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Plugin } from 'rolldown';

/** The file whose place it takes. */
const READS_FROM_DISK = path.join('engines', 'redis', 'lua', 'wasm.ts');
const WASM = 'wasmoon-lua5.1/dist/liblua5.1.wasm';

/**
 * As text, packed: a part is one program, and a file of its own would be one more request. Unpacked, the text
 * of the wasm itself would be a third larger on its way.
 */
export const packedLua: Plugin = {
  name: 'packed-lua',
  async load(id) {
    if (!id.endsWith(READS_FROM_DISK)) return null;
    const found = await this.resolve(WASM, id);
    if (!found) throw new Error(`${WASM} is not there: run npm start, which installs it`);
    this.addWatchFile(found.id);
    const packed = deflateRawSync(await readFile(found.id), { level: 9 }).toString('base64');
    return `
export async function luaWasm() {
  const packed = Uint8Array.from(atob('${packed}'), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}`;
  },
};
