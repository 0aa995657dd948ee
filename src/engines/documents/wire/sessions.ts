/**
 * Sessions, as clients number them, and their transactions. (Driver specifications: "Driver Sessions",
 * "Transactions", "Retryable Writes".)
 */
import { fail } from '../errors.ts';
import type { Access, Catalog } from '../storage/catalog.ts';
import { Transaction } from '../storage/transaction.ts';
import { Binary, type Doc, isDoc, Long, type Maybe } from '../values/types.ts';
import type { Answer } from './call.ts';

/** How long a session may lie idle: `logicalSessionTimeoutMinutes`. */
export const TIMEOUT_MINUTES = 30;

/** How long a transaction may last, in milliseconds (server: `transactionLifetimeLimitSeconds`). */
const TRANSACTION_LIFETIME = 60_000;

/** How many sessions are known. The one that was idle longest makes room. */
const MOST = 10_000;

const TRANSIENT = { errorLabels: ['TransientTransactionError'] };

type State = 'none' | 'in progress' | 'committed' | 'aborted';

export class Session {
  /** Its id, in hexadecimal. */
  readonly key: string;
  /** When it was last used, and when its transaction began: milliseconds of a clock that only goes on. */
  used = 0;
  #began = 0;
  readonly #catalog: Catalog;
  #number = -1n;
  #state: State = 'none';
  #transaction: Transaction | null = null;
  /** What the last numbered write was answered, in case it is sent again. */
  #answered: { number: bigint; answer: Answer } | null = null;

  constructor(catalog: Catalog, key: string) {
    this.#catalog = catalog;
    this.key = key;
  }

  /** @throws MongoServerError TransactionTooOld, ConflictingOperationInProgress. */
  begin(number: bigint, now: number): void {
    this.#advance(number);
    if (this.#state !== 'none')
      fail(117, `Given transaction number ${number} has been used before in this session`);
    this.#state = 'in progress';
    this.#began = now;
  }

  /** What has a newer number ends what has an older one. */
  #advance(number: bigint): void {
    if (number < this.#number) {
      fail(
        225,
        `Cannot start transaction with { txnNumber: ${number} } on session ${this.key} because a newer transaction with txnNumber ${this.#number} has already started on this session.`,
      );
    }
    if (number === this.#number) return;
    this.abort();
    this.#number = number;
    this.#state = 'none';
    this.#answered = null;
  }

  /** The data as the transaction sees them. @throws MongoServerError NoSuchTransaction, TransactionCommitted. */
  access(number: bigint): Access {
    this.#expect(number);
    if (this.#state === 'committed')
      fail(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    this.#transaction ??= new Transaction(this.#catalog);
    return this.#transaction;
  }

  #expect(number: bigint): void {
    if (number < this.#number) this.#advance(number);
    if (number !== this.#number || this.#state === 'none') {
      fail(
        251,
        `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${this.#number}`,
        TRANSIENT,
      );
    }
    if (this.#state === 'aborted')
      fail(251, `Transaction with { txnNumber: ${number} } has been aborted.`, TRANSIENT);
  }

  /** As often as one likes. @throws MongoServerError NoSuchTransaction, WriteConflict. */
  commit(number: bigint): void {
    this.#expect(number);
    if (this.#state === 'committed') return;
    const transaction = this.#transaction;
    this.#transaction = null;
    this.#state = 'aborted';
    transaction?.commit();
    this.#state = 'committed';
  }

  /** Forgets what the transaction wrote. */
  abort(): void {
    this.#transaction?.end();
    this.#transaction = null;
    if (this.#state === 'in progress') this.#state = 'aborted';
  }

  /** @throws MongoServerError NoSuchTransaction, TransactionCommitted. */
  abortOnDemand(number: bigint): void {
    this.access(number);
    this.abort();
  }

  /** Runs a write once, however often it is sent. @throws MongoServerError TransactionTooOld. */
  once(number: bigint, write: () => Answer): Answer {
    this.#advance(number);
    if (this.#state !== 'none') fail(117, 'The number of a transaction is no number of a write');
    if (this.#answered) return this.#answered.answer;
    const answer = write();
    this.#answered = { number, answer };
    return answer;
  }

  /** Ends a transaction that has lasted too long. */
  expire(now: number): void {
    if (this.#state === 'in progress' && now - this.#began > TRANSACTION_LIFETIME) this.abort();
  }
}

export class Sessions {
  readonly #catalog: Catalog;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #ended: (key: string) => void;

  /** @param now a clock that only goes on, in milliseconds. @param ended is told the key of a session that is gone. */
  constructor(catalog: Catalog, now: () => number, ended: (key: string) => void) {
    this.#catalog = catalog;
    this.#now = now;
    this.#ended = ended;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** The session of that `lsid`; it begins with its first use. @throws MongoServerError if it is none. */
  of(lsid: Maybe): Session {
    const key = keyOf(lsid);
    const session = this.#sessions.get(key) ?? new Session(this.#catalog, key);
    session.used = this.#now();
    // Taken out and put back: so the first of all is the one that was idle longest.
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    if (this.#sessions.size > MOST) this.#end(this.#sessions.keys().next().value!);
    return session;
  }

  end(lsid: Maybe): void {
    this.#end(keyOf(lsid));
  }

  #end(key: string): void {
    this.#sessions.get(key)?.abort();
    this.#sessions.delete(key);
    this.#ended(key);
  }

  /** Ends what has been idle, or has lasted, for too long. */
  expire(now = this.#now()): void {
    for (const [key, session] of this.#sessions) {
      session.expire(now);
      if (now - session.used > TIMEOUT_MINUTES * 60_000) this.#end(key);
    }
  }
}

function keyOf(lsid: Maybe): string {
  const id = isDoc(lsid) ? (lsid as Doc).id : undefined;
  if (!(id instanceof Binary) || id.sub_type !== 4 || id.position !== 16)
    return fail(207, "BSON field 'lsid.id' has to be a UUID");
  return id.toString('hex');
}

/** @throws MongoServerError TypeMismatch. */
export function numberOf(value: Maybe): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return fail(14, "BSON field 'txnNumber' is the wrong type, expected type 'long'");
}
