/** Fills `virtual:places`, for what renders pages below. */
import type { Plugin } from 'vite';
import { destinations } from './destinations.ts';

const NAME = 'virtual:places';
const RESOLVED = `\0${NAME}`;

/** @param root the project's root folder. */
export function placesModule(root = process.cwd()): Plugin {
  return {
    name: 'places',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) =>
      id === RESOLVED
        ? `export default new Map(${JSON.stringify([...destinations(root)])});`
        : undefined,
    // What an author writes may be a new place.
    configureServer(server) {
      server.watcher.on('all', (_, file) => {
        if (!file.includes('/content/')) return;
        for (const { moduleGraph } of Object.values(server.environments)) {
          const module = moduleGraph.getModuleById(RESOLVED);
          if (module) moduleGraph.invalidateModule(module);
        }
      });
    },
  };
}
