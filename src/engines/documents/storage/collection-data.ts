/** The documents of one collection with their indexes. Knows nothing of queries. */
import { fail } from '../errors.ts';
import { idIndex, type Index } from '../index/index.ts';
import type { Validator } from '../schema/validator.ts';
import type { TextIndex } from '../text/text-index.ts';
import { type Collation, SIMPLE } from '../values/collation.ts';
import { bsonSize } from '../values/convert.ts';
import { type Doc, docOf } from '../values/types.ts';

/** 16 MiB (manual, "BSON Document Size"). */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** What the server reads at all: 16 KiB more, for its own fields. */
const MAX_MESSAGE_BYTES = MAX_DOCUMENT_BYTES + 16 * 1024;

function checkInsertedSize(bytes: number): void {
  if (bytes <= MAX_DOCUMENT_BYTES) return;
  if (bytes <= MAX_MESSAGE_BYTES) {
    fail(
      2,
      `object to insert too large. size in bytes: ${String(bytes)}, max size: ${String(MAX_DOCUMENT_BYTES)}`,
    );
  }
  const hexadecimal = bytes.toString(16).toUpperCase();
  fail(
    10334,
    `BSONObj size: ${String(bytes)} (0x${hexadecimal}) is invalid. Size must be between 0 and ${String(MAX_MESSAGE_BYTES)}(16MB)`,
  );
}

export interface CollectionOptions {
  validator: Validator | null;
  validationLevel: 'strict' | 'moderate' | 'off';
  validationAction: 'error' | 'warn' | 'errorAndLog';
  collation: Collation;
  /** Of a capped collection: in bytes of BSON, and in documents. */
  cap: { size: number; max: number } | null;
  /** The options as they were given: what `getCollectionInfos` shows. */
  given: Doc;
}

export function defaultOptions(): CollectionOptions {
  return {
    validator: null,
    validationLevel: 'strict',
    validationAction: 'error',
    collation: SIMPLE,
    cap: null,
    given: docOf([]),
  };
}

export class CollectionData {
  /** `shop.products`. */
  namespace: string;
  options: CollectionOptions;
  /** Documents by slot, in the order of insertion; `undefined` where one was removed. */
  slots: (Doc | undefined)[] = [];
  size = 0;
  indexes: Index[] = [idIndex()];
  /** Its text index: there is one at most. */
  text: TextIndex | null = null;
  /** Of a capped collection: no slot before this one has a document. */
  private oldest = 0;
  /** Of a capped collection: of all documents as BSON. */
  private bytes = 0;
  /** Whether a transaction's snapshot holds these data: who writes then makes a copy first. */
  shared = false;
  /** Slots are never given twice, not even in the copies that transactions write to. */
  private readonly sequence: { next: number };

  constructor(namespace: string, options: CollectionOptions, sequence = { next: 0 }) {
    this.namespace = namespace;
    this.options = options;
    this.sequence = sequence;
  }

  clone(): CollectionData {
    const copy = new CollectionData(this.namespace, this.options, this.sequence);
    copy.slots = this.slots.slice();
    copy.size = this.size;
    copy.oldest = this.oldest;
    copy.bytes = this.bytes;
    copy.text = this.text;
    copy.indexes = this.indexes.map((index) => index.clone());
    return copy;
  }

  /** Files a new document. @throws MongoServerError before anything has changed. */
  insert(doc: Doc, at?: number): number {
    const bytes = bsonSize(doc);
    checkInsertedSize(bytes);
    const slot = at ?? this.sequence.next;
    for (const index of this.indexes) index.check(doc, slot, this.namespace);
    this.text?.check(doc);
    if (at === undefined) this.sequence.next += 1;
    while (this.slots.length < slot) this.slots.push(undefined);
    this.slots[slot] = doc;
    this.size += 1;
    for (const index of this.indexes) index.add(doc, slot);
    if (this.options.cap) {
      this.bytes += bytes;
      this.evict(this.options.cap);
    }
    return slot;
  }

  /** The oldest documents of a capped collection make room for what came. */
  private evict({ size, max }: { size: number; max: number }): void {
    for (; this.size > max || this.bytes > size; this.oldest += 1) this.remove(this.oldest);
  }

  /** Puts a document in another's place. @throws MongoServerError before anything has changed. */
  replace(slot: number, doc: Doc): void {
    if (bsonSize(doc) > MAX_DOCUMENT_BYTES) {
      fail(17419, `Resulting document after update is larger than ${String(MAX_DOCUMENT_BYTES)}`);
    }
    const old = this.slots[slot]!;
    for (const index of this.indexes) index.check(doc, slot, this.namespace);
    this.text?.check(doc);
    for (const index of this.indexes) {
      if (!index.isIdIndex) index.remove(old, slot);
    }
    this.slots[slot] = doc;
    if (this.options.cap) this.bytes += bsonSize(doc) - bsonSize(old);
    for (const index of this.indexes) {
      if (!index.isIdIndex) index.add(doc, slot);
    }
  }

  remove(slot: number): void {
    const old = this.slots[slot];
    if (!old) return;
    for (const index of this.indexes) index.remove(old, slot);
    this.slots[slot] = undefined;
    this.size -= 1;
    if (this.options.cap) this.bytes -= bsonSize(old);
  }

  /** Bytes of all documents as BSON. */
  dataSize(): number {
    return this.slots.reduce((sum, doc) => sum + (doc ? bsonSize(doc) : 0), 0);
  }

  docs(): Doc[] {
    return this.slots.filter((doc) => doc !== undefined);
  }
}
