/** A database: its collections, and commands. */
import { fail, notImplemented } from '../errors.ts';
import { brought } from '../parts/brought.ts';
import { type CollectionOptions, defaultOptions } from '../storage/collection-data.ts';
import { collationOf } from '../values/collation.ts';
import { docToResult, toResult, toStored } from '../values/convert.ts';
import type { Target } from '../operations/environment.ts';
import { describe } from '../values/describe.ts';
import { docOf, type Input, isDoc, type Value } from '../values/types.ts';
import type { ChangeStream } from '../changes/stream.ts';
import type { AggregateOptions } from '../operations/aggregate.ts';
import type { AggregationCursor } from './cursor.ts';
import { capOf } from './capped.ts';
import { Collection, type Connection } from './collection.ts';

const CREATE_OPTIONS = new Set([
  ...['validator', 'validationLevel', 'validationAction', 'collation', 'comment', 'writeConcern'],
  ...['capped', 'size', 'max', 'viewOn', 'pipeline'],
]);
const MISSING_OPTIONS = new Set([
  ...['timeseries', 'clusteredIndex', 'expireAfterSeconds', 'changeStreamPreAndPostImages'],
  ...['encryptedFields', 'storageEngine', 'indexOptionDefaults'],
]);

/** A collection as `listCollections` shows it. */
export interface CollectionInfo {
  name: string;
  type: 'collection' | 'view';
  options: Input;
  info: Input;
  idIndex?: Input;
}

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
   * @param options `validator`, `validationLevel`, `validationAction`, `collation`; `capped`, `size`, `max`; of a view
   *   `viewOn`, `pipeline`.
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
    const { catalog } = this.connection;
    if (options.viewOn !== undefined) {
      for (const option of ['capped', 'size', 'max', 'validator'])
        if (options[option] !== undefined)
          fail(72, `the '${option}' option is not allowed for views`);
      const view = brought('viewOf', 'viewOn')(this.target(name), options, settings.collation);
      catalog.createView(this.databaseName, name, view);
      return this.collection(name);
    }
    if (options.pipeline !== undefined)
      fail(72, "'pipeline' requires 'viewOn' to also be specified");
    settings.cap = capOf(options);
    catalog.create(this.databaseName, name, this.validation(settings, options));
    return this.collection(name);
  }

  private target(name: string): Target {
    const { catalog, clock } = this.connection;
    return { access: catalog, clock, database: this.databaseName, name };
  }

  /** Changes a collection's validator, a view's pipeline, or when documents expire. @throws MongoServerError NamespaceNotFound. */
  collMod(name: string, changes: Input): Input {
    const { catalog } = this.connection;
    const view = catalog.view(this.databaseName, name);
    if (view) {
      const given = { viewOn: view.viewOn, pipeline: view.pipeline, ...changes };
      const changed = brought('viewOf', 'viewOn')(this.target(name), given, view.collation);
      catalog.setView(this.databaseName, name, changed);
      return {};
    }
    if (!catalog.read(this.databaseName, name))
      fail(26, `ns does not exist: ${this.databaseName}.${name}`);
    for (const option of Object.keys(changes)) {
      if (
        !['validator', 'validationLevel', 'validationAction', 'comment', 'index'].includes(option)
      ) {
        notImplemented(`collMod's option '${option}'`);
      }
    }
    const { index, ...rest } = changes;
    const changed = index
      ? brought('changeExpiry', 'expireAfterSeconds')(this.target(name), index as Input)
      : {};
    const data = catalog.writable(this.databaseName, name);
    data.options = this.validation(data.options, rest);
    return changed;
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

  /** Collections and views with their options, by name. */
  listCollections(): CollectionInfo[] {
    const { catalog } = this.connection;
    const views = catalog.viewsOf(this.databaseName);
    const collections = catalog.collectionNames(this.databaseName).map((name): CollectionInfo => ({
      name,
      type: 'collection',
      options: docToResult(catalog.read(this.databaseName, name)!.options.given),
      info: { readOnly: false },
      idIndex: ID_INDEX(),
    }));
    if (views.size === 0) return collections;
    for (const [name, { viewOn, pipeline, collation }] of views)
      collections.push({
        name,
        type: 'view',
        options: {
          viewOn,
          pipeline: toResult(pipeline),
          ...(collation.spec ? { collation: { ...collation.spec } } : {}),
        },
        info: { readOnly: true },
      });
    // The server keeps views in a collection of their own, which it lists.
    collections.push({
      name: 'system.views',
      type: 'collection',
      options: {},
      info: { readOnly: false },
      idIndex: ID_INDEX(),
    });
    return collections.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  dropDatabase(): boolean {
    return this.connection.catalog.dropDatabase(this.databaseName);
  }

  /** Bytes of BSON in all collections. */
  stats(): Input {
    const listed = this.listCollections();
    const stats = listed
      .filter(({ name, type }) => type === 'collection' && name !== 'system.views')
      .map(({ name }) => this.collection(name).stats());
    const sum = (field: string) => stats.reduce((total, one) => total + (one[field] as number), 0);
    const objects = sum('count');
    return {
      db: this.databaseName,
      collections: stats.length,
      views: listed.filter(({ type }) => type === 'view').length,
      objects,
      avgObjSize: objects ? sum('size') / objects : 0,
      dataSize: sum('size'),
      indexes: sum('nindexes'),
      ok: 1,
    };
  }

  /** A pipeline that begins with `$documents`, and so with no collection. @throws MongoServerError if it does not. */
  aggregate(pipeline: readonly Input[] = [], options: AggregateOptions = {}): AggregationCursor {
    const first = pipeline[0] && Object.keys(pipeline[0])[0];
    if (first === '$currentOp' || first === '$changeStream' || first === '$listLocalSessions')
      notImplemented(first);
    if (first !== '$documents')
      fail(73, `{aggregate: 1} is not valid for '${first ?? ''}'; a collection is required.`);
    return this.collection('$cmd.aggregate').aggregate(pipeline, options);
  }

  /** @returns a stream of what changes in any collection from here on. */
  watch(pipeline?: unknown, options?: Input): ChangeStream {
    const watched = { database: this.databaseName };
    return brought('watch', 'watch')(this.connection, watched, pipeline, options);
  }

  /** Runs a command document, as `db.runCommand` does. @throws MongoServerError CommandNotFound. */
  command(command: Input): Input {
    return brought('runCommand', 'runCommand')(this, this.connection, command);
  }
}

const ID_INDEX = (): Input => ({ v: 2, key: { _id: 1 }, name: '_id_' });

function oneOf<T extends string>(values: readonly T[], given: unknown, option: string): T {
  if ((values as readonly unknown[]).includes(given)) return given as T;
  return fail(
    2,
    `Enumeration value ${describe(toStored(given))} for field 'create.${option}' is not a valid value.`,
  );
}
