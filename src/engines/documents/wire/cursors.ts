/** Results that are read in batches. A cursor holds stored documents, which never change, so it costs a list of references. */
import { randomInt } from 'node:crypto';
import { fail } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/collection-data.ts';
import { bsonSize } from '../values/convert.ts';
import { type Doc, Long } from '../values/types.ts';
import type { Answer, Call } from './call.ts';

/** How many documents a first batch has, if nobody says. */
export const FIRST_BATCH = 101;

/** How long a cursor may lie idle, in milliseconds (server: `cursorTimeoutMillis`). */
const IDLE = 600_000;

/** How many may be open. The one that was idle longest makes room. */
const MOST = 10_000;

export interface Results {
  /** `shop.products`. */
  namespace: string;
  docs: readonly Doc[];
  /** What turns a stored document into what was asked for. */
  shape?: (doc: Doc) => Doc;
  /** `noCursorTimeout`: it lasts as long as its session. */
  lasting?: boolean;
}

interface Open extends Results {
  at: number;
  /** When it was last read, in milliseconds. */
  read: number;
  /** The session's key; a cursor without one can be read by everybody. */
  session: string | null;
}

export class Cursors {
  readonly #open = new Map<string, Open>();
  readonly #now: () => number;

  /** @param now a clock that only goes on, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  /** The answer of a command that finds, with its first batch. */
  first(call: Call, results: Results, batchSize: number | undefined, single = false): Answer {
    const session = call.session?.key ?? null;
    const open: Open = { ...results, at: 0, read: this.#now(), session };
    const firstBatch = next(open, batchSize ?? FIRST_BATCH);
    let id = '0';
    if (open.at < open.docs.length && !single) {
      id = this.#newId();
      this.#open.set(id, open);
      if (this.#open.size > MOST) this.#open.delete(this.#open.keys().next().value!);
    }
    return { cursor: { firstBatch, id: Long.fromString(id), ns: results.namespace } };
  }

  /** @throws MongoServerError CursorNotFound, Unauthorized. */
  more(call: Call, id: string, namespace: string, batchSize: number | undefined): Answer {
    const open = this.#open.get(id);
    if (!open) return fail(43, `cursor id ${id} not found`);
    if (open.namespace !== namespace) {
      fail(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${open.namespace}`,
      );
    }
    const session = call.session?.key ?? null;
    if (open.session !== session) {
      fail(
        13,
        `Cannot run getMore on cursor ${id}, which was ${open.session ? '' : 'not '}created in ${open.session ? 'a' : 'any'} session, in ${session ? 'another one' : 'none'}`,
      );
    }
    const nextBatch = next(open, batchSize || Infinity);
    open.read = this.#now();
    // Taken out and put back: so the first of all is the one that was idle longest.
    this.#open.delete(id);
    const ended = open.at >= open.docs.length;
    if (!ended) this.#open.set(id, open);
    return { cursor: { nextBatch, id: Long.fromString(ended ? '0' : id), ns: namespace } };
  }

  /** @returns whether there was such a cursor. */
  kill(id: string, namespace: string): boolean {
    return this.#open.get(id)?.namespace === namespace && this.#open.delete(id);
  }

  endSession(session: string): void {
    for (const [id, open] of this.#open) if (open.session === session) this.#open.delete(id);
  }

  /** Closes what has been idle for too long. */
  expire(now = this.#now()): void {
    for (const [id, open] of this.#open)
      if (!open.lasting && now - open.read > IDLE) this.#open.delete(id);
  }

  #newId(): string {
    for (;;) {
      const id = ((BigInt(randomInt(2 ** 31)) << 32n) | BigInt(randomInt(2 ** 32))).toString();
      if (id !== '0' && !this.#open.has(id)) return id;
    }
  }
}

/** The next documents, as many as an answer has room for: at least one, if there is one and it is asked for. */
function next(open: Open, most: number): Doc[] {
  const batch: Doc[] = [];
  let bytes = 0;
  while (batch.length < most && open.at < open.docs.length) {
    const stored = open.docs[open.at]!;
    const doc = open.shape ? open.shape(stored) : stored;
    // A document, and around it its type and its place in the list.
    const size = bsonSize(doc) + 10;
    if (batch.length > 0 && bytes + size > MAX_DOCUMENT_BYTES) break;
    batch.push(doc);
    bytes += size;
    open.at += 1;
  }
  return batch;
}
