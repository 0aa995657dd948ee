/** An index: its definition, and its entries in order. */
import { fail } from '../errors.ts';
import type { Predicate } from '../query/condition.ts';
import { type Collation, SIMPLE } from '../values/collation.ts';
import { compare } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { hashKey } from '../values/hash.ts';
import { type Path, pathOf } from '../values/paths.ts';
import { type Doc, docOf, type Maybe, type Value } from '../values/types.ts';
import { keysOf } from './keys.ts';
import { type Entry, SortedEntries } from './sorted-entries.ts';

export interface IndexDefinition {
  name: string;
  /** `{price: 1, name: -1}`. */
  key: Doc;
  fields: readonly string[];
  directions: readonly (1 | -1)[];
  unique: boolean;
  sparse: boolean;
  /** Only documents that match are in the index. */
  partial: { filter: Doc; match: Predicate } | null;
  collation: Collation;
  /** Options that are kept and shown but do nothing here: `expireAfterSeconds`, `hidden`. */
  extra: Doc;
}

type HashKey = ReturnType<typeof hashKey>;

export class Index {
  readonly definition: IndexDefinition;
  /** Which fields have met arrays. */
  multikey: boolean[];
  private readonly paths: readonly Path[];
  private entries: SortedEntries | null = null;
  /** Slots by `_id`: what an `_id` is found by without searching. Only of the index on `_id`. */
  private ids: Map<HashKey, number> | null = null;

  constructor(definition: IndexDefinition) {
    this.definition = definition;
    this.paths = definition.fields.map(pathOf);
    this.multikey = definition.fields.map(() => false);
    if (definition.name === '_id_') this.ids = new Map();
    else this.entries = new SortedEntries(this.order);
  }

  get isIdIndex(): boolean {
    return this.ids !== null;
  }

  get isMultikey(): boolean {
    return this.multikey.includes(true);
  }

  /** Entries in the index's order; equal keys by slot, that is by age. */
  readonly order = (a: Entry, b: Entry): number =>
    this.compareKeys(a.keys, b.keys) || a.slot - b.slot;

  compareKeys(a: readonly Maybe[], b: readonly Maybe[]): number {
    const { directions, collation } = this.definition;
    for (let i = 0; i < a.length && i < b.length; i += 1) {
      const order = compare(a[i], b[i], collation.strings);
      if (order !== 0) return directions[i]! * order;
    }
    return 0;
  }

  clone(): Index {
    return this.withDefinition(this.definition);
  }

  /** A copy whose definition has other options. Its keys stay as they are. */
  withDefinition(definition: IndexDefinition): Index {
    const copy = new Index(definition);
    copy.multikey = [...this.multikey];
    copy.ids = this.ids && new Map(this.ids);
    copy.entries = this.entries?.clone() ?? null;
    return copy;
  }

  /** Files all documents of a collection. @throws E11000 if a unique key occurs twice. */
  build(slots: readonly (Doc | undefined)[], namespace: string): void {
    const entries: Entry[] = [];
    slots.forEach((doc, slot) => {
      if (doc) for (const keys of this.keys(doc)) entries.push({ keys, slot });
    });
    this.entries = new SortedEntries(this.order, entries);
    if (!this.definition.unique) return;
    let last: Entry | null = null;
    for (const entry of entries) {
      if (last && last.slot !== entry.slot && this.compareKeys(last.keys, entry.keys) === 0) {
        this.duplicate(entry.keys, namespace);
      }
      last = entry;
    }
  }

  /** The entries in order; those of `_id` are sorted when they are first asked for. */
  sorted(slots: readonly (Doc | undefined)[]): SortedEntries {
    if (!this.entries) {
      const entries: Entry[] = [];
      slots.forEach((doc, slot) => {
        if (doc) entries.push({ keys: [doc._id], slot });
      });
      this.entries = new SortedEntries(this.order, entries);
    }
    return this.entries;
  }

  /** The slot of the document with that `_id`. */
  slotOfId(id: Value): number | undefined {
    return this.ids?.get(hashKey(id));
  }

  private keys(doc: Doc): Maybe[][] {
    const { partial, sparse } = this.definition;
    if (partial && !partial.match(doc)) return [];
    const { keys, multikey, present } = keysOf(doc, this.paths);
    if (sparse && !present) return [];
    multikey.forEach((array, i) => {
      if (array) this.multikey[i] = true;
    });
    return keys;
  }

  /** @throws E11000 if another document has a key that this one would have. */
  check(doc: Doc, slot: number, namespace: string): void {
    if (this.ids) {
      const taken = this.ids.get(hashKey(doc._id));
      if (taken !== undefined && taken !== slot) this.duplicate([doc._id], namespace);
      return;
    }
    if (!this.definition.unique) {
      keysOf(doc, this.paths); // refuses parallel arrays before anything is written
      return;
    }
    for (const keys of this.keys(doc)) {
      this.entries!.forward(
        (entry) => this.compareKeys(entry.keys, keys),
        (entry) => {
          if (this.compareKeys(entry.keys, keys) !== 0) return false;
          if (entry.slot !== slot) this.duplicate(keys, namespace);
          return true;
        },
      );
    }
  }

  add(doc: Doc, slot: number): void {
    if (this.ids) {
      this.ids.set(hashKey(doc._id), slot);
      this.entries?.insert({ keys: [doc._id], slot });
      return;
    }
    for (const keys of this.keys(doc)) this.entries!.insert({ keys, slot });
  }

  remove(doc: Doc, slot: number): void {
    if (this.ids) {
      this.ids.delete(hashKey(doc._id));
      this.entries?.remove({ keys: [doc._id], slot });
      return;
    }
    for (const keys of this.keys(doc)) this.entries!.remove({ keys, slot });
  }

  private duplicate(keys: readonly Maybe[], namespace: string): never {
    const { fields, name, key, collation } = this.definition;
    const keyValue = docOf(fields.map((field, i) => [field, keys[i] ?? null] as const));
    const rules = collation === SIMPLE ? '' : ` collation: ${describe(collationDoc(collation))}`;
    return fail(
      11000,
      `E11000 duplicate key error collection: ${namespace} index: ${name}${rules} dup key: ${describe(keyValue)}`,
      { keyPattern: { ...key }, keyValue: { ...keyValue } },
    );
  }

  /** How many keys the index holds. */
  get size(): number {
    return this.ids?.size ?? this.entries!.size;
  }
}

export function collationDoc(collation: Collation): Doc {
  return docOf(Object.entries(collation.spec ?? {}) as [string, Value][]);
}

/** The index that every collection has. */
export function idIndex(): Index {
  return new Index({
    name: '_id_',
    key: docOf([['_id', 1]]),
    fields: ['_id'],
    directions: [1],
    unique: false,
    sparse: false,
    partial: null,
    collation: SIMPLE,
    extra: docOf([]),
  });
}
