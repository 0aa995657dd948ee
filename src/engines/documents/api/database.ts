/** A database: its collections, and commands. */
import { fail, notImplemented } from '../errors.ts';
import { brought } from '../parts/brought.ts';
import { type CollectionOptions, defaultOptions } from '../storage/collection-data.ts';
import { collationOf } from '../values/collation.ts';
import { docToResult, toStored } from '../values/convert.ts';
import { describe } from '../values/describe.ts';
import { docOf, type Input, isDoc, type Value } from '../values/types.ts';
import { Collection, type Connection } from './collection.ts';
import { runCommand } from './commands.ts';

const CREATE_OPTIONS = new Set([
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'comment',
  'writeConcern',
]);
const MISSING_OPTIONS = new Set([
  'capped',
  'size',
  'max',
  'timeseries',
  'viewOn',
  'pipeline',
  'clusteredIndex',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'storageEngine',
  'indexOptionDefaults',
]);

export class Database {
  readonly databaseName: string;
  private readonly connection: Connection;

  constructor(connection: Connection, databaseName: string) {
    this.connection = connection;
    this.databaseName = databaseName;
  }

  collection(name: string): Collection {
    return new Collection(this.connection, this.databaseName, name);
  }

  /**
   * @param options `validator`, `validationLevel`, `validationAction`, `collation`.
   * @throws MongoServerError NamespaceExists, and for options there are not.
   */
  createCollection(name: string, options: Input = {}): Collection {
    for (const option of Object.keys(options)) {
      if (MISSING_OPTIONS.has(option)) notImplemented(`The option '${option}' of createCollection`);
      if (!CREATE_OPTIONS.has(option))
        fail(40415, `BSON field 'create.${option}' is an unknown field.`);
    }
    const settings = defaultOptions();
    if (options.collation !== undefined)
      settings.collation = collationOf(options.collation as Input);
    this.connection.catalog.create(this.databaseName, name, this.validation(settings, options));
    return this.collection(name);
  }

  /** Changes a collection's validator. @throws MongoServerError NamespaceNotFound. */
  collMod(name: string, changes: Input): void {
    const { catalog } = this.connection;
    if (!catalog.read(this.databaseName, name))
      fail(26, `ns does not exist: ${this.databaseName}.${name}`);
    for (const option of Object.keys(changes)) {
      if (!['validator', 'validationLevel', 'validationAction', 'comment'].includes(option)) {
        notImplemented(`collMod's option '${option}'`);
      }
    }
    const data = catalog.writable(this.databaseName, name);
    data.options = this.validation(data.options, changes);
  }

  private validation(settings: CollectionOptions, given: Input): CollectionOptions {
    const result = { ...settings };
    if (given.validator !== undefined) {
      const filter = toStored(given.validator);
      if (!isDoc(filter))
        fail(14, "BSON field 'create.validator' is the wrong type, expected type 'object'");
      result.validator = Object.keys(filter).length
        ? brought('compileValidator', 'validator')(filter, this.connection.clock.now())
        : null;
    }
    const levels = ['strict', 'moderate', 'off'] as const;
    const actions = ['error', 'warn', 'errorAndLog'] as const;
    if (given.validationLevel !== undefined) {
      result.validationLevel = oneOf(levels, given.validationLevel, 'validationLevel');
    }
    if (given.validationAction !== undefined) {
      result.validationAction = oneOf(actions, given.validationAction, 'validationAction');
    }
    const kept = Object.keys(given).filter(
      (option) => !['comment', 'writeConcern'].includes(option),
    );
    const shown: [string, Value][] = kept.map((option) => [option, toStored(given[option])]);
    result.given = docOf([...Object.entries(settings.given), ...shown]);
    return result;
  }

  /** Collections with their options, by name. */
  listCollections(): {
    name: string;
    type: 'collection';
    options: Input;
    info: Input;
    idIndex: Input;
  }[] {
    return this.connection.catalog.collectionNames(this.databaseName).map((name) => ({
      name,
      type: 'collection',
      options: docToResult(this.connection.catalog.read(this.databaseName, name)!.options.given),
      info: { readOnly: false },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }));
  }

  dropDatabase(): boolean {
    return this.connection.catalog.dropDatabase(this.databaseName);
  }

  /** Bytes of BSON in all collections. */
  stats(): Input {
    const stats = this.listCollections().map(({ name }) => this.collection(name).stats());
    const sum = (field: string) => stats.reduce((total, one) => total + (one[field] as number), 0);
    const objects = sum('count');
    return {
      db: this.databaseName,
      collections: stats.length,
      views: 0,
      objects,
      avgObjSize: objects ? sum('size') / objects : 0,
      dataSize: sum('size'),
      indexes: sum('nindexes'),
      ok: 1,
    };
  }

  /** Runs a command document, as `db.runCommand` does. @throws MongoServerError CommandNotFound. */
  command(command: Input): Input {
    return runCommand(this, this.connection, command);
  }
}

function oneOf<T extends string>(values: readonly T[], given: unknown, option: string): T {
  if ((values as readonly unknown[]).includes(given)) return given as T;
  return fail(
    2,
    `Enumeration value ${describe(toStored(given))} for field 'create.${option}' is not a valid value.`,
  );
}
