/** From a command to its answer, errors included. Nothing that a client sends gets past here as an exception. */
import { codeName, fail, MongoServerError } from '../errors.ts';
import { type Doc, Double, isDoc, type Maybe } from '../values/types.ts';
import { checkFields } from './arguments.ts';
import { type Answer, Call, type Command, type Service } from './call.ts';
import { ABSENT, canonical, COMMANDS } from './commands/index.ts';
import { checkMemory } from './memory.ts';
import { numberOf, type Session } from './sessions.ts';

/** Names of codes that only a server needs (server: `error_codes.yml`). */
const CODE_NAMES: Readonly<Record<number, string>> = {
  8: 'UnknownError',
  13: 'Unauthorized',
  15: 'Overflow',
  16: 'InvalidLength',
  18: 'AuthenticationFailed',
  22: 'InvalidBSON',
  43: 'CursorNotFound',
  96: 'OperationFailed',
  100: 'UnsatisfiableWriteConcern',
  117: 'ConflictingOperationInProgress',
  146: 'ExceededMemoryLimit',
  207: 'InvalidUUID',
  256: 'TransactionCommitted',
  322: 'APIVersionError',
  352: 'UnsupportedOpQueryCommand',
};

export const OK = new Double(1);
const NOT_OK = new Double(0);

/** Who sends a command. */
export interface Sender {
  /** The number of the connection. */
  connection: number;
  /** Is told what went wrong in the store itself. */
  log: (line: string) => void;
}

/** Runs a command. @param read reads the command, and may throw. */
export function answer(service: Service, sender: Sender, read: () => Doc): Answer {
  let inTransaction = false;
  try {
    const command = read();
    inTransaction = command.autocommit !== undefined;
    return run(service, sender, command);
  } catch (error) {
    return errorAnswer(error, inTransaction, sender);
  }
}

/** An error as an answer has it. */
export function errorAnswer(error: unknown, inTransaction: boolean, { log }: Sender): Answer {
  const told = asServerError(error, log);
  const { code, message, keyPattern, keyValue, errInfo, errorLabels } = told;
  return {
    ...(errorLabels.length > 0 && inTransaction ? { errorLabels } : {}),
    ok: NOT_OK,
    errmsg: message,
    code,
    codeName: CODE_NAMES[code] ?? codeName(code),
    ...(keyPattern ? { keyPattern, keyValue } : {}),
    ...(errInfo ? { errInfo } : {}),
  };
}

function asServerError(error: unknown, log: (line: string) => void): MongoServerError {
  if (error instanceof MongoServerError) return error;
  // What calls itself for every level of a document has no more room.
  if (error instanceof RangeError && error.message.includes('call stack'))
    return new MongoServerError(15, 'The command is nested too deeply');
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(`A command failed in the store itself: ${text}`);
  const message = error instanceof Error ? error.message : String(error);
  return new MongoServerError(8, message);
}

function run(service: Service, { connection }: Sender, command: Doc): Answer {
  const [given = ''] = Object.keys(command);
  const name = canonical(given);
  const entry = COMMANDS.get(name);
  if (!entry) {
    if (ABSENT.has(name))
      fail(238, `The command '${name}' is not implemented in this document store`);
    return fail(59, `no such command: '${given}'`);
  }
  const database = databaseOf(command);
  if (entry.admin && database !== 'admin')
    fail(13, `${name} may only be run against the admin database.`);
  checkFields(given, command, entry);
  checkApi(command);
  checkReadConcern(command);
  if (entry.grows) checkMemory();
  const session = command.lsid === undefined ? null : service.sessions.of(command.lsid);
  const call = (access: Call['access']): Call =>
    new Call(service, { name, command, database, connection, session, access });
  const result = inSession(service, session, { name, entry, command }, call);
  const warning = entry.writes ? writeConcernError(command.writeConcern) : null;
  return { ...result, ...(warning ? { writeConcernError: warning } : {}), ok: OK };
}

function databaseOf({ $db }: Doc): string {
  if ($db === undefined) return fail(40571, 'OP_MSG requests require a $db argument');
  if (typeof $db !== 'string' || $db === '' || /[/\\. "$\0]/.test($db) || $db.length > 63)
    return fail(73, `Invalid database name: '${String($db)}'`);
  return $db;
}

function checkApi({ apiVersion }: Doc): void {
  if (apiVersion !== undefined && apiVersion !== '1')
    fail(322, `API version must be "1", not ${String(apiVersion)}`);
}

/** On one node without a log all levels are the same, but for a snapshot that outlives a command. */
function checkReadConcern({ readConcern, autocommit }: Doc): void {
  if (!isDoc(readConcern)) return;
  if (readConcern.level === 'snapshot' && autocommit === undefined) {
    fail(
      238,
      "The read concern 'snapshot' outside a transaction is not implemented in this document store",
    );
  }
}

/** One node cannot do what asks for two. The write is done all the same. */
function writeConcernError(concern: Maybe): Answer | null {
  const w = isDoc(concern) ? concern.w : undefined;
  if (w === undefined || w === 'majority' || Number(w) <= 1) return null;
  return {
    code: 100,
    codeName: CODE_NAMES[100],
    errmsg: 'Not enough data-bearing nodes',
    errInfo: { writeConcern: concern },
  };
}

interface Named {
  name: string;
  entry: Command;
  command: Doc;
}

/** Runs a command by itself, as a write that is done once, or as a part of a transaction. */
function inSession(
  service: Service,
  session: Session | null,
  { name, entry, command }: Named,
  call: (access: Call['access']) => Call,
): Answer {
  const { txnNumber, autocommit, startTransaction } = command;
  service.expiry.look();
  const plain = (): Answer => entry.run(call(service.catalog));
  if (name === 'commitTransaction' || name === 'abortTransaction') return plain();
  if (txnNumber === undefined) {
    if (autocommit !== undefined)
      fail(72, "'autocommit' field requires a transaction number to also be specified");
    return plain();
  }
  if (!session) return fail(72, 'Transaction number requires a session ID to also be specified');
  const number = numberOf(txnNumber);
  if (autocommit === undefined) {
    if (startTransaction !== undefined)
      fail(72, "'startTransaction' field requires 'autocommit' field to also be specified");
    return entry.writes ? session.once(number, plain) : plain();
  }
  if (autocommit !== false) fail(72, 'Specifying autocommit=true is not allowed.');
  if (!entry.inTransaction) fail(263, `Cannot run '${name}' in a multi-document transaction.`);
  if (startTransaction === true) session.begin(number, performance.now());
  const access = session.access(number);
  let done = false;
  try {
    const result = entry.run(call(access));
    done = result.writeErrors === undefined && !hasErrors(result);
    return result;
  } finally {
    // An error of any of its commands is the end of a transaction.
    if (!done) session.abort();
  }
}

/** `bulkWrite` counts its errors. */
const hasErrors = ({ nErrors }: Answer): boolean => typeof nErrors === 'number' && nErrors > 0;
