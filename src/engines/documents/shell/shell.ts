/** A session of the shell: inputs in, printed text out. Knows nothing of pages or engines. */
import { EJSON } from 'bson';
import { Cursor } from '../api/cursor.ts';
import { Printable } from '../api/printable.ts';
import { countingIds, createStore, type Store } from '../api/store.ts';
import { MongoshInvalidInputError } from '../errors.ts';
import { bsonSize, toStored } from '../values/convert.ts';
import type { ObjectId } from '../values/types.ts';
import { Clock, dateOf } from './clock.ts';
import { absentGlobals, withAbsent } from './absent-methods.ts';
import { ShellConfig } from './config.ts';
import { ExplainableCursor, ShellCollection } from './collection.ts';
import { bsonConstructors } from './constructors.ts';
import { ShellDatabase, ShellMongo, ShellSession } from './database.ts';
import { printedError } from './errors.ts';
import { HelpText } from './help.ts';
import { brought } from '../parts/brought.ts';
import { DEFAULT_INSPECT, FULL_INSPECT, inspect } from './inspect.ts';
import { isExplained, Listing } from './results.ts';
import { type Evaluator, SessionScope } from './scope.ts';
import type { Input } from './statements.ts';
import { timers } from './timers.ts';
import { isThenable, Waiting } from './waiting.ts';

/** The database that a session begins in. */
const DEFAULT_DATABASE = 'test';

withAbsent(Cursor.prototype, 'cursor');
withAbsent(ExplainableCursor.prototype, 'cursor');
withAbsent(ShellMongo.prototype, 'connection');
withAbsent(ShellSession.prototype, 'session');

/** Thrown where a script leaves the shell: nothing after it is run. */
export class Leaving {}

/** What a program needs that goes on while nothing runs. */
const GOES_ON =
  /\b(?:async|await|Promise|then|queueMicrotask|setTimeout|setInterval|setImmediate|Atomics|sleep)\b/;

export interface ShellOptions {
  evaluator: Evaluator;
  /** Receives what `print` and `console.log` print while an input runs. */
  print: (text: string) => void;
  now?: () => Date;
  newId?: () => ObjectId;
  /** In bytes: the most that the program of one run may make. */
  mostMemory?: number;
}

export class Shell {
  readonly store: Store;
  private readonly print: (text: string) => void;
  private readonly newId: () => ObjectId;
  private readonly scope: SessionScope;
  private readonly clock: Clock;
  private readonly waiting: Waiting;
  /** Whether the session has programs that may go on while nothing runs. */
  private goesOn = false;
  private config = new ShellConfig();
  /** What `DBQuery.shellBatchSize` was set to: it comes before the setting. */
  private batchSize: number | undefined;
  private mongo: ShellMongo;
  private more: Cursor<unknown> | null = null;

  constructor(options: ShellOptions) {
    this.clock = new Clock(options.now ?? (() => new Date()));
    const now = () => this.clock.now();
    this.newId = options.newId ?? countingIds(now);
    this.print = options.print;
    this.store = createStore({ now, newId: this.newId });
    this.mongo = new ShellMongo(this.store);
    this.scope = new SessionScope(
      options.evaluator,
      this.builtins(),
      (milliseconds) => new Promise((resolve) => this.clock.set(resolve, milliseconds)),
      options.mostMemory,
    );
    this.waiting = new Waiting(this.scope.world, this.clock);
  }

  /** To be called when a script begins. */
  beginRun(): void {
    this.scope.beginRun();
  }

  /** Gives the shell's own names their values again, whatever a program has made of them and of what they hold. */
  restoreBuiltins(): void {
    const database = this.currentDatabase();
    this.mongo = new ShellMongo(this.store);
    this.config = new ShellConfig();
    this.batchSize = undefined;
    this.more = null;
    this.scope.define(this.builtins(database));
  }

  /** Which database a program has made `db` is its own to choose, but a database it has to be. */
  private currentDatabase(): string {
    try {
      return databaseName(this.db.getName());
    } catch {
      return DEFAULT_DATABASE;
    }
  }

