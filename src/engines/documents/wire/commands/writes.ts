/** Commands that write documents: `insert`, `update`, `delete`, `findAndModify`, and the `bulkWrite` of 8.0. */
import { fail, MongoServerError } from '../../errors.ts';
import type { Target } from '../../operations/environment.ts';
import {
  deleteDocs,
  findAndModify,
  insertDoc,
  prepareInsert,
  updateDocs,
  type UpdateOutcome,
  type WriteOptions,
} from '../../operations/write.ts';
import { type Doc, docOf, isDoc, Long, type Value } from '../../values/types.ts';
import { Arguments } from '../arguments.ts';
import type { Answer, Call, Command } from '../call.ts';
import { someOf } from './options.ts';

/** `maxWriteBatchSize`. */
export const MAX_BATCH = 100_000;

/** The messages of an answer's errors may have so many bytes; those after them are empty, as the server has it. */
const MAX_ERROR_BYTES = 1024 * 1024;

/** A failed write, as an answer has it. */
export interface WriteError {
  index: number;
  code: number;
  keyPattern?: unknown;
  keyValue?: unknown;
  errInfo?: unknown;
  errmsg: string;
}

/**
 * Runs writes one after the other: to the first error, or, unordered, to the end.
 *
 * @throws MongoServerError WriteConflict, which is no error of one write.
 */
export function runWrites<T>(
  writes: readonly T[],
  ordered: boolean,
  run: (write: T, index: number) => void,
): WriteError[] {
  if (writes.length === 0 || writes.length > MAX_BATCH) {
    fail(
      16,
      `Write batch sizes must be between 1 and ${String(MAX_BATCH)}. Got ${String(writes.length)} operations.`,
    );
  }
  const errors: WriteError[] = [];
  let bytes = 0;
  for (const [index, write] of writes.entries()) {
    try {
      run(write, index);
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code === 112) throw error;
      const { code, keyPattern, keyValue, errInfo, message } = error;
      const full = bytes > MAX_ERROR_BYTES;
      bytes += message.length;
      errors.push(
        full
          ? { index, code, errmsg: '' }
          : {
              index,
              code,
              ...(keyPattern ? { keyPattern, keyValue } : {}),
              ...(errInfo ? { errInfo } : {}),
              errmsg: message,
            },
      );
      if (ordered) break;
    }
  }
  return errors;
}

/** How many were written, what went wrong, and then what else there is to say. */
const withErrors = (n: number, writeErrors: WriteError[], more: Answer = {}): Answer => ({
  n,
  ...(writeErrors.length > 0 ? { writeErrors } : {}),
  ...more,
});

function insert(call: Call): Answer {
  const { args, target } = call;
  const options = { bypassDocumentValidation: args.flag('bypassDocumentValidation') };
  let n = 0;
  const errors = runWrites(args.neededDocs('documents'), args.flag('ordered', true), (doc) => {
    insertDoc(target, prepareInsert(target, doc), options);
    n += 1;
  });
  return withErrors(n, errors);
}

const UPDATE_FIELDS = new Set([
  'q',
  'u',
  'c',
  'multi',
  'upsert',
  'arrayFilters',
  'collation',
  'hint',
  'sort',
]);

/** Whether an update is a whole document in place of another. */
const replaces = (update: Value): boolean =>
  isDoc(update) && !(Object.keys(update)[0]?.startsWith('$') ?? false);

interface UpdateSpec {
  filter: Doc;
  update: Value;
  many: boolean;
  options: WriteOptions;
}

function updateOne(target: Target, { filter, update, many, options }: UpdateSpec): UpdateOutcome {
  if (many && replaces(update))
    fail(9, 'multi update is not supported for replacement-style update');
  if (many && options.sort) fail(9, 'Cannot specify sort with multi=true');
  return updateDocs(target, filter, update, options, many);
}

function checkKnown(doc: Doc, known: ReadonlySet<string>, name: string): void {
  for (const field in doc)
    if (!known.has(field)) fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
}

