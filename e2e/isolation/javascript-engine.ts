/**
 * An engine that evaluates JavaScript in its worker, the most that any engine lets a reader do: the
 * journeys use it to try from inside what code in a cell must not be able to do. It needs no `eval`:
 * a classic worker takes a program by `importScripts` of a blob.
 */
import type { Database, Engine, Output, Script } from '../../src/engines/engine.ts';

declare function importScripts(url: string): void;

interface Scope {
  print?: (text: string) => void;
  program?: Promise<void>;
}

const database: Database = {
  reset: async () => undefined,
  close: async () => undefined,
  async run(script: Script, emit: (output: Output) => void) {
    const start = performance.now();
    const origin = { file: 0, line: 1, statement: 0 };
    const scope = globalThis as Scope;
    scope.print = (text) => emit({ kind: 'text', origin, text: String(text) });
    let errors = 0;
    for (const { code } of script.files) {
      const program = `globalThis.program = (async () => {${code}\n})();`;
      const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
      try {
        importScripts(url);
        await scope.program;
      } catch (error) {
        errors++;
        const { name, message } = error as Error;
        emit({ kind: 'error', origin, severity: 'ERROR', code: name, message });
      } finally {
        URL.revokeObjectURL(url);
      }
    }
    return {
      milliseconds: performance.now() - start,
      statements: script.files.length,
      errors,
    };
  },
};

export const engine: Engine = {
  open: async () => database,
};
