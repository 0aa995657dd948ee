/** Commands that write documents: `insert`, `update`, `delete`, `findAndModify`, and the `bulkWrite` of 8.0. */
import { fail } from '../../errors.ts';
import { deleteDocs, findAndModify, insertDoc, prepareInsert } from '../../operations/write.ts';
import type { Doc, Value } from '../../values/types.ts';
import { Arguments } from '../arguments.ts';
import type { Answer, Call, Command } from '../call.ts';
import { bulkWrite } from './bulk-write.ts';
import { someOf } from './options.ts';
import { missing, runWrites, updateOne, variables, type WriteError } from './write-batch.ts';

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

function checkKnown(doc: Doc, known: ReadonlySet<string>, name: string): void {
  for (const field in doc)
    if (!known.has(field)) fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
}

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
