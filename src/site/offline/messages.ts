/** What a page asks of the worker. */
import type { Fetching } from './worker/filling.ts';

/**
 * `fill`: keep the course, whenever there is time. `kept`: say what is kept; answered with {@link Kept}.
 * `keep`: keep this file now; answered with {@link Fetching}. `keep all`: keep what the page has used.
 */
export type Message =
  | { ask: 'fill' }
  | { ask: 'kept' }
  | { ask: 'keep'; path: string }
  | { ask: 'keep all'; addresses: string[] };

export interface Kept {
  /** Of the build that the worker belongs to. */
  version: string;
  pages: { kept: number; all: number };
  /** What is not kept: path below the base and size in bytes. */
  missing: (readonly [path: string, bytes: number])[];
}

/** The answer to each question. */
export interface Answers {
  kept: Kept;
  keep: Fetching;
}
