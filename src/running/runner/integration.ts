/**
 * Gives an Astro site its engines: the list of their files as the module `virtual:engine-assets`,
 * and the files themselves, in `astro dev` and in the built site, under `_engines/`.
 */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Workload } from '../../engines/assets.ts';
import type { EngineName, ScriptFile } from '../../engines/engine.ts';
import { type Publication, PUBLISHED_FOLDER, publishEngines } from './assets/publish.ts';

const VIRTUAL = 'virtual:engine-assets';

/** A published file's path, whether the site's base stands before it or was taken off. */
const ADDRESS = new RegExp(`/${PUBLISHED_FOLDER}/([^/?]+)`);

export interface EngineFilesIntegration extends AstroIntegration {
  /** @returns the files that the workers are made of. */
  sources(): Promise<readonly string[]>;
}

/**
 * Add it to `integrations` in the Astro configuration.
 *
 * @param datasets the scripts that an engine's cells start from, named by their paths.
 * @param workloads what readers do with an engine for the most part: a built site has that come first. `astro dev` takes no
 *   time to find out.
 */
export function engineFiles(
  datasets: (engine: EngineName) => readonly ScriptFile[],
  workloads: (engine: EngineName) => readonly Workload[],
): EngineFilesIntegration {
  let publication: Promise<Publication> | undefined;
  let publish: () => Promise<Publication>;
  const published = () => (publication ??= publish());

  return {
    name: 'engine-files',
    sources: async () => (await published()).sources,
    hooks: {
      'astro:config:setup'({ config, command, updateConfig }) {
        const what = command === 'build' ? { datasets, workloads } : { datasets };
        publish = () => publishEngines(fileURLToPath(config.root), config.base, what);
        updateConfig({
          vite: {
            plugins: [
              {
                name: VIRTUAL,
                resolveId: (id: string) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
                async load(id: string) {
                  if (id !== `\0${VIRTUAL}`) return null;
                  const { manifest, sources } = await published();
                  // In `astro dev`, an engine that is edited is an engine bundled anew.
                  for (const source of sources) {
                    if (!source.includes('node_modules')) this.addWatchFile(source);
                  }
                  return `export default ${JSON.stringify(manifest)};`;
                },
                watchChange: () => void (publication = undefined),
              },
            ],
          },
        });
      },

      'astro:server:setup'({ server }) {
        server.middlewares.use((request, response, next) => {
          const name = ADDRESS.exec(request.url ?? '')?.[1];
          if (!name) return next();
          published()
            .then(async ({ files }) => {
              const file = files.get(name);
              if (!file) return next();
              response.setHeader('Content-Type', 'application/octet-stream');
              response.setHeader('Content-Length', (await stat(file)).size);
              createReadStream(file).pipe(response);
            })
            .catch(next);
        });
      },

      async 'astro:build:done'({ dir, logger }) {
        const { files } = await published();
        const folder = path.join(fileURLToPath(dir), PUBLISHED_FOLDER);
        await mkdir(folder, { recursive: true });
        await Promise.all(
          [...files].map(([name, file]) => copyFile(file, path.join(folder, name))),
        );
        logger.info(`${files.size} files to run the engines from are in ${PUBLISHED_FOLDER}/`);
      },
    },
  };
}
