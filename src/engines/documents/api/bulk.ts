/** `insertMany` and `bulkWrite`: several writes, ordered or not, and what came of them. */
import {
  fail,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
  MongoServerError,
  type WriteErrorDetail,
} from '../errors.ts';
import {
  deleteDocs,
  insertDoc,
  prepareInsert,
  updateDocs,
  type WriteOptions,
} from '../operations/write.ts';
import type { Target } from '../operations/environment.ts';
import { docToResult, toResult } from '../values/convert.ts';
import type { Input } from '../values/types.ts';
import { checkReplacement, checkUpdate } from './checks.ts';

export interface BulkOptions {
  /** Whether to stop at the first error (the default). */
  ordered?: boolean;
  bypassDocumentValidation?: boolean;
  /** Variables of all operations. */
  let?: Input;
}

export interface BulkResult {
  insertedCount: number;
  matchedCount: number;
  modifiedCount: number;
  deletedCount: number;
  upsertedCount: number;
  upsertedIds: Record<number, unknown>;
  insertedIds: Record<number, unknown>;
}

function emptyResult(): BulkResult {
  return {
    insertedCount: 0,
    matchedCount: 0,
    modifiedCount: 0,
    deletedCount: 0,
    upsertedCount: 0,
    upsertedIds: {},
    insertedIds: {},
  };
}

type Operation = (result: BulkResult, index: number) => unknown;

/** Runs operations one after the other. @throws MongoBulkWriteError if any failed. */
function runAll(
  operations: readonly { run: Operation; op: unknown }[],
  ordered: boolean,
): BulkResult {
  const result = emptyResult();
  const errors: WriteErrorDetail[] = [];
  for (const [index, { run, op }] of operations.entries()) {
    try {
      run(result, index);
    } catch (error) {
      // A write conflict ends the whole transaction: it is no error of one write.
      if (!(error instanceof MongoServerError) || error.code === 112) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, errInfo: error.errInfo, op });
      if (ordered) break;
    }
  }
  if (errors.length > 0) throw new MongoBulkWriteError(errors[0]!, errors, result);
  return result;
}

export function insertMany(
  target: Target,
  docs: readonly Input[],
  options: BulkOptions,
): BulkResult {
  const prepared = docs.map((doc) => {
    const stored = prepareInsert(target, doc);
    doc._id ??= toResult(stored._id);
    return stored;
  });
  const operations = prepared.map((doc) => ({
    op: docToResult(doc),
    run: (result: BulkResult, index: number) => {
      insertDoc(target, doc, options);
      result.insertedCount += 1;
      result.insertedIds[index] = toResult(doc._id);
    },
  }));
  return runAll(operations, options.ordered ?? true);
}

function updateOperation(
  target: Target,
  op: Input,
  many: boolean,
  replace: boolean,
  options: BulkOptions,
): Operation {
  const update: unknown = replace ? op.replacement : op.update;
  (replace ? checkReplacement : checkUpdate)(update);
  return (result, index) => {
    const writeOptions: WriteOptions = { ...op, ...options };
    const { matched, modified, upsertedId } = updateDocs(
      target,
      op.filter as Input,
      update,
      writeOptions,
      many,
    );
    result.matchedCount += matched;
    result.modifiedCount += modified;
    if (upsertedId !== undefined) {
      result.upsertedCount += 1;
      result.upsertedIds[index] = toResult(upsertedId);
    }
  };
}

function operationOf(target: Target, spec: Input, options: BulkOptions): Operation {
  const name = Object.keys(spec)[0] ?? '';
  const op = spec[name] as Input;
  switch (name) {
    case 'insertOne':
      return (result, index) => {
        const doc = prepareInsert(target, op.document as Input);
        insertDoc(target, doc, options);
        result.insertedCount += 1;
        result.insertedIds[index] = toResult(doc._id);
      };
    case 'updateOne':
    case 'updateMany':
      return updateOperation(target, op, name === 'updateMany', false, options);
    case 'replaceOne':
      return updateOperation(target, op, false, true, options);
    case 'deleteOne':
    case 'deleteMany':
      return (result) => {
        result.deletedCount += deleteDocs(
          target,
          op.filter as Input,
          { ...op, ...options },
          name === 'deleteMany',
        );
      };
    default:
      throw new MongoInvalidArgumentError(
        'bulkWrite only supports insertOne, updateOne, updateMany, deleteOne, deleteMany',
      );
  }
}

export function bulkWrite(
  target: Target,
  specs: readonly Input[],
  options: BulkOptions,
): BulkResult {
  if (specs.length === 0) fail(2, 'Invalid BulkOperation, Batch cannot be empty');
  const operations = specs.map((spec) => ({ op: spec, run: operationOf(target, spec, options) }));
  return runAll(operations, options.ordered ?? true);
}
