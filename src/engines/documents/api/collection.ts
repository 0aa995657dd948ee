/** A collection, with the methods and results of MongoDB's driver. Everything is synchronous. */
import { asWrite, fail, MongoInvalidArgumentError } from '../errors.ts';
import { CollectionData } from '../storage/collection-data.ts';
import { type AggregateOptions } from '../operations/aggregate.ts';
import {
  type Clock,
  dataOf,
  namespaceOf,
  refuseView,
  type Target,
} from '../operations/environment.ts';
import { distinct, findById, type FindOptions, prepare, run } from '../operations/find.ts';
import { createIndex, dropIndex, listIndexes } from '../operations/indexes.ts';
import {
  deleteDocs,
  findAndModify,
  insertDoc,
  prepareInsert,
  updateDocs,
  type WriteOptions,
} from '../operations/write.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { ExpiryMonitor } from '../storage/expiry-monitor.ts';
import { docToResult, toResult, toStored } from '../values/convert.ts';
import { capOf } from './capped.ts';
import { docOf, type Input } from '../values/types.ts';
import { bulkWrite, type BulkOptions, type BulkResult, insertMany } from './bulk.ts';
import { checkFilter, checkReplacement, checkUpdate } from './checks.ts';
import { AggregationCursor, FindCursor } from './cursor.ts';
import { filterOf, queryOptions } from './forms.ts';
import { omit } from './options.ts';
import type { ChangeStream } from '../changes/stream.ts';
import { brought } from '../parts/brought.ts';
import type { Session } from './session.ts';

/** What a collection belongs to. */
export interface Connection {
  catalog: Catalog;
  clock: Clock;
  /** The session that every operation uses which names no other. */
  session: Session | null;
  /** Removes what has expired. */
  expiry: ExpiryMonitor;
}

export interface SessionOption {
  session?: Session;
}

export interface InsertOneResult {
  acknowledged: true;
  insertedId: unknown;
}

export interface InsertManyResult {
  acknowledged: true;
  insertedCount: number;
  insertedIds: Record<number, unknown>;
}

export interface UpdateResult {
  acknowledged: true;
  matchedCount: number;
  modifiedCount: number;
  upsertedCount: 0 | 1;
  /** `null` unless a document was inserted. */
  upsertedId: unknown;
}

export interface DeleteResult {
  acknowledged: true;
  deletedCount: number;
}

export type FindAndModifyOptions = Omit<WriteOptions, 'hint' | 'limit' | 'skip'> &
  SessionOption & { returnDocument?: 'before' | 'after' };

const NO_OPTIONS: FindOptions & SessionOption = {};

export class Collection {
  readonly collectionName: string;
  readonly dbName: string;
  private readonly connection: Connection;

  constructor(connection: Connection, dbName: string, collectionName: string) {
    this.connection = connection;
    this.dbName = dbName;
    this.collectionName = collectionName;
  }

  get namespace(): string {
    return `${this.dbName}.${this.collectionName}`;
  }

  private target(options: SessionOption = {}): Target {
    this.connection.expiry.look();
    const session = options.session ?? this.connection.session;
    return {
      access: session ? session.access() : this.connection.catalog,
      clock: this.connection.clock,
      database: this.dbName,
      name: this.collectionName,
    };
  }

  /** Runs an operation in its session. */
  private within<T>(options: SessionOption | undefined, operation: (target: Target) => T): T {
    const session = options?.session ?? this.connection.session;
    const perform = () => operation(this.target(options));
    return session ? session.guard(perform) : perform();
  }

  /** Runs a write in its session. */
  private writing<T>(options: SessionOption, operation: (target: Target) => T): T {
    return asWrite(() => this.within(options, operation));
  }

  /** Inserts a document; it gets an `_id` if it has none, and so does the object given. */
  insertOne(doc: Input, options: WriteOptions & SessionOption = {}): InsertOneResult {
    if (Array.isArray(doc))
      throw new MongoInvalidArgumentError('Document must be an object, not an array');
    return this.writing(options, (target) => {
      const stored = prepareInsert(target, doc);
      doc._id ??= toResult(stored._id);
      insertDoc(target, stored, options);
      return { acknowledged: true, insertedId: toResult(stored._id) };
    });
  }

