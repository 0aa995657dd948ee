/** What a console has to know of a database's language; the rest is the same for all of them. */
import type { Output } from '../../../engines/engine.ts';
import type { Completion } from '../terminal/completion.ts';
import type { Hint } from '../terminal/terminal.ts';

export interface IndexInfo {
  name: string;
  /** What it is on: `{ price: 1 }`, `products (price)`. */
  on: string;
}

/** A collection or a table. */
export interface Relation {
  name: string;
  /** Documents or rows; `null` if nobody has counted. */
  size: number | null;
  /** Fields or columns. */
  fields: string[];
  indexes: IndexInfo[];
}

/** What a database holds. */
export interface Catalog {
  /** The database that inputs go to. */
  database: string;
  relations: Relation[];
}

export const EMPTY_CATALOG: Catalog = { database: '', relations: [] };

/** Runs a script on the session that the reader types into. @returns what it printed. */
export type Ask = (code: string) => Promise<Output[]>;

export interface Language {
  /** The shell's name: `mongosh`. It labels the prompt. */
  readonly shell: string;
  /** What the view of the database calls things; `null` where nothing is known of what a database holds. */
  readonly words: { relations: string; relation: string; size: string; fields: string } | null;
  /** For readers who have not typed yet. */
  readonly examples: readonly string[];
  prompt(catalog: Catalog): string;
  /** Whether Enter runs the text; a whole input or one with a mistake. */
  isComplete(text: string): boolean;
  complete(
    text: string,
    caret: number,
    catalog: Catalog,
    history: readonly string[],
  ): Completion | null;
  hint(text: string): Hint | null;
  /** Whether the catalog has to be read again after an input. */
  mayChange(input: string): boolean;
  /** Reads the catalog, or `null` if it cannot be read now. */
  inspect(ask: Ask): Promise<Catalog | null>;
  /** An output as the shell prints it, or `null` where the cells' renderer knows it better. */
  asText(output: Output): { text: string; failed: boolean } | null;
}
