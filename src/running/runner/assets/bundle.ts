/**
 * Bundles the worker of one engine: `serve` and the engine in one script, and its parts. Node only.
 *
 * A part is what an engine brings by `import()`. The bundler divides the engine at these places; what comes of
 * it are CommonJS modules, which a few lines (`chunks.ts`) put together, so that a part shares the classes of the
 * worker that it comes into.
 */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { partProgram, workerProgram } from './chunks.ts';
import { trimmedAcorn } from './acorn.ts';
import { packedLua } from './lua.ts';
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
           export const loadPart = serve(engine, self, ${mostMemory});`
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
  /** The program of each part, by its name: that of the file which the engine imports. */
  parts: Record<string, string>;
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
    input: { [ENTRY]: ENTRY },
    cwd: root,
    platform: 'browser',
    plugins: [
      entryPlugin(root, engine, mostMemory),
      withoutNodeModules,
      trimmedAcorn,
      packedLua,
      trimmedPglite,
    ],
    // A classic script has no `import.meta`. Files come by the page, so nothing is fetched from here.
    transform: { define: { 'import.meta.url': '"https://engine.invalid/"' }, target: 'es2022' },
    // What a part shares with the worker stays in it.
    preserveEntrySignatures: 'allow-extension',
    checks: { eval: false },
    logLevel: 'warn',
  });
  try {
    const { output } = await build.generate({
      format: 'cjs',
      entryFileNames: '[name]',
      chunkFileNames: '[name]',
      minify: true,
      comments: { legal: true },
    });
    const chunks = new Map(
      output.filter((one) => one.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
    );
    const worker = withImports(chunks, ENTRY);
    // What a package would import besides, in an environment that a worker is not, is left out.
    const parts = [...chunks.values()].filter(
      ({ isDynamicEntry, facadeModuleId }) =>
        isDynamicEntry && facadeModuleId !== null && isOwn(root, facadeModuleId),
    );
    return {
      code: workerProgram(codesOf(worker), requested(ENTRY)),
      parts: Object.fromEntries(
        parts.map(({ fileName }) => {
          const own = withImports(chunks, fileName).filter((chunk) => !worker.includes(chunk));
          return [fileName, partProgram(codesOf(own))];
        }),
      ),
      sources: (await build.watchFiles).filter(path.isAbsolute).sort(),
    };
  } finally {
    await build.close();
  }
}

const isOwn = (root: string, file: string): boolean =>
  path.isAbsolute(file) &&
  !path.relative(root, file).startsWith('..') &&
  !file.includes(`${path.sep}node_modules${path.sep}`);

/** As chunks name one another: all lie in one folder. */
const requested = (fileName: string): string => `./${fileName}`;

const codesOf = (chunks: readonly OutputChunk[]): Record<string, string> =>
  Object.fromEntries(chunks.map(({ fileName, code }) => [requested(fileName), code]));

/** A chunk and all that it imports, and these import, at once. */
function withImports(chunks: ReadonlyMap<string, OutputChunk>, first: string): OutputChunk[] {
  const names = new Set([first]);
  // A set is walked to what was added meanwhile.
  for (const name of names) chunks.get(name)!.imports.forEach((imported) => names.add(imported));
  return [...names].map((name) => chunks.get(name)!);
}
