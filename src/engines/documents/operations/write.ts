/** Writes: one at a time, checked by the collection's validator. */
import { fail } from '../errors.ts';
import type { HowChanged } from '../storage/changes.ts';
import type { CollectionOptions } from '../storage/collection-data.ts';
import type { Writer } from '../storage/catalog.ts';
import { parseUpdate, type Update } from '../update/update.ts';
import { upsertBase, withIdFirst } from '../update/upsert.ts';
import { identical } from '../values/compare.ts';
import { toStored, toStoredDocument } from '../values/convert.ts';
import {
  type Doc,
  docOf,
  type Input,
  isDoc,
  type Maybe,
  typeOf,
  type Value,
} from '../values/types.ts';
import { docFrom, namespaceOf, refuseView, type Target } from './environment.ts';
import { type FindOptions, prepare, type Query, runForWrite } from './find.ts';

export interface WriteOptions extends FindOptions {
  upsert?: boolean;
  arrayFilters?: Input[];
  bypassDocumentValidation?: boolean;
}

export interface UpdateOutcome {
  matched: number;
  modified: number;
  upsertedId: Maybe;
}

/** Makes sure a document may be stored, and gives it an `_id` if it has none. */
export function prepareInsert(target: Target, input: Input): Doc {
  const doc = toStoredDocument(input);
  if (!isDoc(doc)) return fail(14, `document must be an object, found ${typeOf(doc)}`);
  const id =
    doc._id ??
    (Object.hasOwn(input, '_id') && input._id !== undefined ? null : target.clock.newId());
  checkId(id);
  return withIdFirst(
    docOf([...Object.keys(doc).map((field) => [field, doc[field]!] as const), ['_id', id]]),
    id,
  );
}

function checkId(id: Value): void {
  if (Array.isArray(id)) fail(53, "The '_id' value cannot be of type array");
  if (typeOf(id) === 'regex') fail(53, "The '_id' value cannot be of type regex");
  if (isDoc(id)) checkNames(id);
}

