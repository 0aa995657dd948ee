/** An entry of the reference card, as its author wrote it, checked. It is plain data. */
import type { PlacedCell } from '../../running/cells/cell.ts';
import type { Comparison } from '../../running/cells/compare/comparison.ts';
import type { EngineName } from '../../engines/engine.ts';

/** What an entry can be, and what a reader calls it. The words can be searched for. */
export const KINDS = {
  family: 'Family',
  word: 'Vocabulary',
  query: 'Query',
  structure: 'Structure',
  command: 'Command',
  decision: 'Decision rule',
  rule: 'Golden rule',
} as const;

export type Kind = keyof typeof KINDS;

export interface Entry {
  /** Unique on the card, and lasting: `/go/reference.zadd/` leads to it. */
  id: string;
  name: string;
  kind: Kind;
  /** The databases it is about; none for what no engine of the course has. */
  engines: EngineName[];
  /** Other words under which somebody may look for it. */
  synonyms: string[];
  /** One line: what it is or does. `Code` stands in backticks, here and in `when`. */
  what: string;
  /** When to use it, or what to watch. */
  when: string;
  /** Lasting id of the place in the lecture that tells more: `4.2.sorted-sets`. */
  section: string;
  /** Lasting id of a cell of the lecture to try it in. */
  tryIt?: string;
  /** A Redis command’s arguments, from the command table. */
  syntax?: string;
  /** What is executed under it: one cell, or two that answer the same question. */
  cells: PlacedCell[];
  comparison?: Comparison;
  /** Path from the project’s root, and line from 1. */
  file: string;
  line: number;
  /** Where its places are named. A section that its file names for all of them stands there. */
  lines: { section: number; cell: number };
}

/** A file of entries, with its heading. */
export interface Group {
  /** Unique on the card, among the entries’ ids too. */
  id: string;
  title: string;
  kind: Kind;
  entries: Entry[];
  file: string;
}

/** The lasting id of the card, before the dot in those of its entries. */
export const CARD_ID = 'reference';
export const CARD_TITLE = 'Reference card';
/** Its address, from the site’s base. */
export const CARD_PATH = 'reference/';