  private builtins(database = DEFAULT_DATABASE): Record<string, unknown> {
    const print = (...values: unknown[]) => {
      this.print(
        values.map((value) => (typeof value === 'string' ? value : this.text(value))).join(' '),
      );
    };
    const printjson = (...values: unknown[]) => {
      const expanded = { ...FULL_INSPECT, compact: 0 };
      this.print(
        values
          .map((value) => (typeof value === 'string' ? value : inspect(value, expanded)))
          .join(' '),
      );
    };
    return {
      db: this.mongo.getDB(database),
      print,
      printjson,
      console: { log: print, info: print, warn: print, error: print, debug: print },
      bsonsize: sizeOf,
      queueMicrotask: (task: () => void) => void Promise.resolve().then(task),
      ...absentGlobals(),
      use: (name: unknown) => this.use(name),
      show: (what?: string) => this.show(what ?? ''),
      it: () => this.command('it'),
      help: () => brought('helpOn', 'help')('shell'),
      cls: () => undefined,
      exit: leave,
      quit: leave,
      config: this.config,
      DBQuery: this.dbQuery(),
      EJSON: ejson(),
      sleep: this.sleep,
      Date: dateOf(this.clock),
      version: () => '2.5.0',
      isInteractive: () => true,
      ...timers(this.clock),
      ...bsonConstructors(this.newId, () => this.clock.now()),
    };
  }

  /** What the setting of the batch was called before `config`. */
  private dbQuery(): object {
    const get = () => this.batchSize;
    const set = (size: number) => (this.batchSize = size);
    const print = () => {
      this.print(
        'DeprecationWarning: DBQuery.shellBatchSize is deprecated, please use config.set("displayBatchSize") instead',
      );
    };
    return {
      get shellBatchSize() {
        return get();
      },
      set shellBatchSize(size: unknown) {
        print();
        if (!Number.isInteger(size) || (size as number) < 1)
          throw new MongoshInvalidInputError('shellBatchSize must be a positive integer');
        set(size as number);
      },
    };
  }

  private readonly sleep = (milliseconds: number): void => {
    this.clock.sleep(Number(milliseconds) || 0);
  };

  private get db(): ShellDatabase {
    return this.scope.get('db') as ShellDatabase;
  }

  /**
   * Runs one input. Nothing is waited for: {@link settle} does so.
   *
   * @returns its value. @throws whatever the input throws.
   */
  run(input: Input): unknown {
    if (input.kind === 'command') return this.command(input.text);
    this.goesOn ||= GOES_ON.test(input.text);
    return this.scope.run(input.code, input.names);
  }

  /** Whether something has to be waited for, now that an input has run. Of a plain program nothing is. */
  waits(input: Input, value?: unknown): boolean {
    if (input.continued) return input.waits && isThenable(value);
    return this.goesOn || isThenable(value);
  }

  /**
   * Waits for what an input began, and for its value.
   *
   * @returns the value to be printed, inside of something that is no promise. @throws what the input threw meanwhile.
   */
  async settle(value: unknown): Promise<{ value: unknown }> {
    if (isThenable(value)) return { value: await this.waiting.settled(value) };
    await this.waiting.rest();
    return { value };
  }

  /** Until promises have gone on as far as they can. */
  rest(): Promise<void> {
    return this.waiting.rest();
  }

  /** What was rejected since the last call, and handled by nobody. */
  rejections(): unknown[] {
    return this.waiting.rejections();
  }

  /** To be called when a script has ended: its timers still fire. @param failed told of what they throw. */
  async finish(failed: (error: unknown) => void): Promise<void> {
    if (this.goesOn) await this.waiting.finish(failed);
  }

  private command(text: string): unknown {
    const [name = '', ...words] = text.split(/\s+/);
    switch (name) {
      case 'use':
        return this.use(words[0] ?? '');
      case 'show':
        return this.show(words.join(' '));
      case 'it':
        return this.more?.hasNext() ? this.batch(this.more) : new Listing([['no cursor']]);
      case 'help':
        return brought('helpOn', 'help')('shell');
      case 'exit':
      case 'quit':
        return leave();
      default:
        return undefined; // cls: there is no terminal to clear
    }
  }

