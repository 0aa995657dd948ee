/** Where the search looks: Pagefind’s index of words, and the table of exact names and operators. */
import { createLookup, type Places } from './places.ts';
import type { Page, Section } from './sections.ts';

/** A page as Pagefind tells it. */
export interface Result extends Omit<Page<Section>, 'score'> {
  /** HTML with `<mark>` and escaped text. */
  excerpt: string;
  /** The number is that of a part or a section. */
  meta: { title: string; number?: string };
}
export interface ScoredResult extends Result {
  score: number;
}

export interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  destroy(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: object,
    wait?: number,
  ): Promise<{ results: { score: number; data(): Promise<Result> }[] } | null>;
}

/** Something that is loaded when it is first asked for. */
export interface Loaded<T> {
  (): Promise<T>;
  /** Has the next call load it anew. */
  forget(): void;
}

/** Keeps what has arrived, and asks again for what has not. */
function loaded<T>(load: () => Promise<T>): Loaded<T> {
  let value: Promise<T> | undefined;
  const forget = (): void => {
    value = undefined;
  };
  return Object.assign(
    () => {
      const asked = (value ??= load());
      asked.catch(forget);
      return asked;
    },
    { forget },
  );
}

/** @param address of `pagefind.js`. */
export const pagefindAt = (address: string): Loaded<Pagefind> =>
  loaded(async () => {
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    await pagefind.options({ excerptLength: 20 });
    await pagefind.init();
    return pagefind;
  });

/** @param address of the table. */
export const lookupAt = (address: string): Loaded<ReturnType<typeof createLookup>> =>
  loaded(async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return createLookup((await response.json()) as Places);
  });
