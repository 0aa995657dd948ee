/** `db`: a database with mongosh's methods. Any other property is a collection. */
import type { AggregationCursor } from '../api/cursor.ts';
import type { Database } from '../api/database.ts';
import type { Session } from '../api/session.ts';
import type { Store } from '../api/store.ts';
import { MongoshInvalidInputError } from '../errors.ts';
import { MONGODB_VERSION } from '../api/version.ts';
import type { Input } from '../values/types.ts';
import type { ChangeStream } from '../changes/stream.ts';
import { absentMethod } from './absent-methods.ts';
import { ShellCollection, watchArguments } from './collection.ts';
import type { HelpText } from './help.ts';
import { brought } from '../parts/brought.ts';

export class ShellDatabase {
  readonly #mongo: ShellMongo;
  readonly #database: Database;
  readonly #collections = new Map<string, ShellCollection>();

  constructor(mongo: ShellMongo, database: Database) {
    this.#mongo = mongo;
    this.#database = database;
  }

  getName(): string {
    return this.#database.databaseName;
  }

  getMongo(): ShellMongo {
    return this.#mongo;
  }

  getSiblingDB(name: string): ShellDatabase {
    return this.#mongo.getDB(name);
  }

  /** @throws MongoshInvalidInputError if the name is none. */
  getCollection(name: string): ShellCollection {
    if (typeof name !== 'string' || name.trim() === '') {
      throw new MongoshInvalidInputError(`Invalid collection name: ${String(name)}`);
    }
    let collection = this.#collections.get(name);
    if (!collection) {
      collection = withCollections(
        new ShellCollection(this, this.#database.collection(name)),
        (child) => this.getCollection(`${name}.${child}`),
        'collection',
      );
      this.#collections.set(name, collection);
    }
    return collection;
  }

  getCollectionNames(): string[] {
    return this.#database.listCollections().map(({ name }) => name);
  }

  getCollectionInfos(filter: Input = {}): Input[] {
    return this.#database
      .listCollections()
      .filter((info) =>
        Object.keys(filter).every((field) => info[field as 'name'] === filter[field]),
      )
      .map((info): Input => ({ ...info }));
  }

  createCollection(name?: string, options?: Input): Input {
    if (name === undefined) {
      throw new MongoshInvalidInputError(
        'Missing required argument at position 0 (Database.createCollection)',
      );
    }
    this.#database.createCollection(name, options);
    return { ok: 1 };
  }

  createView(name?: string, source?: string, pipeline: unknown = [], options: Input = {}): Input {
    for (const [position, value] of [name, source].entries())
      if (value === undefined)
        throw new MongoshInvalidInputError(
          `Missing required argument at position ${String(position)} (Database.createView)`,
        );
    const stages = Array.isArray(pipeline) ? (pipeline as unknown[]) : [pipeline];
    this.#database.createCollection(name!, { ...options, viewOn: source, pipeline: stages });
    return { ok: 1 };
  }

  dropDatabase(): Input {
    return this.#database.dropDatabase() ? { ok: 1, dropped: this.getName() } : { ok: 1 };
  }

  runCommand(command: Input | string): Input {
    return this.#database.command(typeof command === 'string' ? { [command]: 1 } : command);
  }

  adminCommand(command: Input | string): Input {
    return this.runCommand(command);
  }

  aggregate(...stages: unknown[]): AggregationCursor {
    const [first, options] = stages;
    return Array.isArray(first)
      ? this.#database.aggregate(first as Input[], options as Input | undefined)
      : this.#database.aggregate(stages as Input[]);
  }

  watch(pipeline?: unknown, options?: Input): ChangeStream {
    const { stages, rest } = watchArguments(pipeline, options);
    return this.#database.watch(stages, rest);
  }

  stats(): Input {
    return this.#database.stats();
  }

  serverStatus(): Input {
    return this.runCommand('serverStatus');
  }

  version(): string {
    return MONGODB_VERSION;
  }

  hello(): Input {
    return this.runCommand('hello');
  }

  isMaster(): Input {
    return this.hello();
  }

  help(): HelpText {
    return brought('helpOn', 'help')('database');
  }
}

/** The connection: other databases, and sessions. */
export class ShellMongo {
  readonly #store: Store;
  readonly #session: Session | null;
  readonly #databases = new Map<string, ShellDatabase>();

  constructor(store: Store, session: Session | null = null) {
    this.#store = store;
    this.#session = session;
  }

  getDB(name: string): ShellDatabase {
    let database = this.#databases.get(name);
    if (!database) {
      const plain = this.#session ? this.#store.dbIn(this.#session, name) : this.#store.db(name);
      const shell = new ShellDatabase(this, plain);
      database = withCollections(
        shell,
        (collection) => shell.getCollection(collection),
        'database',
      );
      this.#databases.set(name, database);
    }
    return database;
  }

  watch(pipeline?: unknown, options?: Input): ChangeStream {
    const { stages, rest } = watchArguments(pipeline, options);
    return this.#store.watch(stages, rest);
  }

  getDBNames(): string[] {
    return this.#store.listDatabases().map(({ name }) => name);
  }

  getDBs(): Input {
    return { databases: this.#store.listDatabases(), ok: 1 };
  }

  startSession(): ShellSession {
    return new ShellSession(this.#store);
  }
}

/** `session.getDatabase('bank').accounts`: collections whose operations belong to the session. */
export class ShellSession {
  readonly #session: Session;
  readonly #mongo: ShellMongo;

  constructor(store: Store) {
    this.#session = store.startSession();
    this.#mongo = new ShellMongo(store, this.#session);
  }

  getDatabase(name: string): ShellDatabase {
    return this.#mongo.getDB(name);
  }

  startTransaction(): void {
    this.#session.startTransaction();
  }

  commitTransaction(): void {
    this.#session.commitTransaction();
  }

  abortTransaction(): void {
    this.#session.abortTransaction();
  }

  withTransaction<T>(callback: (session: this) => T): T {
    return this.#session.withTransaction(() => callback(this));
  }

  endSession(): void {
    this.#session.endSession();
  }
}

/** Properties that are asked of any object and are no collections. */
const NO_COLLECTIONS = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'prototype',
  '__proto__',
  '_bsontype',
  'length',
]);

/** An object whose unknown properties are collections. */
function withCollections<T extends object>(
  target: T,
  collection: (name: string) => ShellCollection,
  kind: 'collection' | 'database',
): T {
  return new Proxy(target, {
    get: (object, key) => {
      if (key in object || typeof key === 'symbol' || NO_COLLECTIONS.has(key)) {
        const value: unknown = Reflect.get(object, key, object);
        // Methods run on the object itself: through the proxy every missing field would be a collection.
        return typeof value === 'function' ? (value as () => unknown).bind(object) : value;
      }
      return absentMethod(kind, key) ?? collection(key);
    },
  });
}
