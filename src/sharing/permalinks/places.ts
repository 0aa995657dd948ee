/** Fills `virtual:places`, for what renders pages below. Whoever watches `content/` has it made anew. */
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
  };
}
