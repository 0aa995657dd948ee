/**
 * Change streams (manual, "Change Streams"), on one node: what has changed is there to be read, and nobody waits, since
 * nothing else runs meanwhile.
 */
import { compilePipeline, stageOf } from '../aggregate/pipeline.ts';
import type { PipelineContext } from '../aggregate/stage.ts';
import { isolated } from '../aggregate/pipeline-update.ts';
import type { Connection } from '../api/collection.ts';
import { Printable } from '../api/printable.ts';
import { fail, MongoshInvalidInputError, notImplemented } from '../errors.ts';
import type { Change } from '../storage/changes.ts';
import { SIMPLE } from '../values/collation.ts';
import { docToResult, toStored } from '../values/convert.ts';
import { type Doc, docOf, type Input, isDoc, Timestamp, type Value } from '../values/types.ts';
import { differenceOf } from './difference.ts';
import { type ChangeLog, logOf } from './log.ts';

/** What is watched: a collection, a database, or all of the store. */
export interface Watched {
  database?: string;
  name?: string;
}

const STAGES = [
  ...[
    '$addFields',
    '$match',
    '$project',
    '$redact',
    '$replaceRoot',
    '$replaceWith',
    '$set',
    '$unset',
  ],
];
const OPTIONS = [
  ...['fullDocument', 'resumeAfter', 'startAfter', 'startAtOperationTime'],
  // Nothing travels in batches, and nobody waits.
  ...['batchSize', 'maxAwaitTimeMS', 'comment', 'session', 'collation'],
];

/** @throws MongoServerError if the pipeline or an option is none. */
export function watch(
  connection: Connection,
  watched: Watched,
  pipeline: unknown = [],
  options: Input = {},
): ChangeStream {
  return new ChangeStream(connection, watched, pipeline, options);
}

export class ChangeStream extends Printable implements Iterable<Input> {
  readonly #connection: Connection;
  readonly #watched: Watched;
  readonly #log: ChangeLog;
  readonly #run: (docs: Doc[]) => Doc[];
  readonly #lookup: boolean;
  #at: number;
  #closed = false;
  /** The event that ends the stream comes next. */
  #ending = false;
  #token: { _data: string };
  /** An event that was looked for, and is still to be given out. */
  #next: Input | null = null;

  constructor(connection: Connection, watched: Watched, pipeline: unknown, options: Input) {
    super();
    for (const option of Object.keys(options))
      if (!OPTIONS.includes(option)) notImplemented(`The option '${option}' of watch`);
    const { fullDocument = 'default', resumeAfter, startAfter, startAtOperationTime } = options;
    if (fullDocument !== 'default' && fullDocument !== 'updateLookup')
      notImplemented(`The option fullDocument: '${String(fullDocument)}' of watch`);
    this.#connection = connection;
    this.#watched = watched;
    this.#lookup = fullDocument === 'updateLookup';
    this.#run = pipelineOf(pipeline, connection);
    this.#log = logOf(connection.catalog, connection.clock.now);
    const token: unknown = resumeAfter ?? startAfter;
    this.#at = this.#log.entries.length;
    if (token !== undefined) this.#at = this.#log.after(token);
    else if (startAtOperationTime instanceof Timestamp)
      this.#at = this.#log.from(startAtOperationTime);
    this.#token = this.#log.tokenOf(this.#at - 1);
  }

  /** The next event, `null` if there is none yet. */
  tryNext(): Input | null {
    const event = this.#next ?? this.#read();
    this.#next = null;
    return event;
  }

  /** Whether an event is there. mongosh would wait for one. */
  hasNext(): boolean {
    this.#next ??= this.#read();
    return this.#next !== null;
  }

  /** The next event. @throws MongoshInvalidInputError if there is none: nothing could come while this waits. */
  next(): Input {
    const event = this.tryNext();
    if (event) return event;
    throw new MongoshInvalidInputError(
      this.#closed
        ? 'Cannot call next() on closed cursor'
        : 'There is no change yet. mongosh would wait for one here; use tryNext(), which answers null.',
    );
  }

  *[Symbol.iterator](): Iterator<Input> {
    for (let event = this.tryNext(); event; event = this.tryNext()) yield event;
  }

  /** Reads what is there. @returns how many events there were. */
  itcount(): number {
    return [...this].length;
  }

  isExhausted(): boolean {
    return this.isClosed() && !this.hasNext();
  }

  close(): void {
    this.#closed = true;
    this.#next = null;
  }

  isClosed(): boolean {
    return this.#closed;
  }

