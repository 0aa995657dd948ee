/**
 * The document store in a realm of its own: a JavaScript world with its own `Object` and `Function`
 * and nothing of Node, as a worker in the browser has nothing of the page.
 *
 * The whole shell is evaluated inside, so every object that content meets is the realm's. Only texts
 * cross. No function of ours is called from inside, since whatever it throws, a stack that is full
 * included, would be an object of ours, and its constructor's constructor makes code in our world.
 * For the same reason the realm makes no code from texts: each statement is compiled out here.
 */
import vm from 'node:vm';
import { type Node, parse } from 'acorn';
import type {
  Database,
  Limits,
  Output,
  RunSummary,
  Script,
  ScriptFile,
} from '../../../engines/engine.ts';
import { DEFAULT_LIMITS } from '../../../engines/engine.ts';
import { inScope } from '../../../engines/documents/shell/scope.ts';
import { inputsOf } from '../../../engines/documents/shell/statements.ts';
import { Overdue } from './answer.ts';
import type { Statement } from './messages.ts';
import { SHELL } from './shell-program.ts';

/** In characters. A run's outputs are far shorter. */
const LONGEST_ANSWER = 8_000_000;

/** What the shell inside says of a run. */
interface Told {
  outputs: Output[];
  summary: RunSummary | null;
  /** Why there is no summary. */
  failure: string | null;
}

export class RealmDatabase implements Database {
  readonly #program: vm.Script;
  readonly #milliseconds: number;
  #realm: Realm;

  /**
   * @param program of the shell: {@link shellProgram}.
   * @param milliseconds that one script may run.
   */
  constructor(program: string, milliseconds: number) {
    this.#program = new vm.Script(program, { filename: 'shell' });
    this.#milliseconds = milliseconds;
    this.#realm = this.#newRealm();
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    this.#realm = this.#newRealm();
    if (!dataset) return;
    const { failure } = await this.#realm.perform('reset', { files: [dataset] }, DEFAULT_LIMITS);
    if (failure !== null) throw new Error(failure);
  }

  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    const { outputs, summary, failure } = await this.#realm.perform('run', script, limits);
    if (!summary) throw new Error(failure ?? 'the shell gave no answer');
    for (const output of outputs) emit(output);
    return summary;
  }

  async close(): Promise<void> {
    this.#realm = this.#newRealm();
  }

  #newRealm(): Realm {
    return new Realm(this.#program, this.#milliseconds);
  }
}

class Realm {
  readonly #context: vm.Context;
  readonly #milliseconds: number;
  /** A function of the realm: what it is given is the realm's, and nothing comes back. */
  readonly #reject: (reason: unknown) => void;
  /** The statements compiled so far, by their code. */
  readonly #statements = new Map<string, Statement>();

  constructor(program: vm.Script, milliseconds: number) {
    // Its global object is its own, not one of ours behind a mask.
    this.#context = vm.createContext(vm.constants.DONT_CONTEXTIFY as unknown as vm.Context, {
      codeGeneration: { strings: false, wasm: false },
      // What its promises have to do is done inside, and counts as its time.
      microtaskMode: 'afterEvaluate',
    });
    this.#milliseconds = milliseconds;
    this.#evaluate(new vm.Script(CLEAN));
    this.#evaluate(program);
    this.#reject = this.#evaluate(new vm.Script(`${SHELL}.reject`)) as (reason: unknown) => void;
    this.#evaluate(
      new vm.Script(`Object.defineProperty(globalThis, '${SHELL}', { writable: false });`),
    );
  }

  /** @throws Overdue if it takes too long. */
  async perform(what: 'reset' | 'run', script: Script, limits: Limits): Promise<Told> {
    script.files.forEach(({ code }, file) => this.#compileAll(code, file));
    const overdue = () => new Overdue(this.#statements.get(this.#call('running')) ?? null);
    const until = performance.now() + this.#milliseconds;
    rejecting = (reason) => this.#reject(reason);
    try {
      this.#call(what, JSON.stringify({ script, limits }));
      do {
        if (performance.now() > until) throw overdue();
        // Node tells of rejections when all promises have gone on.
        await new Promise((resolve) => setImmediate(resolve));
      } while (this.#call('turn') !== '');
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw overdue();
    } finally {
      rejecting = () => undefined;
    }
    return JSON.parse(this.#call('take')) as Told;
  }

  #compileAll(code: string, file: number): void {
    for (const input of inputsOf(code)) {
      if (input.kind !== 'statement') continue;
      const source = inScope(input.code);
      if (this.#statements.has(source)) continue;
      this.#statements.set(source, { file, line: input.line, text: input.text });
      const compiled = compile(source);
      if (compiled instanceof vm.Script) this.#evaluate(compiled);
      else this.#call('refuse', source, compiled.name, compiled.message);
    }
  }

  #call(name: string, ...texts: string[]): string {
    const call = `${SHELL}.${name}(${texts.map((text) => JSON.stringify(text)).join(', ')})`;
    // What is thrown in there must not come out: looking at it may run what it brings.
    const answer = this.#evaluate(new vm.Script(`try { ${call} } catch { null }`));
    if (typeof answer !== 'string' || answer.length > LONGEST_ANSWER)
      throw new Error('the shell broke off');
    return answer;
  }

  #evaluate(script: vm.Script): unknown {
    return script.runInContext(this.#context, {
      timeout: this.#milliseconds,
      displayErrors: false,
    });
  }
}

/** Who is told of a rejection that nobody handles. */
let rejecting: (reason: unknown) => void = () => undefined;
process.on('unhandledRejection', (reason, promise) => {
  // A promise of ours is not the realm's business, and what the realm throws is not ours to look at.
  if (Object.getPrototypeOf(promise) === Promise.prototype) return;
  try {
    rejecting(reason);
  } catch {
    // It has only itself to blame.
  }
});

/** Takes away what would call Node from inside. */
const CLEAN = `
  // Compiling from a stream, and a console for an inspector.
  delete globalThis.WebAssembly;
  delete globalThis.console;
  // A stack is written by a function of Node's. Without a limit that is a number, there is none.
  Object.defineProperty(Error, 'stackTraceLimit', { value: undefined, writable: false, configurable: false });
`;

interface Problem {
  name: 'SyntaxError' | 'TypeError';
  message: string;
}

/**
 * A statement as a script that hands it to the shell, or what keeps it from being one. An import is
 * such a thing: Node would answer it, with an error of our world. In the browser's shell there is
 * nothing to import from either.
 */
function compile(source: string): vm.Script | Problem {
  // An arrow function: what `this` and `arguments` are in it, they are in a script.
  const code = `${SHELL}.know(${JSON.stringify(source)}, () => {${source}\n});`;
  try {
    const program = parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReserved: true,
    });
    if (imports(program))
      return { name: 'TypeError', message: 'import() is not available in this shell' };
    return new vm.Script(code, { filename: 'mongosh' });
  } catch (error) {
    const { message } = error as Error;
    return { name: 'SyntaxError', message: message.replace(/ \(\d+:\d+\)$/, '') };
  }
}

function imports(node: Node): boolean {
  return (
    node.type === 'ImportExpression' ||
    Object.values(node)
      .flat()
      .some((child) => typeof (child as Node | null)?.type === 'string' && imports(child as Node))
  );
}
