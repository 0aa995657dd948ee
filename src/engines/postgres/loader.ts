/**
 * What PGlite's loader, Emscripten's JavaScript around the module, uses of what the module exports. Libraries find what they need
 * of the server by itself: for them it gives names to two thousand functions that it never calls.
 */

/** Where it does so: `_palloc=Module._palloc=e.palloc,`. */
const ASSIGNING = /function assignWasmExports\((\w+)\)\{([^}]*)\}/;
const ASSIGNED = /^(\w+)=/;

/** @returns the names of exports that are used. @throws Error if they are not where they were. */
export const usedExports = (loader: string): string[] =>
  read(loader).needed.flatMap((one) => /=\w+\.(\w+)(?:\.value)?$/.exec(one)?.[1] ?? []);

/** @returns the loader without the names that are not used. @throws Error as {@link usedExports}. */
export function withoutUnusedExports(loader: string): string {
  const { assigning, given, needed, declared, isUsed } = read(loader);
  const kept = declared.split(',').filter((name) => name === '' || isUsed(name));
  return loader
    .replace(declared, () => kept.join(','))
    .replace(assigning, () => `function assignWasmExports(${given}){${needed.join(',')}}`);
}

function read(loader: string) {
  const [assigning, given, body] = ASSIGNING.exec(loader) ?? [];
  if (assigning === undefined || given === undefined || body === undefined)
    throw new Error(
      'PGlite has changed: its exports are not where they were (src/engines/postgres/loader.ts)',
    );
  const assignments = body.split(',');
  const nameOf = (assignment: string): string => ASSIGNED.exec(assignment)?.[1] ?? '';
  const [first = ''] = assignments.map(nameOf);
  // All names are declared in one place, one after the other.
  const declared = new RegExp(`\\b${first},(?:_\\w+,)*`).exec(loader)?.[0] ?? '';
  const elsewhere = loader.replace(assigning, '').replace(declared, '');
  const used = new Set(elsewhere.match(/(?<![\w$])_\w+/g));
  const isUsed = (name: string): boolean => !name.startsWith('_') || used.has(name);
  const needed = assignments.filter((one) => isUsed(nameOf(one)));
  return { assigning, given, needed, declared, isUsed };
}
