import { expect, it } from 'vitest';
import { withNeededFiles } from '../../../engines/postgres/data-bundle.ts';
import { usedExports, withoutUnusedExports } from '../../../engines/postgres/loader.ts';
import { bundleWorker } from './bundle.ts';
import { withoutInitdb } from './pglite.ts';

const { code } = await bundleWorker(process.cwd(), 'src/engines/postgres/index.ts');
/** The paths that PGlite makes files at when it starts. */
const files = [...code.matchAll(/\{filename:[`"]([^`"]+)/g)].map(([, name]) => name!);

it('makes the files that a server reads, and none of those that were emptied', () => {
  for (const name of [
    '/pglite/lib/postgresql/plpgsql.so',
    '/pglite/share/postgresql/timezone/Europe/Berlin',
    '/pglite/share/postgresql/tsearch_data/english.stop',
    '/pglite/bin/postgres',
  ])
    expect(files).toContain(name);
  for (const name of [
    '/pglite/share/postgresql/postgres.bki',
    '/pglite/share/postgresql/timezone/Antarctica/Troll',
  ])
    expect(files).not.toContain(name);
});

it('keeps where a file lies in the bundle', () => {
  const list =
    '{files:[{filename:"/pglite/bin/postgres",start:242,end:261},' +
    '{filename:"/pglite/icu/LICENSE",start:261,end:22},{filename:"/pglite/password",start:22,end:31}]}';
  expect(withNeededFiles(list)).toBe(
    '{files:[{filename:"/pglite/bin/postgres",start:242,end:261},' +
      '{filename:"/pglite/password",start:22,end:31}]}',
  );
});

it('leaves out the program of initdb, and not that of the server', () => {
  expect(code.match(/async function \w+\(moduleArg=\{\}\)/g)).toHaveLength(1);
});

it('gives names to exports that it calls, and to no others', () => {
  expect(code).toContain('Module._PostgresMainLoopOnce=');
  expect(code).not.toContain('_palloc0');
  const loader =
    'var A={},_main,_malloc,_idle,___heap;function assignWasmExports(e){_main=Module._main=e.main,' +
    '_malloc=e.malloc,_idle=Module._idle=e.idle,___heap=e.__heap.value,wasmTable=e.table}' +
    'var f=()=>_malloc(___heap),g=()=>f._main';
  expect(withoutUnusedExports(loader)).toBe(
    'var A={},_main,_malloc,___heap;function assignWasmExports(e){_main=Module._main=e.main,' +
      '_malloc=e.malloc,___heap=e.__heap.value,wasmTable=e.table}' +
      'var f=()=>_malloc(___heap),g=()=>f._main',
  );
  expect(usedExports(loader)).toEqual(['main', 'malloc', '__heap', 'table']);
});

it('refuses a PGlite that is written in another way', () => {
  expect(() => withNeededFiles('export const files = [];')).toThrow('its build has changed');
  expect(() => withoutInitdb('export const run = 1;')).toThrow('PGlite has changed');
  expect(() => withoutUnusedExports('export const run = 1;')).toThrow('PGlite has changed');
});
