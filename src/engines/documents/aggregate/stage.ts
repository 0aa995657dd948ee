/** What a stage of a pipeline is, and what it may reach. */
import type { FilterContext } from '../query/condition.ts';
import type { Doc, Value } from '../values/types.ts';
import { compileEvaluator } from './expression.ts';
import type { Compiler } from './operator.ts';

/** Documents in, documents out. */
export type Stage = (docs: Doc[]) => Doc[];

/** What stages reach beyond the documents they are given. */
export interface PipelineContext extends FilterContext {
  /** The documents of another collection of the database. */
  collection(name: string): Doc[];
  /** Finds documents of another collection by equality, by an index if there is one. */
  lookup(name: string, field: string): (value: Value) => Doc[];
  /** Puts documents in place of a collection's: `$out`. */
  replaceCollection(database: string | null, name: string, docs: Doc[]): void;
  /** `$merge`. */
  merge: MergeTarget;
}

export interface MergeTarget {
  /** Checks that a unique index holds the fields that identify a document. */
  requireUnique(database: string | null, name: string, fields: readonly string[]): void;
  find(database: string | null, name: string, fields: Doc): Doc | null;
  insert(database: string | null, name: string, doc: Doc): void;
  replace(database: string | null, name: string, old: Doc, doc: Doc): void;
}

/** Makes a stage. @throws MongoServerError if the specification is not well formed. */
export type MakeStage = (spec: Value, context: PipelineContext) => Stage;

/** The compiler for accumulators. */
export function compilerOf(context: FilterContext): Compiler {
  return {
    compile: (expression, variables = []) => compileEvaluator(expression, context, variables),
    strings: context.collation.strings,
    now: context.now,
  };
}
