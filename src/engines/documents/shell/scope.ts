/**
 * The variables of a session. Code runs inside `with (scope)`, so that what it declares lands here:
 * not on the worker's globals, where `name` or `status` mean something else, and gone after a reset.
 * The globals of a worker that are no business of a database shell are hidden.
 */
import { HOLDER } from './statements.ts';

/** Runs a script in the global scope: `node:vm` or a worker's `importScripts`. */
export type Evaluate = (source: string) => void;

/** Starts a world for scripts to run in. @param globals names that scripts can reach. */
export type Evaluator = (globals: Readonly<Record<string, unknown>>) => Evaluate;

const HIDDEN = [
  'self',
  'name',
  'location',
  'navigator',
  'postMessage',
  'importScripts',
  'close',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'MessageChannel',
  'caches',
  'indexedDB',
  'onmessage',
  'origin',
  'process',
  'status',
];

/** Code as it is evaluated: its names are the session's. */
export const inScope = (code: string): string => `with (${HOLDER}.scope) {\n${code}\n}`;

interface Holder {
  scope: object;
  value: unknown;
}

export class SessionScope {
  private readonly variables: Record<string, unknown>;
  private readonly declared = new Set<string>(HIDDEN);
  private readonly holder: Holder;
  private readonly evaluate: Evaluate;

  constructor(evaluator: Evaluator, builtins: Record<string, unknown>) {
    this.variables = Object.assign(Object.create(null) as Record<string, unknown>, builtins);
    const scope = new Proxy(this.variables, {
      has: (target, key) => typeof key === 'string' && (key in target || this.declared.has(key)),
      get: (target, key) => (typeof key === 'string' ? target[key] : undefined),
    });
    this.holder = { scope, value: undefined };
    this.evaluate = evaluator({ [HOLDER]: this.holder });
  }

  get(name: string): unknown {
    return this.variables[name];
  }

  set(name: string, value: unknown): void {
    this.variables[name] = value;
  }

  /**
   * Runs rewritten code.
   *
   * @param names the variables it declares; one that it only assigns to ends in `?`.
   * @returns the value of its last expression statement.
   */
  run(code: string, names: readonly string[]): unknown {
    for (const name of names) {
      const plain = name.replace(/\?$/, '');
      if (!name.endsWith('?') || !(plain in globalThis)) this.declared.add(plain);
    }
    this.holder.value = undefined;
    this.evaluate(inScope(code));
    return this.holder.value;
  }
}
