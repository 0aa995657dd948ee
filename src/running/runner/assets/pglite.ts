/** Leaves out of PGlite what a server that starts from a snapshot never uses. Node only. */
import type { Plugin } from 'rolldown';
import { withNeededFiles } from '../../../engines/postgres/data-bundle.ts';

/**
 * Its list of the files that it makes at every start, of which nine tenths are emptied
 * ({@link withNeededFiles}), the program of `initdb`, and names for functions that it never calls: together nearly half of the
 * worker.
 *
 * @throws Error if PGlite is not written as it was: a new version has to be looked at.
 */
export const trimmedPglite: Plugin = {
  name: 'trimmed-pglite',
  transform(code, id) {
    if (!/@electric-sql[\\/]pglite[\\/]dist[\\/]/.test(id)) return null;
    if (code.includes('remote_package_size')) return withoutUnusedExports(withNeededFiles(code));
    if (code.includes('initdb.wasm')) return withoutInitdb(code);
    return null;
  },
};

/** The program that Emscripten made around `initdb.wasm`, up to where it gets its name. */
const INITDB = /async function (\w+)\(moduleArg=\{\}\)\{.*\}(?=var \w+=\1;)/s;

/** @param code PGlite's module that runs `initdb`. */
export function withoutInitdb(code: string): string {
  if (!INITDB.test(code))
    throw new Error(
      'PGlite has changed: initdb is not where it was (src/running/runner/assets/pglite.ts)',
    );
  return code.replace(INITDB, 'function $1(){throw new Error("initdb was left out")}');
}

/** Where Emscripten gives a name to everything that the compiled module exports: `_palloc=Module._palloc=e.palloc,`. */
const ASSIGNING = /function assignWasmExports\((\w+)\)\{([^}]*)\}/;
const ASSIGNED = /^(\w+)=/;

/**
 * @param code PGlite's module that runs the server. Libraries find what the server exports by itself: no name of JavaScript’s is
 *   needed for that.
 */
export function withoutUnusedExports(code: string): string {
  const [assigning, given, body] = ASSIGNING.exec(code) ?? [];
  if (assigning === undefined || given === undefined || body === undefined)
    throw new Error(
      'PGlite has changed: its exports are not where they were (src/running/runner/assets/pglite.ts)',
    );
  const assignments = body.split(',');
  const named = assignments
    .map((one) => ASSIGNED.exec(one)?.[1])
    .filter((one) => one !== undefined);
  // All names are declared in one place, one after the other.
  const declared = new RegExp(`\\b${named[0]},(?:_\\w+,)*`).exec(code)?.[0] ?? '';
  const elsewhere = code.replace(assigning, '').replace(declared, '');
  const used = new Set(elsewhere.match(/(?<![\w$])_\w+/g));
  const kept = (name: string): boolean => used.has(name);
  return code
    .replace(declared, () =>
      declared
        .split(',')
        .filter((name) => name === '' || kept(name))
        .join(','),
    )
    .replace(assigning, () => {
      const needed = assignments.filter((one) => {
        const name = ASSIGNED.exec(one)?.[1];
        return name === undefined || !name.startsWith('_') || kept(name);
      });
      return `function assignWasmExports(${given}){${needed.join(',')}}`;
    });
}