/** `let` of a command, and the constants `c` of one of its updates. */
const variables = (outer: Doc | undefined, own: Doc | undefined): Doc | undefined =>
  outer && own ? docOf([...Object.entries(outer), ...Object.entries(own)]) : (own ?? outer);

function update(call: Call): Answer {
  const { args, target } = call;
  const outer = args.doc('let');
  const bypassDocumentValidation = args.flag('bypassDocumentValidation');
  let n = 0;
  let nModified = 0;
  const upserted: { index: number; _id: Value }[] = [];
  const updates = args.neededDocs('updates');
  const errors = runWrites(updates, args.flag('ordered', true), (doc, index) => {
    checkKnown(doc, UPDATE_FIELDS, 'update.updates');
    const own = new Arguments('update.updates', doc);
    const outcome = updateOne(target, {
      filter: own.neededDoc('q'),
      update: own.any('u') ?? missing('update.updates.u'),
      many: own.flag('multi'),
      options: someOf({
        upsert: own.flag('upsert'),
        arrayFilters: own.docs('arrayFilters'),
        collation: own.doc('collation'),
        hint: own.hint(),
        sort: own.doc('sort'),
        let: variables(outer, own.doc('c')),
        bypassDocumentValidation,
      }),
    });
    n += outcome.matched;
    nModified += outcome.modified;
    if (outcome.upsertedId !== undefined) {
      n += 1;
      upserted.push({ index, _id: outcome.upsertedId });
    }
  });
  return withErrors(n, errors, { ...(upserted.length > 0 ? { upserted } : {}), nModified });
}

function missing(field: string): never {
  return fail(40414, `BSON field '${field}' is missing but a required field`);
}

const DELETE_FIELDS = new Set(['q', 'limit', 'collation', 'hint']);

