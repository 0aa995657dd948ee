/** In `astro dev`: a dataset that is saved makes the pages with its cells execute them again. */
import { sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import { DATASET_FOLDER } from './datasets.ts';

export function datasetReload(): AstroIntegration {
  return {
    name: 'dataset-reload',
    hooks: {
      'astro:server:setup'({ server }) {
        server.watcher.on('change', (file) => {
          if (!file.replaceAll(sep, '/').includes(`/${DATASET_FOLDER}/`)) return;
          for (const environment of Object.values(server.environments)) {
            for (const module of environment.moduleGraph.idToModuleMap.values())
              if (module.id?.includes('.mdx')) environment.moduleGraph.invalidateModule(module);
            environment.hot.send({ type: 'full-reload' });
          }
        });
      },
    },
  };
}
