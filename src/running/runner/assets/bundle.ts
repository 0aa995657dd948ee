/** Bundles the worker of one engine: `serve` and the engine in one script. Node only. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { ownIdentifiers } from './identifiers.ts';
import { trimmedPglite } from './pglite.ts';

const ENTRY = 'worker-entry';

function entryPlugin(root: string, engine: string, mostMemory = Infinity): Plugin {
  const from = (file: string) => JSON.stringify(path.join(root, file));
  return {
    name: 'worker-entry',
    resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : null),
    load: (id) =>
      id === `\0${ENTRY}`
        ? `import { serve } from ${from('src/running/runner/worker.ts')};
           import { engine } from ${from(engine)};
           serve(engine, self, ${mostMemory});`
        : null,
  };
}

/** Engines that also run in Node mention its modules in branches that a browser never takes. */
const withoutNodeModules: Plugin = {
  name: 'without-node-modules',
  resolveId: (id) => (id.startsWith('node:') || builtinModules.includes(id) ? '\0none' : null),
  load: (id) => (id === '\0none' ? { code: 'module.exports = {};', moduleType: 'js' } : null),
};

/** A worker as one classic script, and the files it was made of. */
export interface WorkerBundle {
  code: string;
  sources: string[];
}

/**
 * Bundles an engine's worker: classic, because module workers made from blobs fail in a sandboxed
 * frame in Chromium.
 *
 * @param root the project's root.
 * @param engine path from there of the module that exports `engine`.
 * @param mostMemory the most wasm memory that it may take, in bytes.
 */
export async function bundleWorker(
  root: string,
  engine: string,
  mostMemory?: number,
): Promise<WorkerBundle> {
  const build = await rolldown({
    input: ENTRY,
    cwd: root,
    platform: 'browser',
    plugins: [
      entryPlugin(root, engine, mostMemory),
      withoutNodeModules,
      ownIdentifiers,
      trimmedPglite,
    ],
    // A classic script has no `import.meta`. Files come by the page, so nothing is fetched from here.
    transform: { define: { 'import.meta.url': '"https://engine.invalid/"' }, target: 'es2022' },
    checks: { eval: false },
    logLevel: 'warn',
  });
  try {
    const { output } = await build.generate({
      format: 'iife',
      minify: true,
      codeSplitting: false,
      comments: { legal: true },
    });
    return {
      code: output[0].code,
      sources: (await build.watchFiles).filter(path.isAbsolute).sort(),
    };
  } finally {
    await build.close();
  }
}
