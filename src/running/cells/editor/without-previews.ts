/**
 * Leaves out of the editor what Sandpack brings for its previews, which no cell opens: three clients, one
 * of which may not be passed on in commercial use, and a polyfill that no browser of today needs.
 */
import type { Plugin } from 'vite';

const LEFT_OUT = '\0sandpack-without-previews';

/** The modules that `loadSandpackClient` asks for, and nobody else. */
const CLIENT = /^\.\/(?:clients\/\w+\/|index-\w+\.)/;
const LOADER = /@codesandbox\/sandpack-client\/dist\/index\.m?js$/;

/** For bundles; `astro dev` serves Sandpack as it is. */
export const withoutPreviews: Plugin = {
  name: 'sandpack-without-previews',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source === 'intersection-observer') return LEFT_OUT;
    const loads = importer !== undefined && LOADER.test(importer.replaceAll('\\', '/'));
    return loads && CLIENT.test(source) ? LEFT_OUT : null;
  },
  load: (id) => (id === LEFT_OUT ? 'export {};' : null),
};
