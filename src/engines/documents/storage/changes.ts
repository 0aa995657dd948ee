/** What changes in a store, as whoever watches it is told. */
import type { Doc } from '../values/types.ts';

/** How a document was replaced by another. */
export interface HowChanged {
  /** As a whole, rather than by operators. */
  replaced: boolean;
  /** Dotted paths that operators have set to a value of their own. */
  set: readonly string[];
}

export const BY_OPERATORS: HowChanged = { replaced: false, set: [] };

export type Change = { database: string; name: string } & (
  | { kind: 'insert'; after: Doc }
  | { kind: 'update'; before: Doc; after: Doc; how: HowChanged }
  | { kind: 'delete'; before: Doc }
  | { kind: 'drop' }
  | { kind: 'dropDatabase' }
  | { kind: 'rename'; to: string }
);
