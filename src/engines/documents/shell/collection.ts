/** `db.products`: a collection with mongosh's methods, and mongosh's results. */
import type { Collection } from '../api/collection.ts';
import type { AggregationCursor, Cursor, FindCursor } from '../api/cursor.ts';
import type { ChangeStream } from '../changes/stream.ts';
import type { BulkOptions } from '../api/bulk.ts';
import type { SortForm } from '../api/forms.ts';
import { MongoshInvalidInputError } from '../errors.ts';
import type { Verbosity } from '../operations/explain.ts';
import type { FindOptions } from '../operations/find.ts';
import type { WriteOptions } from '../operations/write.ts';
import type { Input } from '../values/types.ts';
import type { ShellDatabase, ShellMongo } from './database.ts';
import { withAbsent } from './absent-methods.ts';
import type { HelpText } from './help.ts';
import { brought } from '../parts/brought.ts';
import { type ExplainOutput, explained } from './results.ts';

/** Refuses a call that lacks an argument. */
function required(value: unknown, position: number, method: string): void {
  if (value === undefined) {
    throw new MongoshInvalidInputError(
      `Missing required argument at position ${String(position)} (Collection.${method})`,
    );
  }
}

/** mongosh names the options of `findOneAnd…` in two ways. */
function modifyOptions(options: Input): Input {
  const after =
    options.returnNewDocument === true || options.new === true || options.returnOriginal === false;
  return after ? { ...options, returnDocument: 'after' } : options;
}

/** The pipeline may be left out before the options. */
export function watchArguments(
  pipeline: unknown,
  options: Input | undefined,
): { stages: unknown; rest: Input | undefined } {
  if (pipeline === undefined || Array.isArray(pipeline)) return { stages: pipeline, rest: options };
  return { stages: [], rest: pipeline as Input };
}

export class ShellCollection {
  readonly #collection: Collection;
  readonly #database: ShellDatabase;

  constructor(database: ShellDatabase, collection: Collection) {
    this.#database = database;
    this.#collection = collection;
  }

  getName(): string {
    return this.#collection.collectionName;
  }

  getFullName(): string {
    return this.#collection.namespace;
  }

  getDB(): ShellDatabase {
    return this.#database;
  }

  help(): HelpText {
    return brought('helpOn', 'help')('collection');
  }

  find(filter?: Input, projection?: Input, options: FindOptions = {}): FindCursor {
    return this.#collection.find(filter, projection ? { ...options, projection } : options);
  }

  findOne(filter?: Input, projection?: Input, options?: FindOptions): Input | null {
    return this.#collection.findOne(filter, projection ? { ...options, projection } : options);
  }

  aggregate(...stages: unknown[]): AggregationCursor | ExplainOutput {
    const [first, second] = stages;
    const pipeline = Array.isArray(first) ? (first as Input[]) : (stages as Input[]);
    const options = (Array.isArray(first) ? (second ?? {}) : {}) as Input;
    const cursor = this.#collection.aggregate(pipeline, options);
    return options.explain === undefined
      ? cursor
      : explained(cursor.explain(options.explain as Verbosity));
  }

  countDocuments(filter?: Input, options?: FindOptions): number {
    return this.#collection.countDocuments(filter, options);
  }

  estimatedDocumentCount(): number {
    return this.#collection.estimatedDocumentCount();
  }

  /** Deprecated in mongosh, and still there. */
  count(filter?: Input): number {
    return filter ? this.countDocuments(filter) : this.estimatedDocumentCount();
  }

  distinct(field: string, filter?: Input, options?: FindOptions): unknown[] {
    required(field, 0, 'distinct');
    return this.#collection.distinct(field, filter, options);
  }

  insertOne(doc: Input, options?: WriteOptions): Input {
    required(doc, 0, 'insertOne');
    const { acknowledged, insertedId } = this.#collection.insertOne(doc, options);
    return { acknowledged, insertedId };
  }

  insertMany(docs: Input[], options?: BulkOptions): Input {
    required(docs, 0, 'insertMany');
    const { acknowledged, insertedIds } = this.#collection.insertMany(docs, options);
    return { acknowledged, insertedIds };
  }

