/**
 * What is kept in a reader's browser, over reloads, and never sent anywhere. Every thing has an entry of its own,
 * `<course>/read/1.2`, which says by which version of its kind it was written: `[1,1767225600000]`.
 *
 * Tabs write at the same time. As no entry holds the things of two, none can be lost by it, without a lock; a lock
 * could not even help, as a browser's processes hear of each other's writes some time after the lock is free. All
 * writes are done when the call returns, so nothing is left to do when the page goes.
 *
 * Where storage is denied or full, what is kept lives as long as the page.
 */
import type { KeptName } from './names.ts';
import { PREFIX } from './prefix.ts';

/** How long a thing lasts: until it is removed, or as long as the tab is open. */
export type Lasts = 'always' | 'visit';

type Area = 'localStorage' | 'sessionStorage';

/** What could not be stored. */
const unstored = new Map<string, string>();

/** The things of one kind, by id; the only one of its kind has the id `''`. */
export class Kept<Value> {
  readonly #start: string;
  readonly #version: number;
  readonly #read: (data: unknown, version: number) => Value | undefined;
  readonly #area: Area;

  /**
   * @param version of what is written. A page writes over no entry of a later version: it is an old page, from a
   * cache or in a tab that was left open.
   * @param read makes a value of what stands in an entry, which anybody may have written, or nothing if it is none.
   * It may throw. It gets entries of earlier versions too.
   */
  constructor(
    name: KeptName,
    version: number,
    read: (data: unknown, version: number) => Value | undefined,
    lasts: Lasts = 'always',
  ) {
    this.#start = `${PREFIX}${name}/`;
    this.#version = version;
    this.#read = read;
    this.#area = lasts === 'visit' ? 'sessionStorage' : 'localStorage';
  }

  get(id = ''): Value | undefined {
    return this.#value(this.#start + id);
  }

  /** All of the kind, in the order of their ids. */
  all(): Map<string, Value> {
    const found = new Map<string, Value>();
    for (const key of this.#keys()) {
      const value = this.#value(key);
      if (value !== undefined) found.set(key.slice(this.#start.length), value);
    }
    return found;
  }

  /** @returns whether it will survive a reload. */
  set(id: string, value: Value): boolean {
    const key = this.#start + id;
    const text = JSON.stringify([this.#version, value]);
    unstored.set(key, text);
    return (
      !this.#isLater(key) &&
      (attempt(() => {
        globalThis[this.#area].setItem(key, text);
        return unstored.delete(key);
      }) ??
        false)
    );
  }

  /** What a later version wrote stays. */
  remove(id = ''): void {
    const key = this.#start + id;
    if (this.#isLater(key)) unstored.delete(key);
    else this.#remove(key);
  }

  /** Removes everything of the kind, whoever wrote it and whatever it is. */
  clear(): void {
    for (const key of this.#keys()) this.#remove(key);
  }

  /** @param tell gets the id that another tab has changed or removed; nothing if that may be any. */
  whenChanged(tell: (id?: string) => void): void {
    addEventListener('storage', ({ key }) => {
      if (key === null) tell();
      else if (key.startsWith(this.#start)) tell(key.slice(this.#start.length));
    });
  }

  #keys(): string[] {
    const keys = new Set([...storedKeys(this.#area), ...unstored.keys()]);
    return [...keys].filter((key) => key.startsWith(this.#start)).sort();
  }

  #value(key: string): Value | undefined {
    const [version, data] = entryOf(unstored.get(key) ?? stored(this.#area, key));
    return attempt(() => (version <= this.#version ? this.#read(data, version) : undefined));
  }

  #remove(key: string): void {
    unstored.delete(key);
    attempt(() => globalThis[this.#area].removeItem(key));
  }

  #isLater(key: string): boolean {
    return entryOf(stored(this.#area, key))[0] > this.#version;
  }
}

/** Calls when another tab has changed anything, once for all that it changed at a time. */
export function whenKeptChanges(tell: () => void): void {
  let waiting = false;
  addEventListener('storage', ({ key }) => {
    if (waiting || key?.startsWith(PREFIX) === false) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      tell();
    });
  });
}

/** Whether this browser lets the site keep nothing at all, rather than nothing more. */
export const isDenied = (): boolean => stored('localStorage', '') === undefined;

const storedKeys = (area: Area): string[] => attempt(() => Object.keys(globalThis[area])) ?? [];

const stored = (area: Area, key: string): string | null | undefined =>
  attempt(() => globalThis[area].getItem(key));

/** @returns a version that compares with none if the text is no entry. */
const entryOf = (text: string | null | undefined): [version: number, data?: unknown] =>
  attempt(() => {
    const entry = JSON.parse(text!) as unknown;
    return Array.isArray(entry) && Number.isInteger(entry[0]) ? (entry as [number]) : undefined;
  }) ?? [NaN];

/** Storage may be denied, full or absent, and what stands there may be anything. */
function attempt<Result>(how: () => Result): Result | undefined {
  try {
    return how();
  } catch {
    return undefined;
  }
}

// An earlier release kept things in other ways. It happens once, before a reader has done anything on the page.
if (storedKeys('localStorage').some((key) => /^(course-|starlight-theme$)/.test(key)))
  void import('./earlier.ts')
    .then(({ takeOver }) => takeOver() && location.reload())
    .catch(() => undefined);