/** No name inside an `_id` begins with a dollar, those of a DBRef left aside. */
function checkNames(part: Value): void {
  if (Array.isArray(part)) part.forEach(checkNames);
  if (!isDoc(part)) return;
  const reference = Object.keys(part)[0] === '$ref' && part.$id !== undefined;
  for (const name in part) {
    if (name.startsWith('$') && !(reference && ['$ref', '$id', '$db'].includes(name)))
      fail(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    checkNames(part[name]!);
  }
}

/** @throws MongoServerError DocumentValidationFailure, with `errInfo`. */
function validate(
  options: CollectionOptions,
  doc: Doc,
  old: Doc | null,
  bypass: boolean | undefined,
): void {
  const { validator, validationLevel, validationAction } = options;
  if (!validator || bypass || validationLevel === 'off' || validationAction === 'warn') return;
  if (validator.passes(doc)) return;
  // Moderate: a document that was invalid before may stay so.
  if (validationLevel === 'moderate' && old && !validator.passes(old)) return;
  fail(121, 'Document failed validation', { errInfo: validator.errInfo(doc) });
}

/** Stores a document. @throws MongoServerError DuplicateKey, DocumentValidationFailure, … */
export function insertDoc(target: Target, doc: Doc, options: WriteOptions = {}): void {
  const writer = target.access.write(target.database, target.name);
  validate(writer.data.options, doc, null, options.bypassDocumentValidation);
  writer.insert(doc);
  target.access.metrics.document.inserted += 1;
}

interface PreparedUpdate {
  query: Query;
  update: Update;
  how: HowChanged;
}

function prepareUpdate(
  target: Target,
  filter: Input | undefined,
  update: unknown,
  options: WriteOptions,
  many: boolean,
): PreparedUpdate {
  refuseView(target);
  const query = prepare(target, filter, { ...options, limit: many ? 0 : 1, skip: 0 });
  const arrayFilters = (options.arrayFilters ?? []).map((item) => docFrom(item));
  const stored = toStored(update);
  const parsed = parseUpdate(stored, query.condition, arrayFilters, query.context);
  const set = isDoc(stored) && isDoc(stored.$set!) ? Object.keys(stored.$set) : [];
  return { query, update: parsed, how: { replaced: parsed.kind === 'replacement', set } };
}

/** Changes the first document that matches, or all of them. */
export function updateDocs(
  target: Target,
  filter: Input | undefined,
  update: unknown,
  options: WriteOptions,
  many: boolean,
): UpdateOutcome {
  const prepared = prepareUpdate(target, filter, update, options, many);
  if (many && prepared.update.kind === 'replacement')
    fail(9, 'multi update is not supported for replacement-style update');
  const found = runForWrite(prepared.query, namespaceOf(target));
  if (found.length === 0) {
    if (!options.upsert) return { matched: 0, modified: 0, upsertedId: undefined };
    return { matched: 0, modified: 0, upsertedId: upsert(target, prepared, options)._id };
  }
  const writer = target.access.write(target.database, target.name);
  let modified = 0;
  for (const { slot, doc } of found) {
    target.access.metrics.document.updated += 1;
    if (change(writer, slot, doc, prepared, options)) modified += 1;
  }
  return { matched: found.length, modified, upsertedId: undefined };
}

/** @returns the new document, or `null` if nothing changed. */
function change(
  writer: Writer,
  slot: number,
  doc: Doc,
  { update, how }: PreparedUpdate,
  options: WriteOptions,
): Doc | null {
  const changed = update.apply(doc, false);
  if (doc === changed || identical(doc, changed)) return null;
  validate(writer.data.options, changed, doc, options.bypassDocumentValidation);
  writer.replace(slot, changed, how);
  return changed;
}

function upsert(target: Target, { query, update }: PreparedUpdate, options: WriteOptions): Doc {
  const base = upsertBase(query.filter);
  const start =
    update.kind === 'replacement' ? docOf(base._id === undefined ? [] : [['_id', base._id]]) : base;
  const doc = update.apply(start, true);
  const id = doc._id === undefined ? target.clock.newId() : doc._id;
  checkId(id);
  const complete = withIdFirst(
    docOf([
      ['_id', id],
      ...Object.keys(doc)
        .filter((field) => field !== '_id')
        .map((field) => [field, doc[field]!] as const),
    ]),
    id,
  );
  insertDoc(target, complete, options);
  return complete;
}

/** Removes the first document that matches, or all of them. @returns how many. */
export function deleteDocs(
  target: Target,
  filter: Input | undefined,
  options: FindOptions,
  many: boolean,
): number {
  refuseView(target);
  const query = prepare(target, filter, { ...options, limit: many ? 0 : 1, skip: 0 });
  const found = runForWrite(query, namespaceOf(target));
  if (found.length === 0) return 0;
  const writer = target.access.write(target.database, target.name);
  for (const { slot } of found) writer.remove(slot);
  target.access.metrics.document.deleted += found.length;
  return found.length;
}

export interface FindAndModify {
  /** The document as it was (or as it became), projected; `null` if there was none. */
  value: Doc | null;
  updatedExisting: boolean;
  upsertedId: Maybe;
}

/** Finds one document and changes or removes it. `update` is `null` for removing. */
export function findAndModify(
  target: Target,
  filter: Input | undefined,
  update: unknown,
  options: WriteOptions & { returnNew: boolean },
): FindAndModify {
  const { returnNew, ...rest } = options;
  refuseView(target);
  if (update === null) {
    const query = prepare(target, filter, { ...rest, limit: 1, skip: 0 });
    const [found] = runForWrite(query, namespaceOf(target));
    if (found) {
      target.access.write(target.database, target.name).remove(found.slot);
      target.access.metrics.document.deleted += 1;
    }
    return {
      value: found ? projected(query, found.doc) : null,
      updatedExisting: false,
      upsertedId: undefined,
    };
  }
  const prepared = prepareUpdate(target, filter, update, rest, false);
  const [found] = runForWrite(prepared.query, namespaceOf(target));
  if (!found) {
    if (!rest.upsert) return { value: null, updatedExisting: false, upsertedId: undefined };
    const made = upsert(target, prepared, rest);
    return {
      value: returnNew ? projected(prepared.query, made) : null,
      updatedExisting: false,
      upsertedId: made._id,
    };
  }
  const writer = target.access.write(target.database, target.name);
  target.access.metrics.document.updated += 1;
  const changed = change(writer, found.slot, found.doc, prepared, rest) ?? found.doc;
  return {
    value: projected(prepared.query, returnNew ? changed : found.doc),
    updatedExisting: true,
    upsertedId: undefined,
  };
}

function projected({ projection }: Query, doc: Doc): Doc {
  return projection ? projection.apply(doc) : doc;
}
