/** Fills `virtual:places`, for what renders pages below. */
import type { Plugin } from 'vite';
import { destinations } from './destinations.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const NAME = 'virtual:places';
const RESOLVED = `\0${NAME}`;

/** @param root the folder that has `content/`. */
export function placesModule(root = courseRoot()): Plugin {
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
