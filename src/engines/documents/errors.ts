/**
 * Errors as the server and the driver give them: code, codeName and text.
 *
 * Codes and names: MongoDB's `error_codes.yml`; numbers above 10000 are the server's assertion
 * locations, whose name is `Location<number>`.
 */
import type { Input } from './values/types.ts';

const CODE_NAMES: Readonly<Record<number, string>> = {
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  68: 'IndexAlreadyExists',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  121: 'DocumentValidationFailure',
  125: 'CommandFailed',
  166: 'CommandNotSupportedOnView',
  167: 'OptionNotSupportedOnView',
  168: 'InvalidPipelineOperator',
  169: 'ViewDepthLimitExceeded',
  197: 'InvalidIndexSpecificationOption',
  224: 'QueryFeatureNotAllowed',
  225: 'TransactionTooOld',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  251: 'NoSuchTransaction',
  280: 'ChangeStreamFatalError',
  286: 'ChangeStreamHistoryLost',
  263: 'OperationNotSupportedInTransaction',
  291: 'NoQueryExecutionPlans',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
};

/** The name the server gives a code. */
export function codeName(code: number): string {
  return CODE_NAMES[code] ?? `Location${String(code)}`;
}

/** What the server answers when it refuses a command. */
export class MongoServerError extends Error {
  override readonly name: string = 'MongoServerError';
  readonly code: number;
  /** The name of the code; none for an error of a write, which the server's reply gives none. */
  codeName?: string;
  /** Which key, for E11000. */
  keyPattern?: Input;
  keyValue?: Input;
  /** Why a document failed validation. */
  errInfo?: Input;
  errorLabels: string[] = [];

  constructor(code: number, message: string, more: Partial<MongoServerError> = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName(code);
    Object.assign(this, more);
  }

  hasErrorLabel(label: string): boolean {
    return this.errorLabels.includes(label);
  }
}

/** Errors that end a whole transaction: they are the command's, not those of a write in it. */
const ENDS_ALL = [112, 251];

/**
 * Runs a write as the driver sends it: what is wrong with it stands among the reply's `writeErrors`, which have codes
 * and no names of codes (server `write_ops.cpp`, driver `insert.ts`, `update.ts`).
 */
export function asWrite<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof MongoServerError && !ENDS_ALL.includes(error.code)) delete error.codeName;
    throw error;
  }
}

/** One write of several that failed. */
export interface WriteErrorDetail {
  index: number;
  code: number;
  errmsg: string;
  errInfo?: Input | undefined;
  op: unknown;
}

/** What the driver throws when a write of several failed: what was done, and what was not. */
export class MongoBulkWriteError extends Error {
  override readonly name = 'MongoBulkWriteError';
  readonly code: number;
  readonly writeErrors: WriteErrorDetail[];
  readonly result: Input;

  constructor(first: WriteErrorDetail, writeErrors: WriteErrorDetail[], result: Input) {
    super(first.errmsg);
    this.code = first.code;
    this.writeErrors = writeErrors;
    this.result = result;
  }
}

/** What cannot be written as BSON. */
export class BSONError extends Error {
  override readonly name = 'BSONError';
}

/** What the driver refuses before the server sees it. */
export class MongoInvalidArgumentError extends Error {
  override readonly name = 'MongoInvalidArgumentError';
}

/** What the driver refuses because of the state of a transaction. */
export class MongoTransactionError extends Error {
  override readonly name = 'MongoTransactionError';
}

/** What mongosh refuses before the driver sees it. Its message ends in the shell's own code. */
export class MongoshInvalidInputError extends Error {
  override readonly name = 'MongoshInvalidInputError';

  constructor(message: string, code = 'COMMON-10001') {
    super(`[${code}] ${message}`);
  }
}

/** What mongosh has and this shell has not. */
export class MongoshUnimplementedError extends Error {
  override readonly name = 'MongoshUnimplementedError';
}

/** Throws the server's error of that code. */
export function fail(code: number, message: string, more?: Partial<MongoServerError>): never {
  throw new MongoServerError(code, message, more);
}

/** An operator of MongoDB's that this store does not have. It never passes silently. */
export function notImplemented(what: string): never {
  throw new MongoServerError(238, `${what} is not implemented in this document store`);
}
