/** A session of the shell: inputs in, printed text out. Knows nothing of pages or engines. */
import { Cursor } from '../api/cursor.ts';
import { Printable } from '../api/printable.ts';
import { countingIds, createStore, type Store } from '../api/store.ts';
import { MongoshInvalidInputError, MongoshUnimplementedError } from '../errors.ts';
import { bsonSize, toStored } from '../values/convert.ts';
import type { ObjectId } from '../values/types.ts';
import { ExplainableCursor, ShellCollection } from './collection.ts';
import { bsonConstructors } from './constructors.ts';
import { ShellDatabase, ShellMongo, ShellSession } from './database.ts';
import { HelpText, SHELL_HELP } from './help.ts';
import { DEFAULT_INSPECT, FULL_INSPECT, inspect } from './inspect.ts';
import { isExplained, Listing } from './results.ts';
import { type Evaluator, SessionScope } from './scope.ts';
import type { Input } from './statements.ts';

/** The database that a session begins in. */
const DEFAULT_DATABASE = 'test';

/** Documents that mongosh shows at a time (`config.displayBatchSize`). */
const BATCH = 20;

/** A run ends with its last statement: nothing would be there any more to be told of what came later. */
const TIMERS = Object.fromEntries(
  ['setTimeout', 'setInterval', 'setImmediate'].map((name) => [
    name,
    () => {
      throw new MongoshUnimplementedError(
        `${name} is not in this shell: a run ends with its last statement.`,
      );
    },
  ]),
);

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
  private mongo: ShellMongo;
  private more: Cursor<unknown> | null = null;

  constructor(options: ShellOptions) {
    const now = options.now ?? (() => new Date());
    this.newId = options.newId ?? countingIds(now);
    this.print = options.print;
    this.store = createStore({ now, newId: this.newId });
    this.mongo = new ShellMongo(this.store);
    this.scope = new SessionScope(options.evaluator, this.builtins(), options.mostMemory);
  }

  /** To be called when a script begins. */
  beginRun(): void {
    this.scope.beginRun();
  }

  /** Gives the shell's own names their values again, whatever a program has made of them and of what they hold. */
  restoreBuiltins(): void {
    const database = this.currentDatabase();
    this.mongo = new ShellMongo(this.store);
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
      this.print(values.map((value) => this.text(value)).join(' '));
    };
    const printjson = (value: unknown) => {
      this.print(inspect(value, FULL_INSPECT));
    };
    return {
      db: this.mongo.getDB(database),
      print,
      printjson,
      console: { log: print, info: print, warn: print, error: print, debug: print },
      bsonsize: (value: unknown) => bsonSize(toStored(value)),
      tojson: (value: unknown) => inspect(value, FULL_INSPECT),
      sleep: () => undefined,
      version: () => '2.5.0',
      isInteractive: () => true,
      ...TIMERS,
      ...bsonConstructors(this.newId),
    };
  }

  private get db(): ShellDatabase {
    return this.scope.get('db') as ShellDatabase;
  }

  /** Runs one input. @returns its value, to be printed. @throws whatever the input throws. */
  run(input: Input): unknown {
    if (input.kind === 'command') return this.command(input.text);
    return this.scope.run(input.code, input.names);
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
        return SHELL_HELP;
      default:
        return undefined; // exit, quit, cls: there is no terminal to leave or to clear
    }
  }

  private use(name: string): string {
    const same = this.db.getName() === databaseName(name);
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
    if (typeof value === 'string') return value;
    if (value instanceof Cursor)
      return value.hasNext() ? this.text(this.batch(value as Cursor<unknown>)) : '';
    if (value instanceof Batch) {
      const documents = inspect(value.documents, { ...DEFAULT_INSPECT, maxArrayLength: Infinity });
      return value.more ? `${documents}\nType "it" for more` : documents;
    }
    if (value instanceof ExplainableCursor) return inspect(value.finish(), FULL_INSPECT);
    if (value instanceof Listing || value instanceof HelpText) return value.text;
    if (value instanceof Printable) return value.printed();
    if (value instanceof ShellDatabase) return value.getName();
    if (value instanceof ShellCollection) return value.getFullName();
    if (value instanceof ShellMongo) return 'mongodb://<in this page>';
    if (value instanceof ShellSession) return '{ <session> }';
    return inspect(value, isExplained(value) ? FULL_INSPECT : DEFAULT_INSPECT);
  }

  private batch(cursor: Cursor<unknown>): Batch {
    const documents: unknown[] = [];
    while (documents.length < BATCH && cursor.hasNext()) documents.push(cursor.next());
    this.more = cursor;
    return new Batch(documents, cursor.hasNext());
  }
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
