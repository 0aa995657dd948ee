/** Sessions and their transactions, with the states and messages of the driver. */
import { fail, MongoServerError, MongoTransactionError } from '../errors.ts';
import type { Access, Catalog } from '../storage/catalog.ts';
import { Transaction } from '../storage/transaction.ts';

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { then?: unknown }).then === 'function';

type State = 'none' | 'in progress' | 'committed' | 'aborted';

/** A client's session. One transaction at a time. */
export class Session {
  private readonly catalog: Catalog;
  private transaction: Transaction | null = null;
  private state: State = 'none';
  private number = 0;
  private ended = false;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  get inTransaction(): boolean {
    return this.state === 'in progress';
  }

  /** @throws MongoTransactionError if one is in progress. */
  startTransaction(): void {
    if (this.ended) throw new MongoTransactionError('Cannot use a session that has ended');
    if (this.inTransaction) throw new MongoTransactionError('Transaction already in progress');
    this.state = 'in progress';
    this.number += 1;
    // The snapshot is taken by the first operation, as the server does.
    this.transaction = null;
    this.failed = false;
  }

  private failed = false;

  /** The way to the data for the next operation. */
  access(): Access {
    if (!this.inTransaction) return this.catalog;
    if (this.failed) this.noSuchTransaction();
    this.transaction ??= new Transaction(this.catalog);
    return this.transaction;
  }

  private noSuchTransaction(): never {
    return fail(251, `Transaction with { txnNumber: ${String(this.number)} } has been aborted.`, {
      errorLabels: ['TransientTransactionError'],
    });
  }

  /** Runs an operation. An error of the server ends the transaction, whose writes are lost. */
  guard<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      if (this.inTransaction && error instanceof MongoServerError) {
        this.transaction?.end();
        this.failed = true;
      }
      throw error;
    }
  }

  /** @throws MongoServerError WriteConflict, NoSuchTransaction; MongoTransactionError. */
  commitTransaction(): void {
    if (this.state === 'committed') return;
    if (this.state === 'none') throw new MongoTransactionError('No transaction started');
    if (this.state === 'aborted') {
      throw new MongoTransactionError(
        'Cannot call commitTransaction after calling abortTransaction',
      );
    }
    this.state = 'committed';
    if (this.failed) {
      this.state = 'aborted';
      this.noSuchTransaction();
    }
    try {
      this.transaction?.commit();
    } catch (error) {
      this.state = 'aborted';
      throw error;
    }
  }

  /** @throws MongoTransactionError if there is nothing to abort. */
  abortTransaction(): void {
    if (this.state === 'none') throw new MongoTransactionError('No transaction started');
    if (this.state === 'aborted')
      throw new MongoTransactionError('Cannot call abortTransaction twice');
    if (this.state === 'committed') {
      throw new MongoTransactionError(
        'Cannot call abortTransaction after calling commitTransaction',
      );
    }
    this.transaction?.end();
    this.state = 'aborted';
  }

  /**
   * Runs the callback in a transaction: commits when it returns, aborts when it throws. Where it answers a promise,
   * so does this, and that decides.
   */
  withTransaction<T>(callback: (session: this) => T, attempt = 1): T {
    this.startTransaction();
    const commit = () => {
      if (this.inTransaction) this.commitTransaction();
    };
    try {
      const result = callback(this);
      if (!isPromise(result)) {
        commit();
        return result;
      }
      const committed = Promise.resolve(result).then((value) => {
        commit();
        return value;
      });
      return committed.catch((error: unknown) => this.#again(error, callback, attempt)) as T;
    } catch (error) {
      return this.#again(error, callback, attempt);
    }
  }

  /** After an error that may pass, a transaction is tried again. @throws the error, if it is another or stays. */
  #again<T>(error: unknown, callback: (session: this) => T, attempt: number): T {
    if (this.inTransaction) this.abortTransaction();
    const transient =
      error instanceof MongoServerError && error.hasErrorLabel('TransientTransactionError');
    if (!transient || attempt === 3) throw error;
    return this.withTransaction(callback, attempt + 1);
  }

  endSession(): void {
    if (this.inTransaction) this.abortTransaction();
    this.ended = true;
  }
}
