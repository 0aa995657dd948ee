/** Consumer groups: who read up to where, and what was delivered and not yet acknowledged. */
import type { Bytes } from '../core/bytes.ts';
import type { Integer } from '../core/numbers.ts';
import { compareIds, type StreamId } from './stream-id.ts';

/** A delivered entry that nobody has acknowledged. */
export interface Pending extends StreamId {
  consumer: Consumer;
  /** Unix time in milliseconds. */
  deliveredAt: number;
  deliveries: Integer;
}

/** From so many elements on a piece is cut in two. */
const PIECE = 512;

/**
 * What is pending, in the order of its ids: short sorted pieces in a row, so that adding, finding and
 * removing take a search and a short move.
 */
export class PendingList {
  size = 0;
  private readonly pieces: Pending[][] = [];

  /** The piece that has the id, or would. */
  private pieceOf(id: StreamId): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (compareIds(this.pieces[middle]![0]!, id) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  /** The first place in a piece with at least this id. */
  private static placeOf(piece: Pending[], id: StreamId): number {
    let low = 0;
    let high = piece.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds(piece[middle]!, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get(id: StreamId): Pending | undefined {
    const found = this.firstFrom(id);
    return found && compareIds(found, id) === 0 ? found : undefined;
  }
  get last(): Pending | undefined {
    return this.pieces.at(-1)?.at(-1);
  }
  /** The first one with at least this id. */
  firstFrom(id: StreamId): Pending | undefined {
    if (this.size === 0) return undefined;
    const at = this.pieceOf(id);
    const piece = this.pieces[at]!;
    return piece[PendingList.placeOf(piece, id)] ?? this.pieces[at + 1]?.[0];
  }
  /** All with at least this id, in order. The list must not change meanwhile. */
  *from(id: StreamId): Generator<Pending> {
    if (this.size === 0) return;
    let at = this.pieceOf(id);
    let place = PendingList.placeOf(this.pieces[at]!, id);
    for (; at < this.pieces.length; at++, place = 0) {
      const piece = this.pieces[at]!;
      for (; place < piece.length; place++) yield piece[place]!;
    }
  }
  *[Symbol.iterator](): Generator<Pending> {
    for (const piece of this.pieces) yield* piece;
  }
  /** Adds one whose id is not in here. */
  add(pending: Pending): void {
    this.size++;
    const { last } = this;
    if (!last) {
      this.pieces.push([pending]);
      return;
    }
    const at = this.pieceOf(pending);
    const piece = this.pieces[at]!;
    if (compareIds(last, pending) < 0) piece.push(pending);
    else piece.splice(PendingList.placeOf(piece, pending), 0, pending);
    if (piece.length <= PIECE) return;
    // What only grows at its end leaves full pieces behind.
    const cut = at === this.pieces.length - 1 ? PIECE : PIECE >> 1;
    this.pieces.splice(at + 1, 0, piece.splice(cut));
  }
  delete(id: StreamId): void {
    if (this.size === 0) return;
    const at = this.pieceOf(id);
    const piece = this.pieces[at]!;
    const place = PendingList.placeOf(piece, id);
    if (!piece[place] || compareIds(piece[place], id) !== 0) return;
    this.size--;
    if (piece.length > 1) piece.splice(place, 1);
    else this.pieces.splice(at, 1);
  }
}

export class Consumer {
  readonly name: Bytes;
  /** The last time it tried anything. */
  seenAt: number;
  readonly pending = new PendingList();
  constructor(name: Bytes, now: number) {
    this.name = name;
    this.seenAt = now;
  }
}

/** Where the number of entries that a group has read is not known. */
export const UNKNOWN = -1;

/** By name, as Redis lists them. */
const byName = ([a]: [Bytes, unknown], [b]: [Bytes, unknown]): number => (a < b ? -1 : 1);
export const inOrder = <T>(named: ReadonlyMap<Bytes, T>): [Bytes, T][] => [...named].sort(byName);

export class ConsumerGroup {
  /** The last entry that was delivered. */
  lastId: StreamId;
  /** How many entries were read in the stream's life, or {@link UNKNOWN}. */
  entriesRead: Integer;
  readonly pending = new PendingList();
  readonly consumers = new Map<Bytes, Consumer>();

  constructor(lastId: StreamId, entriesRead: Integer) {
    this.lastId = lastId;
    this.entriesRead = entriesRead;
  }

  /** An entry goes to a consumer for the first time, whoever had it before. */
  deliver(id: StreamId, consumer: Consumer, now: number): void {
    const known = this.pending.get(id);
    if (known) {
      this.hand(known, consumer);
      known.deliveredAt = now;
      known.deliveries = 1;
    } else this.create(id, consumer, now);
  }
  create(id: StreamId, consumer: Consumer, now: number): Pending {
    const pending = { ms: id.ms, seq: id.seq, consumer, deliveredAt: now, deliveries: 1 };
    this.pending.add(pending);
    consumer.pending.add(pending);
    return pending;
  }
  /** Makes it another consumer's. */
  hand(pending: Pending, consumer: Consumer): void {
    if (pending.consumer === consumer) return;
    pending.consumer.pending.delete(pending);
    pending.consumer = consumer;
    consumer.pending.add(pending);
  }
  settle(pending: Pending): void {
    this.pending.delete(pending);
    pending.consumer.pending.delete(pending);
  }
  deleteConsumer(consumer: Consumer): void {
    for (const pending of consumer.pending) this.pending.delete(pending);
    this.consumers.delete(consumer.name);
  }

  copy(): ConsumerGroup {
    const copy = new ConsumerGroup(this.lastId, this.entriesRead);
    for (const [name, { seenAt }] of this.consumers) {
      copy.consumers.set(name, new Consumer(name, seenAt));
    }
    for (const pending of this.pending) {
      const consumer = copy.consumers.get(pending.consumer.name)!;
      const copied = { ...pending, consumer };
      copy.pending.add(copied);
      consumer.pending.add(copied);
    }
    return copy;
  }
}