function deleteCommand(call: Call): Answer {
  const { args, target } = call;
  const outer = args.doc('let');
  let n = 0;
  const errors = runWrites(args.neededDocs('deletes'), args.flag('ordered', true), (doc) => {
    checkKnown(doc, DELETE_FIELDS, 'delete.deletes');
    const own = new Arguments('delete.deletes', doc);
    const limit = own.count('limit') ?? missing('delete.deletes.limit');
    if (limit > 1)
      fail(9, `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
    const options = someOf({ collation: own.doc('collation'), hint: own.hint(), let: outer });
    n += deleteDocs(target, own.neededDoc('q'), options, limit === 0);
  });
  return withErrors(n, errors);
}

function findAndModifyCommand(call: Call): Answer {
  const { args, target } = call;
  const remove = args.flag('remove');
  const returnNew = args.flag('new');
  const upsert = args.flag('upsert');
  const change = args.any('update');
  if (remove && change !== undefined) fail(9, 'Cannot specify both an update and remove=true');
  if (remove && upsert) fail(9, 'Cannot specify both upsert=true and remove=true ');
  if (remove && returnNew) {
    fail(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  if (!remove && change === undefined) fail(9, 'Either an update or remove=true must be specified');
  const { value, updatedExisting, upsertedId } = findAndModify(
    target,
    args.doc('query'),
    remove ? null : change,
    {
      ...someOf({
        upsert,
        sort: args.doc('sort'),
        projection: args.doc('fields'),
        arrayFilters: args.docs('arrayFilters'),
        collation: args.doc('collation'),
        hint: args.hint(),
        let: args.doc('let'),
        bypassDocumentValidation: args.flag('bypassDocumentValidation'),
      }),
      returnNew,
    },
  );
  const n = remove ? value !== null : updatedExisting || upsertedId !== undefined;
  return {
    lastErrorObject: {
      n: n ? 1 : 0,
      ...(remove ? {} : { updatedExisting }),
      ...(upsertedId === undefined ? {} : { upserted: upsertedId }),
    },
    value,
  };
}

/** `bulkWrite` of MongoDB 8.0: writes to several collections in one command. */
function bulkWrite(call: Call): Answer {
  const { args } = call;
  const namespaces = args.neededDocs('nsInfo').map((info) => {
    const ns = new Arguments('bulkWrite.nsInfo', info).string('ns');
    const dot = ns.indexOf('.');
    if (dot <= 0 || dot === ns.length - 1) fail(73, `Invalid namespace specified '${ns}'`);
    return { ...call.targetOf(ns.slice(dot + 1)), database: ns.slice(0, dot) };
  });
  const errorsOnly = args.flag('errorsOnly');
  const totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
  const results: Answer[] = [];
  const errors = runWrites(args.neededDocs('ops'), args.flag('ordered', true), (op, idx) => {
    const own = new Arguments('bulkWrite.ops', op);
    const [kind = ''] = Object.keys(op);
    const target = namespaces[own.count(kind) ?? 0];
    if (!target) return fail(2, `BulkWrite ops entry ${String(idx)} has an invalid nsInfo index.`);
    const result: Answer = { ok: 1, idx, n: 0 };
    const options = someOf({
      collation: own.doc('collation'),
      hint: own.hint(),
      let: variables(args.doc('let'), own.doc('constants')),
      bypassDocumentValidation: args.flag('bypassDocumentValidation'),
    });
    if (kind === 'insert') {
      insertDoc(target, prepareInsert(target, own.neededDoc('document')), options);
      result.n = 1;
      totals.nInserted += 1;
    } else if (kind === 'update') {
      const { matched, modified, upsertedId } = updateOne(target, {
        filter: own.neededDoc('filter'),
        update: own.any('updateMods') ?? missing('bulkWrite.ops.updateMods'),
        many: own.flag('multi'),
        options: {
          ...options,
          ...someOf({
            upsert: own.flag('upsert'),
            arrayFilters: own.docs('arrayFilters'),
            sort: own.doc('sort'),
          }),
        },
      });
      const upserted = upsertedId === undefined ? null : { _id: upsertedId };
      Object.assign(result, { n: upserted ? 1 : matched, nModified: modified });
      if (upserted) result.upserted = upserted;
      totals.nMatched += matched;
      totals.nModified += modified;
      totals.nUpserted += upserted ? 1 : 0;
    } else if (kind === 'delete') {
      const n = deleteDocs(target, own.neededDoc('filter'), options, own.flag('multi'));
      result.n = n;
      totals.nDeleted += n;
    } else {
      return fail(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
    }
    if (!errorsOnly) results.push(result);
  });
  for (const { index, ...error } of errors) {
    const at = results.findIndex(({ idx }) => (idx as number) > index);
    results.splice(at < 0 ? results.length : at, 0, { ok: 0, idx: index, ...error, n: 0 });
  }
  totals.nErrors = errors.length;
  return {
    cursor: { id: Long.ZERO, firstBatch: results, ns: 'admin.$cmd.bulkWrite' },
    ...totals,
  };
}

const FIND_AND_MODIFY = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'bypassDocumentValidation',
  'arrayFilters',
  'collation',
  'hint',
  'let',
];

export const WRITES: Readonly<Record<string, Command>> = {
  insert: {
    run: insert,
    writes: true,
    grows: true,
    inTransaction: true,
    takes: ['documents', 'ordered', 'bypassDocumentValidation'],
    refuses: ['encryptionInformation'],
  },
  update: {
    run: update,
    writes: true,
    grows: true,
    inTransaction: true,
    takes: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
    refuses: ['encryptionInformation'],
  },
  delete: {
    run: deleteCommand,
    writes: true,
    inTransaction: true,
    takes: ['deletes', 'ordered', 'let'],
    refuses: ['encryptionInformation'],
  },
  findAndModify: {
    run: findAndModifyCommand,
    writes: true,
    grows: true,
    inTransaction: true,
    takes: FIND_AND_MODIFY,
    refuses: ['encryptionInformation'],
  },
  bulkWrite: {
    run: bulkWrite,
    writes: true,
    grows: true,
    inTransaction: true,
    admin: true,
    takes: ['ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'cursor', 'let'],
  },
};