  /** What a new stream begins after with `resumeAfter`. */
  getResumeToken(): Input {
    return { ...this.#token };
  }

  pretty(): this {
    return this;
  }

  override printed(): string {
    const { database, name } = this.#watched;
    const on = database === undefined ? 'deployment' : [database, name].filter(Boolean).join('.');
    return `ChangeStreamCursor on ${on}`;
  }

  #read(): Input | null {
    this.#connection.expiry.look();
    while (!this.#closed) {
      const event = this.#event();
      if (!event) return null;
      const [shaped] = this.#run([event]);
      if (!shaped) continue;
      if (!isDoc(shaped._id!) || shaped._id._data !== (event._id as Doc)._data)
        fail(
          280,
          'Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed.',
        );
      return docToResult(shaped);
    }
    return null;
  }

  /** The next event of what is watched, before the pipeline. */
  #event(): Doc | null {
    const { entries } = this.#log;
    if (this.#ending) {
      this.#closed = true;
      return this.#made(this.#at - 1, 'invalidate', [], true);
    }
    while (this.#at < entries.length) {
      const { change } = entries[this.#at]!;
      this.#at += 1;
      if (!this.#concerns(change)) continue;
      this.#ending = this.#ends(change);
      return this.#made(this.#at - 1, nameOf(change), this.#fieldsOf(change));
    }
    return null;
  }

  #concerns({ database, name, kind }: Change): boolean {
    const { database: db, name: coll } = this.#watched;
    if (db !== undefined && database !== db) return false;
    return coll === undefined ? true : kind !== 'dropDatabase' && name === coll;
  }

  #ends({ kind }: Change): boolean {
    const { database, name } = this.#watched;
    if (name !== undefined) return kind === 'drop' || kind === 'rename';
    return database !== undefined && kind === 'dropDatabase';
  }

  #made(place: number, type: string, fields: [string, Value][], invalidates = false): Doc {
    this.#token = this.#log.tokenOf(place, invalidates);
    return docOf([
      ['_id', docOf([['_data', this.#token._data]])],
      ['operationType', type],
      ['clusterTime', this.#log.timeOf(place)],
      ['wallTime', new Date(this.#log.entries[place]!.time)],
      ...fields,
    ]);
  }

  #fieldsOf(change: Change): [string, Value][] {
    const { database, name } = change;
    const ns: [string, Value] = [
      'ns',
      docOf([
        ['db', database],
        ['coll', name],
      ]),
    ];
    const key = ({ _id }: Doc): [string, Value] => ['documentKey', docOf([['_id', _id!]])];
    switch (change.kind) {
      case 'insert':
        return [['fullDocument', change.after], ns, key(change.after)];
      case 'delete':
        return [ns, key(change.before)];
      case 'update': {
        const { before, after, how } = change;
        if (how.replaced) return [['fullDocument', after], ns, key(after)];
        const description: [string, Value] = [
          'updateDescription',
          differenceOf(before, after, how),
        ];
        const full: [string, Value][] = this.#lookup
          ? [['fullDocument', this.#current(change)]]
          : [];
        return [...full, ns, key(after), description];
      }
      case 'rename':
        return [
          ns,
          [
            'to',
            docOf([
              ['db', database],
              ['coll', change.to],
            ]),
          ],
        ];
      case 'dropDatabase':
        return [['ns', docOf([['db', database]])]];
      default:
        return [ns];
    }
  }

  /** The document as it is when the event is read: it may be another by then, or gone. */
  #current({ database, name, after }: Change & { kind: 'update' }): Value {
    const data = this.#connection.catalog.read(database, name);
    const slot = data?.indexes.find((index) => index.isIdIndex)?.slotOfId(after._id!);
    return slot === undefined ? null : data!.slots[slot]!;
  }
}

const nameOf = (change: Change): string =>
  change.kind === 'update' && change.how.replaced ? 'replace' : change.kind;

function pipelineOf(pipeline: unknown, { clock }: Connection): (docs: Doc[]) => Doc[] {
  const stages = toStored(pipeline);
  if (!Array.isArray(stages)) return fail(14, "'pipeline' option must be specified as an array");
  for (const stage of stages) {
    const { name } = stageOf(stage);
    if (!STAGES.includes(name)) fail(20, `${name} is not permitted in a $changeStream pipeline`);
  }
  const context: PipelineContext = isolated({
    collation: SIMPLE,
    now: clock.now(),
    variables: {},
  });
  return compilePipeline(stages, context);
}