  /** Deprecated in mongosh, and still there. */
  insert(docs: Input | Input[], options?: BulkOptions): Input {
    required(docs, 0, 'insert');
    return this.insertMany(Array.isArray(docs) ? docs : [docs], options);
  }

  updateOne(filter: Input, update: unknown, options?: WriteOptions): Input {
    required(filter, 0, 'updateOne');
    required(update, 1, 'updateOne');
    return updateResult(this.#collection.updateOne(filter, update, options));
  }

  updateMany(filter: Input, update: unknown, options?: WriteOptions): Input {
    required(filter, 0, 'updateMany');
    required(update, 1, 'updateMany');
    return updateResult(this.#collection.updateMany(filter, update, options));
  }

  /** Deprecated in mongosh, and still there. */
  update(filter: Input, update: unknown, options: WriteOptions & { multi?: boolean } = {}): Input {
    return options.multi
      ? this.updateMany(filter, update, options)
      : this.updateOne(filter, update, options);
  }

  replaceOne(filter: Input, replacement: Input, options?: WriteOptions): Input {
    required(filter, 0, 'replaceOne');
    required(replacement, 1, 'replaceOne');
    return updateResult(this.#collection.replaceOne(filter, replacement, options));
  }

  deleteOne(filter: Input, options?: FindOptions): Input {
    required(filter, 0, 'deleteOne');
    return { ...this.#collection.deleteOne(filter, options) };
  }

  deleteMany(filter: Input, options?: FindOptions): Input {
    required(filter, 0, 'deleteMany');
    return { ...this.#collection.deleteMany(filter, options) };
  }

  /** Deprecated in mongosh, and still there. */
  remove(filter: Input, options: boolean | { justOne?: boolean } = {}): Input {
    const justOne = typeof options === 'boolean' ? options : options.justOne;
    return justOne ? this.deleteOne(filter) : this.deleteMany(filter);
  }

  findOneAndUpdate(filter: Input, update: unknown, options: Input = {}): Input | null {
    required(filter, 0, 'findOneAndUpdate');
    required(update, 1, 'findOneAndUpdate');
    return this.#collection.findOneAndUpdate(filter, update, modifyOptions(options));
  }

  findOneAndReplace(filter: Input, replacement: Input, options: Input = {}): Input | null {
    required(filter, 0, 'findOneAndReplace');
    required(replacement, 1, 'findOneAndReplace');
    return this.#collection.findOneAndReplace(filter, replacement, modifyOptions(options));
  }

  findOneAndDelete(filter: Input, options: Input = {}): Input | null {
    required(filter, 0, 'findOneAndDelete');
    return this.#collection.findOneAndDelete(filter, options);
  }

  findAndModify({ query = {}, update, remove, ...options }: Input): Input | null {
    const rest = modifyOptions({ ...options, projection: options.fields as Input });
    if (remove) return this.#collection.findOneAndDelete(query as Input, rest);
    return this.#collection.findOneAndUpdate(query as Input, update, rest);
  }

  bulkWrite(operations: Input[], options?: BulkOptions): Input {
    required(operations, 0, 'bulkWrite');
    const result = this.#collection.bulkWrite(operations, options);
    return {
      acknowledged: true,
      insertedCount: result.insertedCount,
      insertedIds: result.insertedIds,
      matchedCount: result.matchedCount,
      modifiedCount: result.modifiedCount,
      deletedCount: result.deletedCount,
      upsertedCount: result.upsertedCount,
      upsertedIds: result.upsertedIds,
    };
  }

  watch(pipeline?: unknown, options?: Input): ChangeStream {
    const { stages, rest } = watchArguments(pipeline, options);
    return this.#collection.watch(stages, rest);
  }

  createIndex(key: Input | string, options?: Input): string {
    required(key, 0, 'createIndex');
    return this.#collection.createIndex(key, options);
  }

  createIndexes(keys: Input[], options?: Input): string[] {
    required(keys, 0, 'createIndexes');
    return keys.map((key) => this.createIndex(key, options));
  }

  ensureIndex(key: Input, options?: Input): string {
    return this.createIndex(key, options);
  }

  getIndexes(): Input[] {
    return this.#collection.indexes();
  }

  getIndices(): Input[] {
    return this.getIndexes();
  }

  getIndexSpecs(): Input[] {
    return this.getIndexes();
  }

  getMongo(): ShellMongo {
    return this.#database.getMongo();
  }

  runCommand(command: string, options: Input = {}): Input {
    required(command, 0, 'runCommand');
    return this.#database.runCommand({ [command]: this.getName(), ...options });
  }

  getIndexKeys(): unknown[] {
    return this.getIndexes().map(({ key }) => key as unknown);
  }

  dropIndex(which: string | Input): Input {
    required(which, 0, 'dropIndex');
    if (which === '*') {
      throw new MongoshInvalidInputError(
        "To drop indexes in the collection using '*', use db.collection.dropIndexes().",
      );
    }
    return this.#collection.dropIndex(which);
  }

  dropIndexes(which: string | Input | (string | Input)[] = '*'): Input {
    const answers = (Array.isArray(which) ? which : [which]).map((one) =>
      this.#collection.dropIndex(one),
    );
    return answers[0] ?? { ok: 1 };
  }

  drop(): boolean {
    this.#collection.drop();
    return true;
  }

  renameCollection(name: string, dropTarget = false): Input {
    required(name, 0, 'renameCollection');
    this.#collection.rename(name, { dropTarget });
    return { ok: 1 };
  }

  exists(): Input | null {
    return (
      (this.#database.getCollectionInfos({ name: this.getName() })[0] as Input | undefined) ?? null
    );
  }

  stats(): Input {
    return this.#collection.stats();
  }

  dataSize(): unknown {
    return this.stats().size as unknown;
  }

  isCapped(): boolean {
    return this.stats().capped === true;
  }

  convertToCapped(size: unknown): Input {
    required(size, 0, 'convertToCapped');
    this.#collection.convertToCapped(size);
    return { ok: 1 };
  }

  /** `db.products.explain('executionStats').find(…)`. */
  explain(verbosity: Verbosity = 'queryPlanner'): Input {
    const explain = (cursor: Cursor) => explained(cursor.explain(verbosity));
    const explainable = {
      // A find that is explained may still be sorted and limited: it is explained when it is printed.
      find: (filter?: Input, projection?: Input) =>
        new ExplainableCursor(this.find(filter, projection), verbosity),
      aggregate: (pipeline: Input[], options?: Input) =>
        explain(this.#collection.aggregate(pipeline, options)),
      count: (filter?: Input) => explain(this.find(filter)),
      distinct: (_field: string, filter?: Input) => explain(this.find(filter)),
    };
    withAbsent(explainable, 'explainable');
    return explainable;
  }
}

/** The result of an update, in the order in which mongosh shows it. */
function updateResult({
  acknowledged,
  matchedCount,
  modifiedCount,
  upsertedCount,
  upsertedId,
}: Input): Input {
  return { acknowledged, insertedId: upsertedId, matchedCount, modifiedCount, upsertedCount };
}

/** A query that is explained instead of run. */
export class ExplainableCursor {
  readonly #cursor: FindCursor;
  readonly #verbosity: Verbosity;

  constructor(cursor: FindCursor, verbosity: Verbosity) {
    this.#cursor = cursor;
    this.#verbosity = verbosity;
  }

  sort(sort: SortForm, direction?: unknown): this {
    this.#cursor.sort(sort, direction);
    return this;
  }

  skip(n: number): this {
    this.#cursor.skip(n);
    return this;
  }

  limit(n: number): this {
    this.#cursor.limit(n);
    return this;
  }

  hint(hint: Input | string): this {
    this.#cursor.hint(hint);
    return this;
  }

  collation(collation: Input): this {
    this.#cursor.collation(collation);
    return this;
  }

  finish(): ExplainOutput {
    return explained(this.#cursor.explain(this.#verbosity));
  }
}
