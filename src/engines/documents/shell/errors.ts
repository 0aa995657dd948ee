/** Errors as mongosh prints them: `MongoServerError[DuplicateKey]: E11000 …`, and what belongs to them. */
import { MongoBulkWriteError, MongoServerError } from '../errors.ts';
import { FULL_INSPECT, inspect } from './inspect.ts';

export interface PrintedError {
  /** `MongoServerError[DuplicateKey]`, `TypeError`. */
  name: string;
  /** The server's code, or empty. */
  code: string;
  message: string;
  /** `Additional information: {…}`, `Result: …`, `Write Errors: […]`. */
  detail?: string;
}

/** Describes whatever a script threw. */
export function printedError(error: unknown): PrintedError {
  if (error instanceof MongoServerError) {
    return {
      name: error.codeName === undefined ? error.name : `${error.name}[${error.codeName}]`,
      code: String(error.code),
      message: error.message,
      ...(error.errInfo
        ? { detail: `Additional information: ${inspect(error.errInfo, FULL_INSPECT)}` }
        : {}),
    };
  }
  if (error instanceof MongoBulkWriteError) return bulkError(error);
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { name, message } = error as Error;
    return { name: name || 'Error', code: '', message: String(message), ...causeOf(error) };
  }
  if (error === undefined) return { name: 'Error', code: '', message: '' };
  return { name: 'Error', code: '', message: typeof error === 'string' ? error : inspect(error) };
}

/** What made an error. */
function causeOf(error: object): { detail?: string } {
  const { cause } = error as { cause?: unknown };
  if (!cause) return {};
  if (Object.prototype.toString.call(cause) !== '[object Error]')
    return { detail: `Caused by: \n${inspect(cause)}` };
  const { name, message, detail } = printedError(cause);
  return { detail: `Caused by: \n${name}: ${message}${detail ? `\n${detail}` : ''}` };
}

class BulkWriteResult {
  constructor(fields: object) {
    Object.assign(this, fields);
  }
}

class WriteError {
  err: object;
  constructor(err: object) {
    this.err = err;
  }
}

function bulkError(error: MongoBulkWriteError): PrintedError {
  const result = inspect(new BulkWriteResult(error.result), FULL_INSPECT);
  const writeErrors = error.writeErrors.map(
    ({ index, code, errmsg, errInfo, op }) => new WriteError({ index, code, errmsg, errInfo, op }),
  );
  return {
    name: error.name,
    code: String(error.code),
    message: error.message,
    detail: `Result: ${result}\nWrite Errors: ${inspect(writeErrors, FULL_INSPECT)}`,
  };
}
