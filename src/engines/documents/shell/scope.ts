/**
 * The variables of a session. Code runs inside `with (scope)`, so that what it declares lands here:
 * not on the worker's globals, where `name` or `status` mean something else, and gone after a reset.
 * The globals of a worker that are no business of a database shell are hidden.
 */
import { MongoshUnimplementedError } from '../errors.ts';
import { sizeFor, sizeOf } from './cost.ts';
import { HOLDER } from './rewrite.ts';
import { type Idling, isThenable } from './waiting.ts';

/** A world for scripts to run in. */
export interface World extends Idling {
  /** Runs a script in the global scope: `node:vm` or a worker's `importScripts`. */
  evaluate(source: string): void;
}

/** Starts a world. @param globals names that scripts can reach. */
export type Evaluator = (globals: Readonly<Globals>) => World;

/** What scripts reach of their session. */
export type Globals = Record<typeof HOLDER, Holder>;

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

/** A session as rewritten code reaches it. */
export interface Holder {
  readonly scope: object;
  /** The value of the last expression statement. */
  value: unknown;
  /** Counts memory that is about to be taken, in bytes. @throws RangeError if it is too much. */
  take(bytes: number): void;
  /** Counts a list of this length. @returns what it was given. */
  sized(length: unknown): unknown;
  /** Counts a value that was made. @returns the value. */
  made(value: unknown): unknown;
  /** Something to add a property to. @throws TypeError if nothing can be added to it. */
  open(object: unknown, name: string): unknown;
  /** Stands where a program says `import(…)`. @throws MongoshUnimplementedError */
  load(): never;
  /** Takes a statement that waits: it has ended when this has settled. */
  started(statement: Promise<void>): void;
  /** Makes a promise of what a call answers, or throws: `db.c.findOne().then(…)`. */
  promised(call: () => unknown): PromiseLike<unknown>;
  /** Stands where a program awaits `sleep(…)`: others go on meanwhile. @returns what to call instead. */
  waiting(sleep: unknown): unknown;
}

/** In bytes: the most that the program of one run may make, guessed. A page ends somewhere above twice as much. */
export const MOST_MEMORY = 512e6;

export class SessionScope {
  readonly #variables: Record<string, unknown>;
  readonly #declared = new Set<string>(HIDDEN);
  readonly #holder: Holder;
  readonly world: World;
  #taken = 0;
  #started: Promise<void> | null = null;

  /** @param sleeps what `await sleep(…)` calls in the place of `sleep`. */
  constructor(
    evaluator: Evaluator,
    builtins: Record<string, unknown>,
    sleeps: (milliseconds: number) => Promise<void>,
    mostMemory = MOST_MEMORY,
  ) {
    this.#variables = Object.create(null) as Record<string, unknown>;
    const refuse = () => false;
    const scope = new Proxy(this.#variables, {
      has: (target, key) => typeof key === 'string' && (key in target || this.#declared.has(key)),
      get: (target, key) => (typeof key === 'string' ? target[key] : undefined),
      set(target, key, value) {
        if (typeof key === 'string') target[key] = value;
        return true;
      },
      // A program can reach the scope itself. What it could define there, it could not be rid of.
      defineProperty: refuse,
      deleteProperty: refuse,
      setPrototypeOf: refuse,
      preventExtensions: refuse,
    });
    const take = (bytes: number) => {
      this.#taken += bytes;
      if (this.#taken > mostMemory) {
        this.#taken = 0;
        throw new RangeError(
          `This run makes more than ${String(mostMemory / 1e6)} MB of values, more than a page has room for. Let it make fewer.`,
        );
      }
    };
    this.#holder = {
      scope,
      value: undefined,
      take,
      sized(length) {
        take(sizeFor(length));
        return length;
      },
      made(value) {
        take(sizeOf(value));
        return value;
      },
      open(object, name) {
        if (typeof object !== 'object' && typeof object !== 'function') return object;
        if (object === null || Object.isExtensible(object)) return object;
        throw new TypeError(
          `Cannot change ${name}: what the shell brings along is fixed here. Write a function of your own.`,
        );
      },
      load() {
        throw new MongoshUnimplementedError(
          'import() is not in this shell: there is nothing to load from.',
        );
      },
      started: (statement) => {
        this.#started = statement;
      },
      promised(call) {
        try {
          const value = call();
          return isThenable(value) ? value : Promise.resolve(value);
        } catch (error) {
          return Promise.reject(error);
        }
      },
      waiting: (sleep) => (sleep === builtins.sleep ? sleeps : sleep),
    };
    this.world = evaluator({ [HOLDER]: this.#holder });
    this.define(builtins);
  }

  /** Gives variables their values, whatever a program has made of them. */
  define(variables: Readonly<Record<string, unknown>>): void {
    Object.assign(this.#variables, variables);
  }

  /** Counts memory from here on anew. */
  beginRun(): void {
    this.#taken = 0;
  }

  get(name: string): unknown {
    return this.#variables[name];
  }

  set(name: string, value: unknown): void {
    this.#variables[name] = value;
  }

  /**
   * Runs rewritten code.
   *
   * @param names the variables it declares; one that it only assigns to ends in `?`.
   * @returns the value of its last expression statement, or a promise of it if the statement waits for something.
   */
  run(code: string, names: readonly string[]): unknown {
    for (const name of names) {
      const plain = name.replace(/\?$/, '');
      if (!name.endsWith('?') || !(plain in globalThis)) this.#declared.add(plain);
    }
    this.#holder.value = undefined;
    this.#started = null;
    this.world.evaluate(inScope(code));
    const started = this.#started as Promise<void> | null;
    return started ? started.then(() => this.#holder.value) : this.#holder.value;
  }
}