  /** @throws MongoBulkWriteError: what was inserted before (or besides) stays. */
  insertMany(docs: readonly Input[], options: BulkOptions & SessionOption = {}): InsertManyResult {
    if (!Array.isArray(docs)) {
      throw new MongoInvalidArgumentError('Argument "docs" must be an array of documents');
    }
    if (docs.length === 0)
      throw new MongoInvalidArgumentError('Invalid BulkOperation, Batch cannot be empty');
    return this.within(options, (target) => {
      const { insertedCount, insertedIds } = insertMany(target, docs, options);
      return { acknowledged: true, insertedCount, insertedIds };
    });
  }

  find(filter?: Input, options: FindOptions & SessionOption = {}): FindCursor {
    const query = filterOf(filter);
    const rest = queryOptions(omit(options, 'session'));
    return this.within(options, () => new FindCursor(() => this.target(options), query, rest));
  }

  findOne(filter?: Input, options: FindOptions & SessionOption = NO_OPTIONS): Input | null {
    if (options === NO_OPTIONS) {
      const found = this.within(options, (target) => findById(target, filter));
      if (found !== undefined) return found && docToResult(found);
    }
    return this.find(filter, { ...options, limit: 1 }).next();
  }

  countDocuments(filter?: Input, options: FindOptions & SessionOption = {}): number {
    checkFilter(filter);
    return this.within(
      options,
      (target) =>
        run(prepare(target, filter, options), namespaceOf(target), 'aggregate').docs.length,
    );
  }

  /** The number of documents, from the collection's own count. */
  estimatedDocumentCount(): number {
    return dataOf(this.target())?.size ?? 0;
  }

  /** The values of a field, each once, in BSON order. */
  distinct(field: string, filter?: Input, options: FindOptions & SessionOption = {}): unknown[] {
    return this.within(options, (target) => distinct(target, field, filter, options).map(toResult));
  }

  aggregate(
    pipeline: readonly Input[] = [],
    options: AggregateOptions & SessionOption = {},
  ): AggregationCursor {
    const rest = omit(options, 'session');
    const cursor = this.within(
      options,
      () => new AggregationCursor(() => this.target(options), pipeline, rest),
    );
    const last = pipeline.at(-1);
    // A pipeline that writes does so when it is sent, whether its (empty) result is read or not.
    if (last && ('$out' in last || '$merge' in last)) this.within(options, () => cursor.hasNext());
    return cursor;
  }

  updateOne(
    filter: Input,
    update: unknown,
    options: WriteOptions & SessionOption = {},
  ): UpdateResult {
    checkUpdate(update);
    return this.update(filter, update, options, false);
  }

  updateMany(
    filter: Input,
    update: unknown,
    options: WriteOptions & SessionOption = {},
  ): UpdateResult {
    checkUpdate(update);
    return this.update(filter, update, options, true);
  }

  replaceOne(
    filter: Input,
    replacement: Input,
    options: WriteOptions & SessionOption = {},
  ): UpdateResult {
    checkReplacement(replacement);
    return this.update(filter, replacement, options, false);
  }

  private update(
    filter: Input,
    update: unknown,
    options: WriteOptions & SessionOption,
    many: boolean,
  ): UpdateResult {
    checkFilter(filter);
    return this.writing(options, (target) => {
      const { matched, modified, upsertedId } = updateDocs(target, filter, update, options, many);
      return {
        acknowledged: true,
        matchedCount: matched,
        modifiedCount: modified,
        upsertedCount: upsertedId === undefined ? 0 : 1,
        upsertedId: upsertedId === undefined ? null : toResult(upsertedId),
      };
    });
  }

  deleteOne(filter: Input, options: FindOptions & SessionOption = {}): DeleteResult {
    checkFilter(filter);
    return this.writing(options, (target) => ({
      acknowledged: true,
      deletedCount: deleteDocs(target, filter, options, false),
    }));
  }

