/** Cursors: a query that runs when it is first read, and the place one has reached in its results. */
import { fail } from '../errors.ts';
import type { Target } from '../operations/environment.ts';
import { dataOf, namespaceOf } from '../operations/environment.ts';
import { type AggregateOptions, aggregate, prepareAggregate } from '../operations/aggregate.ts';
import type { Verbosity } from '../operations/explain.ts';
import { brought } from '../parts/brought.ts';
import { type FindOptions, prepare, type Query, run } from '../operations/find.ts';
import { docToResult } from '../values/convert.ts';
import type { Doc, Input } from '../values/types.ts';
import { type SortForm, sortOf } from './forms.ts';
import { omit } from './options.ts';

/** Where the documents of a cursor come from. */
interface Source {
  /** Runs the query. The documents are the stored ones. */
  execute(): Doc[];
  /** What turns a stored document into what the query asked for. */
  shape(doc: Doc): Doc;
}

/** Documents, one after the other. Each is a fresh object. What a program holds leads to no stored one. */
export abstract class Cursor<T = Input> implements Iterable<T> {
  readonly #source: Source;
  #docs: Doc[] | null = null;
  #at = 0;
  #closed = false;
  readonly #transforms: ((doc: unknown) => unknown)[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  abstract explain(verbosity?: Verbosity | boolean): Input;

