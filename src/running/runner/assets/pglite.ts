/** Leaves out of PGlite what a server that starts from a snapshot never uses. Node only. */
import type { Plugin } from 'rolldown';
import { withNeededFiles } from '../../../engines/postgres/data-bundle.ts';
import { withoutUnusedExports } from '../../../engines/postgres/loader.ts';

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