  deleteMany(filter: Input, options: FindOptions & SessionOption = {}): DeleteResult {
    checkFilter(filter);
    return this.writing(options, (target) => ({
      acknowledged: true,
      deletedCount: deleteDocs(target, filter, options, true),
    }));
  }

  /** The document before the update, or after it with `returnDocument: 'after'`; `null` if there was none. */
  findOneAndUpdate(
    filter: Input,
    update: unknown,
    options: FindAndModifyOptions = {},
  ): Input | null {
    checkUpdate(update);
    return this.modify(filter, update, options);
  }

  findOneAndReplace(
    filter: Input,
    replacement: Input,
    options: FindAndModifyOptions = {},
  ): Input | null {
    checkReplacement(replacement);
    return this.modify(filter, replacement, options);
  }

  findOneAndDelete(filter: Input, options: FindAndModifyOptions = {}): Input | null {
    return this.modify(filter, null, options);
  }

  private modify(filter: Input, update: unknown, options: FindAndModifyOptions): Input | null {
    const { returnDocument, ...rest } = queryOptions(omit(options, 'session'));
    return this.within(options, (target) => {
      const { value } = findAndModify(target, filter, update, {
        ...rest,
        returnNew: returnDocument === 'after',
      });
      return value && docToResult(value);
    });
  }

  /** @throws MongoBulkWriteError if any operation failed. */
  bulkWrite(operations: readonly Input[], options: BulkOptions & SessionOption = {}): BulkResult {
    return this.within(options, (target) => bulkWrite(target, operations, options));
  }

  /** @returns a stream of what changes from here on. */
  watch(pipeline?: unknown, options?: Input): ChangeStream {
    const watched = { database: this.dbName, name: this.collectionName };
    return brought('watch', 'watch')(this.connection, watched, pipeline, options);
  }

  /** @returns the index's name. */
  createIndex(key: Input | string, options: Input = {}): string {
    return createIndex(this.target(), key, options).name;
  }

  /** The indexes, as `getIndexes()` shows them. */
  indexes(): Input[] {
    return listIndexes(this.target());
  }

  dropIndex(which: string | Input): { nIndexesWas: number; ok: 1 } {
    return { nIndexesWas: dropIndex(this.target(), which), ok: 1 };
  }

  /** @returns whether there was such a collection. */
  drop(): boolean {
    return this.connection.catalog.drop(this.dbName, this.collectionName);
  }

  /** @throws MongoServerError NamespaceNotFound, NamespaceExists. */
  rename(name: string, options: { dropTarget?: boolean } = {}): void {
    this.connection.catalog.rename(
      this.dbName,
      this.collectionName,
      name,
      options.dropTarget ?? false,
    );
  }

  /** Makes the collection capped; of its indexes only that of `_id` stays. @throws MongoServerError NamespaceNotFound. */
  convertToCapped(size: unknown): void {
    const { catalog } = this.connection;
    const old = catalog.read(this.dbName, this.collectionName);
    if (!old) return fail(26, `database ${this.dbName} not found`);
    const cap = capOf({ capped: true, size });
    const given = docOf([
      ...Object.entries(old.options.given),
      ['capped', true],
      ['size', toStored(size)],
    ]);
    const data = new CollectionData(this.namespace, { ...old.options, cap, given });
    for (const doc of old.docs()) data.insert(doc);
    catalog.replace(this.dbName, this.collectionName, data);
  }

  /** Sizes in bytes of BSON. Nothing is said of storage: there is no disk. */
  stats(): Input {
    refuseView(this.target());
    const data = dataOf(this.target());
    const size = data?.dataSize() ?? 0;
    const count = data?.size ?? 0;
    return {
      ok: 1,
      capped: data?.options.cap != null,
      ns: this.namespace,
      size,
      count,
      ...(count ? { avgObjSize: Math.floor(size / count) } : {}),
      nindexes: (data?.indexes.length ?? 0) + (data?.text ? 1 : 0),
      ...(data?.options.cap
        ? {
            max: data.options.cap.max === Infinity ? 0 : data.options.cap.max,
            maxSize: data.options.cap.size,
          }
        : {}),
    };
  }
}
