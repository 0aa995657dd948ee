/**
 * Transactions on one node (manual, "Transactions"): snapshot isolation. All reads see the state at
 * the first operation; writes go to copies; the commit puts them in place if nobody else has changed
 * the same documents, and fails with WriteConflict otherwise: the first writer wins.
 */
import { fail, MongoServerError } from '../errors.ts';
import type { Doc, Maybe } from '../values/types.ts';
import {
  type Access,
  type Catalog,
  notOnView,
  type ViewDefinition,
  type Writer,
} from './catalog.ts';
import { CollectionData, defaultOptions } from './collection-data.ts';
import { BY_OPERATORS, type Change as Told } from './changes.ts';
import type { Metrics } from './metrics.ts';

interface Change {
  before: Doc | undefined;
  after: Doc | undefined;
}

interface Written {
  database: string;
  name: string;
  data: CollectionData;
  changes: Map<number, Change>;
}

/** @throws MongoServerError WriteConflict, with the label that says: try the transaction again. */
export function writeConflict(): never {
  return fail(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    { errorLabels: ['TransientTransactionError'] },
  );
}

export class Transaction implements Access {
  private readonly catalog: Catalog;
  private readonly snapshot: Map<string, Map<string, CollectionData>>;
  private readonly written = new Map<string, Written>();
  /** What whoever watches is told at the commit. */
  private readonly told: Told[] = [];

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.snapshot = catalog.snapshot();
    catalog.open.add(this);
  }

  get metrics(): Metrics {
    return this.catalog.metrics;
  }

  get expires(): boolean {
    return this.catalog.expires;
  }

  set expires(expires: boolean) {
    this.catalog.expires = expires;
  }

  read(database: string, name: string): CollectionData | null {
    return (
      this.written.get(`${database}.${name}`)?.data ??
      this.snapshot.get(database)?.get(name) ??
      null
    );
  }

  view(database: string, name: string): ViewDefinition | undefined {
    return this.catalog.view(database, name);
  }

  viewsOf(database: string): ReadonlyMap<string, ViewDefinition> {
    return this.catalog.viewsOf(database);
  }

  write(database: string, name: string): Writer {
    if (this.view(database, name)) notOnView(database, name);
    const { data, changes } = this.open(database, name);
    if (data.options.cap)
      fail(
        263,
        `Collection '${database}.${name}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
      );
    const note = (slot: number, after: Doc | undefined) => {
      const earlier = changes.get(slot);
      if (!earlier) this.claim(database, name, slot);
      changes.set(slot, { before: earlier ? earlier.before : data.slots[slot], after });
    };
    return {
      data,
      insert: (doc) => {
        const slot = data.insert(doc);
        changes.set(slot, { before: undefined, after: doc });
        this.told.push({ kind: 'insert', database, name, after: doc });
      },
      replace: (slot, doc, how = BY_OPERATORS) => {
        note(slot, doc);
        const before = data.slots[slot]!;
        data.replace(slot, doc);
        this.told.push({ kind: 'update', database, name, before, after: doc, how });
      },
      remove: (slot) => {
        note(slot, undefined);
        const before = data.slots[slot]!;
        data.remove(slot);
        this.told.push({ kind: 'delete', database, name, before });
      },
    };
  }

  private open(database: string, name: string): Written {
    const namespace = `${database}.${name}`;
    let written = this.written.get(namespace);
    if (!written) {
      const original = this.snapshot.get(database)?.get(name);
      const data = original?.clone() ?? new CollectionData(namespace, defaultOptions());
      written = { database, name, data, changes: new Map() };
      this.written.set(namespace, written);
    }
    return written;
  }

  /** A document that somebody else has changed since the snapshot, or is changing, is not ours. */
  private claim(database: string, name: string, slot: number): void {
    const now = this.catalog.read(database, name)?.slots[slot];
    if (now !== this.snapshot.get(database)?.get(name)?.slots[slot]) writeConflict();
    for (const other of this.catalog.open) if (other !== this) other.refuse(database, name, slot);
  }

  /** Refuses others a document that this transaction has written. */
  refuse(database: string, name: string, slot: number): void {
    if (this.written.get(`${database}.${name}`)?.changes.has(slot)) writeConflict();
  }

  /** Refuses others an `_id` that this transaction has inserted. */
  refuseId(database: string, name: string, doc: Doc, equal: (a: Maybe, b: Maybe) => boolean): void {
    const changes = this.written.get(`${database}.${name}`)?.changes.values() ?? [];
    for (const { before, after } of changes) {
      if (!before && after && equal(after._id, doc._id)) writeConflict();
    }
  }

  /** Puts the writes in place, all or none. @throws MongoServerError WriteConflict. */
  commit(): void {
    this.end();
    const drafts = [...this.written.values()]
      .filter(({ changes }) => changes.size > 0)
      .map(({ database, name, changes }) => {
        const current = this.catalog.read(database, name);
        const draft =
          current?.clone() ?? new CollectionData(`${database}.${name}`, defaultOptions());
        this.apply(changes, draft);
        return { database, name, draft };
      });
    for (const { database, name, draft } of drafts) this.catalog.replace(database, name, draft);
    for (const change of this.told) this.catalog.onChange?.(change);
  }

  private apply(changes: ReadonlyMap<number, Change>, draft: CollectionData): void {
    const entries = [...changes].sort(([a], [b]) => a - b);
    try {
      // What goes makes room for what comes: a key may have moved from one document to another.
      for (const [slot, { before, after }] of entries) {
        if (before && draft.slots[slot] !== before) writeConflict();
        if (before && !after) draft.remove(slot);
      }
      for (const [slot, { before, after }] of entries) {
        if (before && after) draft.replace(slot, after);
        else if (after) draft.insert(after, slot);
      }
    } catch (error) {
      if (error instanceof MongoServerError && error.code === 11000) writeConflict();
      throw error;
    }
  }

  /** Forgets the writes. */
  end(): void {
    this.catalog.open.delete(this);
  }
}
