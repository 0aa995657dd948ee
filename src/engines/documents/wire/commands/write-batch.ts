/** One write after the other, and how each of them is done. */
import { fail, MongoServerError } from '../../errors.ts';
import type { Target } from '../../operations/environment.ts';
import { updateDocs, type UpdateOutcome, type WriteOptions } from '../../operations/write.ts';
import { type Doc, docOf, isDoc, type Value } from '../../values/types.ts';

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

/** Whether an update is a whole document in place of another. */
const replaces = (update: Value): boolean =>
  isDoc(update) && !(Object.keys(update)[0]?.startsWith('$') ?? false);

export interface UpdateSpec {
  filter: Doc;
  update: Value;
  many: boolean;
  options: WriteOptions;
}

export function updateOne(
  target: Target,
  { filter, update, many, options }: UpdateSpec,
): UpdateOutcome {
  if (many && replaces(update))
    fail(9, 'multi update is not supported for replacement-style update');
  if (many && options.sort) fail(9, 'Cannot specify sort with multi=true');
  return updateDocs(target, filter, update, options, many);
}

/** `let` of a command, and the constants `c` of one of its updates. */
export const variables = (outer: Doc | undefined, own: Doc | undefined): Doc | undefined =>
  outer && own ? docOf([...Object.entries(outer), ...Object.entries(own)]) : (own ?? outer);

/** A field that a write cannot do without. */
export function missing(field: string): never {
  return fail(40414, `BSON field '${field}' is missing but a required field`);
}
