/** Which functions of PostgreSQL are asked for by name: by PGlite's loader, and by the libraries. Node only. */
import { readFile, glob } from 'node:fs/promises';
import path from 'node:path';
import { bundledFiles, PGLITE } from '../data-bundle.ts';
import { usedExports } from '../loader.ts';

/** What the loader looks up by a name that it puts together, and what `server.ts` calls. */
const BY_NAME = [
  ...['__wasm_call_ctors', '__wasm_apply_data_relocs', '__main_argc_argv'],
  ...['__errno_location', 'emscripten_get_sbrk_ptr', '__dl_seterr'],
];

/** @param bundle PGlite's own files, libraries among them. */
export async function askedFor(
  wasm: Uint8Array<ArrayBuffer>,
  bundle: Uint8Array<ArrayBuffer>,
): Promise<Set<string>> {
  const libraries = (await bundledFiles())
    .filter(({ name }) => name.endsWith('.so'))
    .map(({ start, end }) => bundle.slice(start, end));
  const modules = await Promise.all(
    // The module itself asks in the same way, for what a library might bring in its place.
    [wasm, ...libraries].map((module) => WebAssembly.compile(module)),
  );
  const imported = modules.flatMap((module) =>
    WebAssembly.Module.imports(module).map(({ name }) => name),
  );
  return new Set([...imported, ...BY_NAME, ...usedExports(await loader())]);
}

/** The one of PGlite's files that runs the server. */
async function loader(): Promise<string> {
  for await (const file of glob('chunk-*.js', { cwd: PGLITE })) {
    const code = await readFile(path.join(PGLITE, file), 'utf8');
    if (code.includes('remote_package_size')) return code;
  }
  throw new Error('PGlite has changed: none of its files runs the server');
}