  #results(): Doc[] {
    this.#docs ??= this.#source.execute();
    return this.#docs;
  }

  /** @throws if the cursor has been read from. */
  protected configure(change: () => void): this {
    if (this.#docs) fail(2, 'Cursor is already initialized');
    change();
    return this;
  }

  hasNext(): boolean {
    return !this.#closed && this.#at < this.#results().length;
  }

  /** The next document, `null` after the last. */
  next(): T | null {
    if (!this.hasNext()) return null;
    const doc = this.#results()[this.#at]!;
    this.#at += 1;
    let value: unknown = docToResult(this.#source.shape(doc));
    for (const transform of this.#transforms) value = transform(value);
    return value as T;
  }

  tryNext(): T | null {
    return this.next();
  }

  *[Symbol.iterator](): Iterator<T> {
    while (this.hasNext()) yield this.next() as T;
  }

  toArray(): T[] {
    return [...this];
  }

  /** Calls for each document, until the callback answers `false`. */
  forEach(callback: (doc: T) => unknown): void {
    for (const doc of this) if (callback(doc) === false) break;
  }

  map<U>(transform: (doc: T) => U): Cursor<U> {
    this.#transforms.push(transform as (doc: unknown) => unknown);
    return this as unknown as Cursor<U>;
  }

  /** Reads to the end. @returns how many documents there were. */
  itcount(): number {
    let count = 0;
    while (this.hasNext()) {
      this.next();
      count += 1;
    }
    return count;
  }

  objsLeftInBatch(): number {
    return this.#docs ? this.#docs.length - this.#at : 0;
  }

  close(): void {
    this.#closed = true;
  }

  isClosed(): boolean {
    return this.#closed;
  }

  isExhausted(): boolean {
    return !this.hasNext();
  }

  /** Does nothing: results are always laid out. */
  pretty(): this {
    return this;
  }

  /** Does nothing: nothing travels in batches here. */
  batchSize(): this {
    return this;
  }

  /** Does nothing: there is no log for the comment to appear in. */
  comment(): this {
    return this;
  }

  /** Does nothing: whoever runs the store limits its time. */
  maxTimeMS(): this {
    return this;
  }

  allowDiskUse(): this {
    return this;
  }
}

function verbosityOf(verbosity: Verbosity | boolean | undefined): Verbosity {
  if (verbosity === undefined || verbosity === false) return 'queryPlanner';
  return verbosity === true ? 'allPlansExecution' : verbosity;
}

export class FindCursor<T = Input> extends Cursor<T> {
  readonly #target: () => Target;
  readonly #filter: Input | undefined;
  readonly #options: FindOptions;
  #project: (doc: Doc) => Doc = (doc) => doc;
  /** The query as it was planned when it was made; nothing, once an option has changed. */
  #planned: Query | null;

  constructor(target: () => Target, filter: Input | undefined, options: FindOptions) {
    super({ execute: () => this.#execute(), shape: (doc) => this.#project(doc) });
    this.#target = target;
    this.#filter = filter;
    this.#options = { ...options };
    // An ill-formed query is refused when it is made, not when it is read.
    this.#planned = prepare(target(), filter, options);
  }

  sort(sort: SortForm, direction?: unknown): this {
    return this.configure(() => (this.#options.sort = sortOf(sort, direction)));
  }

  skip(skip: number): this {
    return this.configure(() => (this.#options.skip = skip));
  }

  limit(limit: number): this {
    return this.configure(() => (this.#options.limit = limit));
  }

  projection(projection: Input): this {
    return this.configure(() => (this.#options.projection = projection));
  }

  collation(collation: Input): this {
    return this.configure(() => (this.#options.collation = collation));
  }

  hint(hint: Input | string): this {
    return this.configure(() => (this.#options.hint = hint));
  }

  /** How many documents match, `skip` and `limit` left aside. */
  count(): number {
    const rest = omit(this.#options, 'projection', 'skip', 'limit', 'sort');
    const target = this.#target();
    return run(prepare(target, this.#filter, rest), namespaceOf(target)).docs.length;
  }

  /** How many documents match, with `skip` and `limit`. */
  size(): number {
    return this.#execute().length;
  }

  #execute(): Doc[] {
    const target = this.#target();
    const query = this.#query(target);
    if (query.projection) {
      const projection = query.projection;
      this.#project = (doc) => projection.apply(doc);
    }
    return run(query, namespaceOf(target)).docs;
  }

  /** The plan; a new one if the collection is another by now, or has other indexes. */
  #query(target: Target): Query {
    const planned = this.#planned;
    const data = dataOf(target);
    if (planned && planned.data === data && planned.indexes === data?.indexes.length)
      return planned;
    return prepare(target, this.#filter, this.#options);
  }

  /** The query as the pipeline that a view is asked with. */
  #stages(): Input[] {
    const { sort, skip, limit, projection } = this.#options;
    return [
      { $match: this.#filter ?? {} },
      ...(sort ? [{ $sort: sort }] : []),
      ...(skip ? [{ $skip: skip }] : []),
      ...(limit ? [{ $limit: Math.abs(limit) }] : []),
      ...(projection ? [{ $project: projection }] : []),
    ];
  }

  protected override configure(change: () => void): this {
    this.#planned = null;
    return super.configure(change);
  }

  override explain(verbosity?: Verbosity | boolean): Input {
    const target = this.#target();
    if (target.access.view(target.database, target.name))
      return new AggregationCursor(this.#target, this.#stages(), {}).explain(verbosity);
    const query = prepare(target, this.#filter, this.#options);
    const command = {
      find: target.name,
      filter: this.#filter ?? {},
      ...this.#options,
      $db: target.database,
    };
    return brought('explainQuery', 'explain')(
      query,
      namespaceOf(target),
      verbosityOf(verbosity),
      command,
    );
  }
}

export class AggregationCursor<T = Input> extends Cursor<T> {
  readonly #target: () => Target;
  #pipeline: unknown;
  readonly #options: AggregateOptions;

  constructor(target: () => Target, pipeline: unknown, options: AggregateOptions) {
    super({
      execute: () => aggregate(this.#target(), this.#pipeline, this.#options),
      shape: (doc) => doc,
    });
    this.#target = target;
    this.#pipeline = pipeline;
    this.#options = options;
    prepareAggregate(target(), pipeline, options);
  }

  /** Adds a stage at the end, as the driver does. */
  #add(stage: Input): this {
    return this.configure(() => {
      const longer = [...(this.#pipeline as Input[]), stage];
      prepareAggregate(this.#target(), longer, this.#options);
      this.#pipeline = longer;
    });
  }

  sort(sort: SortForm, direction?: unknown): this {
    return this.#add({ $sort: sortOf(sort, direction) });
  }

  skip(skip: number): this {
    return this.#add({ $skip: skip });
  }

  projection(projection: Input): this {
    return this.#add({ $project: projection });
  }

  override explain(verbosity?: Verbosity | boolean): Input {
    const target = this.#target();
    const prepared = prepareAggregate(target, this.#pipeline, this.#options);
    const command = {
      aggregate: target.name,
      pipeline: this.#pipeline,
      cursor: {},
      $db: target.database,
    };
    return brought('explainPipeline', 'explain')(
      prepared,
      namespaceOf(target),
      verbosityOf(verbosity),
      command,
    );
  }
}