  private use(given: unknown): string {
    const name = databaseName(given);
    const same = this.db.getName() === name;
    this.scope.set('db', this.mongo.getDB(name));
    return same ? `already on db ${name}` : `switched to db ${name}`;
  }

  private show(what: string): unknown {
    switch (what) {
      case 'dbs':
      case 'databases':
        return new Listing(
          this.store.listDatabases().map(({ name, sizeOnDisk }) => [name, bytes(sizeOnDisk)]),
          [false, true],
        );
      case 'collections':
      case 'tables':
        return new Listing(
          this.db
            .getCollectionInfos()
            .map(({ name, type }) =>
              type === 'view' ? [String(name), '[view]'] : [String(name), ''],
            ),
        );
      case '':
        throw new MongoshInvalidInputError(
          'Missing required argument at position 0 (show)',
          'COMMON-10001',
        );
      default:
        throw new MongoshInvalidInputError(`'${what}' is not a valid argument for "show".`);
    }
  }

  /** What the shell prints for a value; empty if it prints nothing. */
  text(value: unknown): string {
    if (value === undefined) return '';
    if (typeof value === 'string') return CONTROLS.test(value) ? inspect(value) : value;
    if (Object.prototype.toString.call(value) === '[object Error]') return errorText(value);
    if (value instanceof Cursor)
      return value.hasNext() ? this.text(this.batch(value as Cursor<unknown>)) : '';
    if (value instanceof Batch) {
      const documents = inspect(value.documents, FULL_INSPECT);
      return value.more ? `${documents}\nType "it" for more` : documents;
    }
    if (value instanceof ExplainableCursor) return inspect(value.finish(), FULL_INSPECT);
    if (value instanceof Listing || value instanceof HelpText) return value.text;
    if (value instanceof Printable) return value.printed();
    if (value instanceof ShellDatabase) return value.getName();
    if (value instanceof ShellCollection) return value.getFullName();
    if (value instanceof ShellMongo) return 'mongodb://<in this page>';
    if (value instanceof ShellSession) return '{ <session> }';
    const { inspectDepth: depth, inspectCompact } = ShellConfig.read(this.config);
    const compact = Number(inspectCompact === true ? 3 : inspectCompact);
    const options = isExplained(value) ? FULL_INSPECT : { ...DEFAULT_INSPECT, depth };
    return inspect(value, { ...options, compact });
  }

  private batch(cursor: Cursor<unknown>): Batch {
    const documents: unknown[] = [];
    const size = this.batchSize ?? ShellConfig.read(this.config).displayBatchSize;
    while (documents.length < size && cursor.hasNext()) documents.push(cursor.next());
    this.more = cursor;
    return new Batch(documents, cursor.hasNext());
  }
}

/** What a terminal would not show as it stands. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

function errorText(error: unknown): string {
  const { name, message, detail } = printedError(error);
  return `${name}: ${message}${detail ? `\n${detail}` : ''}`;
}

function sizeOf(value: unknown): number {
  if (value === undefined)
    throw new MongoshInvalidInputError('Missing required argument at position 0 (bsonsize)');
  if (typeof value !== 'object')
    throw new MongoshInvalidInputError(
      `Argument at position 0 must be of type object, got ${typeof value} instead (bsonsize)`,
    );
  return bsonSize(toStored(value));
}

function leave(): never {
  throw new Leaving();
}

/** Extended JSON, as mongosh has it: of `bson`, whose own object is shared. */
function ejson(): object {
  const { parse, stringify, serialize, deserialize } = EJSON;
  return { parse, stringify, serialize, deserialize };
}

/** @throws MongoshInvalidInputError if no database can be called so. */
function databaseName(name: unknown): string {
  if (typeof name !== 'string' || !name || /[/\\. "$\0]/.test(name))
    throw new MongoshInvalidInputError(`Invalid database name: ${String(name)}`);
  return name;
}

/** The next documents of a cursor. */
class Batch {
  readonly documents: unknown[];
  readonly more: boolean;

  constructor(documents: unknown[], more: boolean) {
    this.documents = documents;
    this.more = more;
  }
}

/** `40.00 KiB`, as `show dbs` has it. */
function bytes(size: number): string {
  if (size <= 1000) return `${String(size)} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(2)} ${units[unit]!}`;
}
