/** All databases of a store, and who may write what: plain access, and access in a transaction. */
import { fail } from '../errors.ts';
import { equal } from '../values/compare.ts';
import { type Collation } from '../values/collation.ts';
import type { Doc, Value } from '../values/types.ts';
import { CollectionData, type CollectionOptions, defaultOptions } from './collection-data.ts';
import { BY_OPERATORS, type Change, type HowChanged } from './changes.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import type { Transaction } from './transaction.ts';

/** A way to the data: outside transactions, or within one. */
export interface Access {
  /** What the whole store has done: a transaction's work counts, whatever becomes of it. */
  readonly metrics: Metrics;
  /** Whether any index has ever been made by which documents expire. */
  expires: boolean;
  /** `null` if there is no such collection. */
  read(database: string, name: string): CollectionData | null;
  /** `undefined` if there is no such view. */
  view(database: string, name: string): ViewDefinition | undefined;
  /** The views of a database, by name. */
  viewsOf(database: string): ReadonlyMap<string, ViewDefinition>;
  /** Creates the collection if there is none. @throws MongoServerError CommandNotSupportedOnView. */
  write(database: string, name: string): Writer;
}

/** A pipeline over a collection or another view. */
export interface ViewDefinition {
  viewOn: string;
  pipeline: Value[];
  collation: Collation;
}

/** @throws MongoServerError CommandNotSupportedOnView. */
export function notOnView(database: string, name: string): never {
  return fail(166, `Namespace ${database}.${name} is a view, not a collection`);
}

/** Changes one collection. */
export interface Writer {
  readonly data: CollectionData;
  insert(doc: Doc): void;
  /** @param how it came to be another; by operators, if nothing is said. */
  replace(slot: number, doc: Doc, how?: HowChanged): void;
  remove(slot: number): void;
}

export class Catalog implements Access {
  readonly metrics = noMetrics();
  expires = false;
  /** Told of every change, once somebody watches. */
  onChange: ((change: Change) => void) | null = null;
  private readonly databases = new Map<string, Map<string, CollectionData>>();
  private readonly views = new Map<string, Map<string, ViewDefinition>>();
  /** Transactions that have begun and not ended. */
  readonly open = new Set<Transaction>();

  databaseNames(): string[] {
    const names = [...this.databases, ...this.views]
      .filter(([, collections]) => collections.size > 0)
      .map(([name]) => name);
    return [...new Set(names)].sort();
  }

  collectionNames(database: string): string[] {
    return [...(this.databases.get(database)?.keys() ?? [])].sort();
  }

  view(database: string, name: string): ViewDefinition | undefined {
    return this.views.get(database)?.get(name);
  }

  viewsOf(database: string): ReadonlyMap<string, ViewDefinition> {
    return this.views.get(database) ?? new Map<string, never>();
  }

  /** @throws MongoServerError NamespaceExists, InvalidNamespace. */
  createView(database: string, name: string, view: ViewDefinition): void {
    checkNames(database, name);
    this.refuseExisting(database, name);
    this.setView(database, name, view);
  }

  setView(database: string, name: string, view: ViewDefinition): void {
    const views = this.views.get(database);
    if (views) views.set(name, view);
    else this.views.set(database, new Map([[name, view]]));
  }

  private refuseExisting(database: string, name: string): void {
    if (this.view(database, name)) fail(48, `View already exists. NS: ${database}.${name}`);
    if (this.read(database, name)) fail(48, `Collection ${database}.${name} already exists.`);
  }

  read(database: string, name: string): CollectionData | null {
    return this.databases.get(database)?.get(name) ?? null;
  }

  /** @throws MongoServerError NamespaceExists, InvalidNamespace. */
  create(database: string, name: string, options: CollectionOptions): CollectionData {
    checkNames(database, name);
    this.refuseExisting(database, name);
    let collections = this.databases.get(database);
    if (!collections) {
      collections = new Map();
      this.databases.set(database, collections);
    }
    const data = new CollectionData(`${database}.${name}`, options);
    collections.set(name, data);
    return data;
  }

  /** The data, to be changed: a copy of its own if a snapshot holds them. */
  writable(database: string, name: string): CollectionData {
    if (this.view(database, name)) notOnView(database, name);
    const data = this.read(database, name) ?? this.create(database, name, defaultOptions());
    if (!data.shared) return data;
    const copy = data.clone();
    this.databases.get(database)!.set(name, copy);
    return copy;
  }

  replace(database: string, name: string, data: CollectionData): void {
    if (!this.read(database, name)) this.create(database, name, data.options);
    this.databases.get(database)!.set(name, data);
  }

  write(database: string, name: string): Writer {
    const data = this.writable(database, name);
    const guard = (slot: number) => {
      for (const transaction of this.open) transaction.refuse(database, name, slot);
    };
    return {
      data,
      insert: (doc) => {
        for (const transaction of this.open) transaction.refuseId(database, name, doc, equal);
        data.insert(doc);
        this.onChange?.({ kind: 'insert', database, name, after: doc });
      },
      replace: (slot, doc, how = BY_OPERATORS) => {
        guard(slot);
        const before = data.slots[slot]!;
        data.replace(slot, doc);
        this.onChange?.({ kind: 'update', database, name, before, after: doc, how });
      },
      remove: (slot) => {
        guard(slot);
        const before = data.slots[slot];
        data.remove(slot);
        if (before) this.onChange?.({ kind: 'delete', database, name, before });
      },
    };
  }

  drop(database: string, name: string): boolean {
    if (this.views.get(database)?.delete(name)) return true;
    const dropped = this.databases.get(database)?.delete(name) ?? false;
    if (dropped) this.onChange?.({ kind: 'drop', database, name });
    return dropped;
  }

  dropDatabase(database: string): boolean {
    const hadViews = this.views.delete(database);
    for (const name of this.collectionNames(database)) this.drop(database, name);
    const dropped = this.databases.delete(database);
    if (dropped) this.onChange?.({ kind: 'dropDatabase', database, name: '' });
    return dropped || hadViews;
  }

  /** @throws MongoServerError NamespaceNotFound, NamespaceExists. */
  rename(database: string, from: string, to: string, dropTarget: boolean): void {
    checkNames(database, to);
    if (this.view(database, from)) notOnView(database, from);
    const data = this.read(database, from);
    if (!data) return fail(26, `Source collection ${database}.${from} does not exist`);
    if (this.view(database, to) || this.read(database, to)) {
      if (!dropTarget) fail(48, 'target namespace exists');
      this.drop(database, to);
    }
    const collections = this.databases.get(database)!;
    collections.delete(from);
    data.namespace = `${database}.${to}`;
    collections.set(to, data);
    this.onChange?.({ kind: 'rename', database, name: from, to });
  }

  /** Every collection as it is now, for a transaction. */
  snapshot(): Map<string, Map<string, CollectionData>> {
    for (const collections of this.databases.values()) {
      for (const data of collections.values()) data.shared = true;
    }
    return new Map([...this.databases].map(([name, collections]) => [name, new Map(collections)]));
  }
}

/** @throws MongoServerError InvalidNamespace. */
function checkNames(database: string, name: string): void {
  if (!database || /[/\\. "$\0]/.test(database) || database.length > 63) {
    fail(73, `Invalid database name: '${database}'`);
  }
  if (
    !name ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.endsWith('.')
  ) {
    fail(73, `Invalid collection name: ${name}`);
  }
  if (name.startsWith('system.')) fail(73, `Invalid system namespace: ${database}.${name}`);
}
