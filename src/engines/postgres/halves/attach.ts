/** The rest of a module behind its first half, brought when it is called. */
import { EXPORTS, FROM, short } from './names.ts';

/** A function was called that is in the rest, which is not there. What called it is in pieces. */
export class RestNeeded extends Error {
  constructor() {
    super('a function is needed that has not been loaded');
  }

  /** PGlite asks every error for its status, and passes over those that are not PostgreSQL's: not over this one. */
  get status(): never {
    throw this;
  }
}

export function needRest(): never {
  throw new RestNeeded();
}

/** Takes a function, and gives it as one that a table may hold. */
const HOLDER = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0], // type: () → ()
  ...[2, 7, 1, 1, 0x6d, 1, 0x66, 0, 0], // import m.f
  ...[7, 5, 1, 1, 0x66, 0, 0], // export f
);
let holder: WebAssembly.Module | undefined;
function held(call: () => void): unknown {
  holder ??= new WebAssembly.Module(HOLDER);
  return new WebAssembly.Instance(holder, { m: { f: call } }).exports['f'];
}

/** Whether an instance is the first half of a module. */
export const isFirstHalf = (exports: WebAssembly.Exports): boolean => EXPORTS.rest in exports;

/**
 * To be called before anything is done with a first half.
 *
 * @param imports the functions that the first half was given, in the order of the module.
 * @param rest gives the rest when something of it is called, or throws.
 */
export function attachRest(
  exports: WebAssembly.Exports,
  imports: readonly WebAssembly.ImportValue[],
  rest: () => WebAssembly.Module,
): void {
  const table = exports[EXPORTS.rest] as WebAssembly.Table;
  const fetchRest = (): void => {
    const module = rest();
    const all = exports[EXPORTS.functions] as WebAssembly.Table;
    const functions: Record<string, WebAssembly.ImportValue> = {};
    for (let index = 0; index < all.length; index++)
      functions[short(index)] = all.get(index) as WebAssembly.ImportValue;
    // It puts its functions into the table.
    new WebAssembly.Instance(module, {
      [FROM.first]: exports as WebAssembly.ModuleImports,
      [FROM.functions]: functions,
      [FROM.imported]: Object.fromEntries(imports.map((one, at) => [short(at), one])),
    });
    table.set(
      0,
      held(() => undefined),
    );
  };
  table.set(0, held(fetchRest));
}

/** @returns the functions among what a module imports, in its order. */
export const functionsOf = (
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): WebAssembly.ImportValue[] =>
  WebAssembly.Module.imports(module)
    .filter(({ kind }) => kind === 'function')
    .map((one) => imports[one.module]![one.name]!);
