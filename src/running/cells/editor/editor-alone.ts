/**
 * Leaves out of the editor what Sandpack brings for what no cell does: three clients for previews, one of which may not be
 * passed on in commercial use, a polyfill that no browser of today needs, languages that no cell is written in,
 * components that nobody renders, and templates of projects.
 */
import type { Plugin } from 'vite';

const LEFT_OUT = '\0sandpack-left-out';

/** The modules that `loadSandpackClient` asks for, and nobody else. */
const CLIENT = /^\.\/(?:clients\/\w+\/|index-\w+\.)/;
const LOADER = /@codesandbox\/sandpack-client\/dist\/index\.m?js$/;

/** Sandpack makes all of its languages, and takes one by a file's extension: no cell's file has these. */
const LANGUAGES = '\0sandpack-left-out-languages';
const LEFT_OUT_LANGUAGES = new Set(['@codemirror/lang-css', '@codemirror/lang-html']);
const NO_LANGUAGE = `
const none = () => [];
export { none as css, none as html };`;

/** All of Sandpack's components are one module. */
const COMPONENTS = /@codesandbox\/sandpack-react\/dist\/index\.m?js$/;
/** What the definition of a component, of a style or of a context begins with. */
const DEFINITION = /= ((?:React\.)?(?:css|keyframes|forwardRef|createContext|memo)\()/g;
/** The list of templates: a cell has files of its own instead. */
const TEMPLATES = /(?<=^var SANDBOX_TEMPLATES = )\{[^{}]*\}/m;
/** Libraries of those components, in the form that a bundler cannot see through. */
const LIBRARIES = /\/node_modules\/(?:anser|escape-carriage|lz-string)\//;

/** For bundles; `astro dev` serves Sandpack as it is. */
export const editorAlone: Plugin = {
  name: 'sandpack-editor-alone',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source === 'intersection-observer') return LEFT_OUT;
    const from = importer?.replaceAll('\\', '/') ?? '';
    if (COMPONENTS.test(from) && LEFT_OUT_LANGUAGES.has(source)) return LANGUAGES;
    return LOADER.test(from) && CLIENT.test(source) ? LEFT_OUT : null;
  },
  load(id) {
    if (id === LEFT_OUT) return 'export {};';
    return id === LANGUAGES ? NO_LANGUAGE : null;
  },
  transform(code, id) {
    const file = id.replaceAll('\\', '/');
    if (COMPONENTS.test(file)) return { code: editorOf(code), map: null };
    return LIBRARIES.test(file) ? { code, map: null, moduleSideEffects: false } : null;
  },
};

/** @throws Error if Sandpack is built otherwise, so that nothing could be left out. */
function editorOf(code: string): string {
  for (const part of [DEFINITION, TEMPLATES])
    if (code.search(part) < 0)
      throw new Error(
        `Sandpack has changed: nothing in it is like ${String(part)}. See src/running/cells/editor/editor-alone.ts.`,
      );
  // To define them has no effect, which a bundler has to be told: so it keeps only those that are rendered.
  return code.replace(DEFINITION, '= /*#__PURE__*/ $1').replace(TEMPLATES, '{}');
}
