/** A document store that answers as MongoDB does, with mongosh as its shell. Needs no assets. */
import type { Database, Engine } from '../engine.ts';
import { DocumentDatabase } from './database.ts';
import { hereEvaluator } from './shell/evaluators.ts';

export { loadEveryPart } from './parts/parts.ts';
export { countingIds, createStore, type Store, type StoreOptions } from './api/store.ts';

export const engine: Engine = {
  async open(): Promise<Database> {
    return new DocumentDatabase(hereEvaluator());
  },
};
