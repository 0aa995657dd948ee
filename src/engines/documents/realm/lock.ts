/**
 * Locks the realm of a worker before a reader's program runs in it.
 *
 * A program shares its global scope with the engine, and a patched `Array.prototype.map` would change what the
 * engine answers. So all that JavaScript brings along is frozen, the names of the global scope keep their
 * values, and whatever is not JavaScript itself is taken away: no workers, ports, timers or requests, so that
 * nothing of a run goes on when it has ended. What the engine needs of it, it takes before.
 */

/** What stays in the global scope: JavaScript's own names, and what computes and waits for nothing. */
const KEPT: ReadonlySet<string> = new Set([
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date'],
  ...['RegExp', 'Promise', 'Proxy', 'Reflect', 'JSON', 'Math', 'Intl', 'Temporal', 'Iterator'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array'],
  ...['Float64Array', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError'],
  ...['SuppressedError', 'SyntaxError', 'TypeError', 'URIError', 'globalThis', 'undefined', 'NaN'],
  ...['Infinity', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'escape', 'unescape'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent'],
  ...['TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams', 'atob', 'btoa', 'structuredClone'],
  ...['queueMicrotask', 'performance'],
]);

/** Static methods that a page could be left waiting with. */
const TAKEN: readonly (readonly [owner: string, names: readonly string[]])[] = [
  ['URL', ['createObjectURL', 'revokeObjectURL']],
];

/** A name that is taken away, and the sentence that is thrown in its place. */
export type Refusals = Readonly<Record<string, string>>;

export interface Lock {
  /** The global object of the realm. */
  scope: object;
  /** Further names that stay, with the value that each has for good. */
  names?: Readonly<Record<string, unknown>>;
  /** Further objects to freeze, with everything they lead to: the classes of what programs are given. */
  freeze?: readonly object[];
}

/**
 * Locks the realm that this code runs in.
 *
 * @throws Error if something cannot be taken away: then no program may run here.
 */
export function lockRealm({ scope, names = {}, freeze = [] }: Lock): void {
  for (const [owner, methods] of TAKEN)
    for (const name of methods) remove((scope as Record<string, object>)[owner], name);
  for (const name of KEPT) keepOwn(scope, name);
  for (let holder: object | null = scope; holder; holder = prototypeOf(holder))
    if (holder !== Object.prototype) prune(holder, holder === scope);
  for (const prototype of OVERRIDDEN()) letInheritorsOverride(prototype);
  freezeFrom([...HIDDEN(), ...freeze, ...Object.values(names).filter(isObject)]);
  freezeFrom(
    Reflect.ownKeys(scope)
      .map((key) => (Object.getOwnPropertyDescriptor(scope, key) as { value?: unknown }).value)
      .filter((value) => isObject(value) && value !== scope) as object[],
  );
  for (const [name, value] of Object.entries(names)) Object.defineProperty(scope, name, { value });
  for (const key of Reflect.ownKeys(scope)) {
    const { configurable, get } = Object.getOwnPropertyDescriptor(scope, key)!;
    if (configurable) Object.defineProperty(scope, key, get ? { configurable: false } : FIXED);
  }
}

const FIXED: PropertyDescriptor = { writable: false, configurable: false };

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

function remove(from: object | undefined, key: PropertyKey): void {
  if (!from || !Object.hasOwn(from, key) || Reflect.deleteProperty(from, key)) return;
  // A number or a text does nothing.
  const { value, get } = Object.getOwnPropertyDescriptor(from, key)!;
  if (get ?? isObject(value))
    throw new Error(`${String(key)} cannot be taken away from programs here`);
}

/** Some of a worker's global names are inherited, and some of those are accessors. */
function keepOwn(scope: object, name: string): void {
  if (name in scope && !Object.hasOwn(scope, name))
    Object.defineProperty(scope, name, {
      value: Reflect.get(scope, name) as unknown,
      configurable: true,
    });
}

/** Takes away what is not kept. Of what the global object inherits, nothing is. */
function prune(holder: object, own: boolean): void {
  for (const key of Reflect.ownKeys(holder))
    if (typeof key === 'string' && !(own && KEPT.has(key))) remove(holder, key);
}

/** Prototypes that no global name leads to. */
const HIDDEN = (): object[] =>
  [
    function* () {
      yield 0;
    },
    async function* () {
      yield 0;
    },
    async () => undefined,
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
  ].filter(isObject);

/** Freezes objects, and all that their properties and prototypes lead to. */
function freezeFrom(roots: readonly object[]): void {
  const waiting = [...roots];
  const seen = new Set<object>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next) || next === globalThis) continue;
    seen.add(next);
    const found: unknown[] = [Object.getPrototypeOf(next)];
    for (const key of Reflect.ownKeys(next)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(next, key)! as PropertyDescriptor;
      found.push(value, get, set);
    }
    waiting.push(...found.filter(isObject));
    // The elements of a typed array cannot be frozen; none is shared.
    if (!ArrayBuffer.isView(next)) Object.freeze(next);
  }
}

/** Prototypes whose properties programs give their own objects: `error.name = 'OutOfStock'`. */
const OVERRIDDEN = (): object[] => [
  Object.prototype,
  Function.prototype,
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    (error) => error.prototype as object,
  ),
  AggregateError.prototype,
];

/**
 * What is frozen in a prototype could not be assigned in what inherits from it, and the assignment would be
 * passed over in silence. With an accessor in its place it can, and on the prototype itself it throws.
 */
function letInheritorsOverride(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const was = Object.getOwnPropertyDescriptor(prototype, key)!;
    if (!('value' in was) || !was.configurable) continue;
    const value: unknown = was.value;
    Object.defineProperty(prototype, key, {
      configurable: false,
      enumerable: was.enumerable ?? false,
      get: () => value,
      set(this: unknown, given: unknown) {
        if (this === prototype)
          throw new TypeError(
            `Cannot change ${String(key)}: what JavaScript brings along is fixed here.`,
          );
        if (isObject(this))
          Object.defineProperty(this, key, {
            value: given,
            writable: true,
            enumerable: true,
            configurable: true,
          });
      },
    });
  }
}

const prototypeOf = (object: object): object | null =>
  Object.getPrototypeOf(object) as object | null;
