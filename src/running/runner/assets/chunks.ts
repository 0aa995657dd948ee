/**
 * Makes classic scripts of the CommonJS modules that a bundler divided an engine into.
 *
 * Modules are functions by the name by which others request them. `import()` is a request behind a promise, in a
 * bundler's CommonJS, and here what is requested and not there is a promise for it: the worker's own module
 * brings it.
 */

const RUNTIME = `const made={};
const add=(more)=>{for(const name in more)if(!(name in modules))modules[name]=more[name]};
const require=(name)=>{
if(!(name in modules))return main.loadPart(name.slice(2)).then((more)=>{add(more);return require(name)});
if(!(name in made)){const module={exports:made[name]={}};modules[name](require,module.exports,module)}
return made[name]};`;

/**
 * @param modules the code of each module, by name.
 * @param main which of them to run. It exports `loadPart(name)`, a promise for what the program of that part
 *   makes.
 */
export const workerProgram = (modules: Readonly<Record<string, string>>, main: string): string =>
  `(()=>{"use strict";const modules=${functionsOf(modules)};\n${RUNTIME}\nconst main=require(${JSON.stringify(main)});\n})();\n`;

/** An expression, whose value is what {@link workerProgram} adds to its modules. */
export const partProgram = (modules: Readonly<Record<string, string>>): string =>
  `(()=>{"use strict";return ${functionsOf(modules)}})()`;

const functionsOf = (modules: Readonly<Record<string, string>>): string =>
  `{${Object.entries(modules)
    .map(([name, code]) => `${JSON.stringify(name)}:function(require,exports,module){${code}\n}`)
    .join(',\n')}}`;
