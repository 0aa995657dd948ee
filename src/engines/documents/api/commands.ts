/** Command documents, for `runCommand`. */
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import { findAndModify } from '../operations/write.ts';
import { docToResult } from '../values/convert.ts';
import type { Input } from '../values/types.ts';
import type { Connection } from './collection.ts';
import type { Database } from './database.ts';
import { omit } from './options.ts';
import { MONGODB_VERSION } from './version.ts';

type Run = (db: Database, name: string, command: Input, connection: Connection) => Input;

const cursor = (db: Database, name: string, firstBatch: unknown[]): Input => ({
  cursor: { firstBatch, id: 0, ns: `${db.databaseName}.${name}` },
  ok: 1,
});

/** @returns a field that a command cannot do without. @throws MongoServerError in MongoDB's words if it is not there. */
function needed<T>(value: unknown, field: string, type: 'array' | 'string'): T {
  if (value === undefined || value === null)
    return fail(40414, `BSON field '${field}' is missing but a required field`);
  const is = Array.isArray(value) ? 'array' : typeof value;
  if (is !== type)
    return fail(14, `BSON field '${field}' is the wrong type '${is}', expected type '${type}'`);
  return value as T;
}

/** What one write of a command did. */
interface Written {
  n: number;
  nModified?: number;
  /** The `_id` of a document that an update inserted. */
  upserted?: unknown;
}

/** Errors of single writes are part of the answer, not an error of the command. The first one ends it, unless it is unordered. */
function writes(items: Input[], ordered: unknown, write: (item: Input) => Written): Input {
  let all = 0;
  let modified: number | undefined;
  const upserts: Input[] = [];
  const writeErrors: Input[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const { n, nModified, upserted } = write(item);
      all += n;
      if (nModified !== undefined) modified = (modified ?? 0) + nModified;
      if (upserted !== undefined) upserts.push({ index, _id: upserted });
    } catch (error) {
      const { code, message, keyPattern, keyValue, errInfo } = error as Input;
      if (typeof code !== 'number') throw error;
      writeErrors.push({
        index,
        code,
        ...(keyPattern ? { keyPattern, keyValue } : {}),
        errmsg: message as string,
        ...(errInfo ? { errInfo } : {}),
      });
      if (ordered !== false) break;
    }
  }
  return {
    n: all,
    ...(writeErrors.length ? { writeErrors } : {}),
    ...(upserts.length ? { upserted: upserts } : {}),
    ...(modified === undefined ? {} : { nModified: modified }),
    ok: 1,
  };
}

export const COMMANDS: Readonly<Record<string, Run>> = {
  ping: () => ({ ok: 1 }),
  hello: () => ({ isWritablePrimary: true, maxBsonObjectSize: 16777216, ok: 1 }),
  buildInfo: () => ({ version: MONGODB_VERSION, ok: 1 }),
  find: (db, name, { filter, projection, sort, skip, limit, collation, hint }) =>
    cursor(
      db,
      name,
      db
        .collection(name)
        .find(filter as Input, { projection, sort, skip, limit, collation, hint } as Input)
        .toArray(),
    ),
  aggregate: (db, name, { pipeline, collation }) =>
    cursor(
      db,
      name,
      db
        .collection(name)
        .aggregate(pipeline as Input[], { collation } as Input)
        .toArray(),
    ),
  count: (db, name, { query, collation }) => ({
    n: db.collection(name).countDocuments(query as Input, { collation } as Input),
    ok: 1,
  }),
  distinct: (db, name, { key, query }) => ({
    values: db.collection(name).distinct(needed(key, 'distinct.key', 'string'), query as Input),
    ok: 1,
  }),
  insert: (db, name, { documents, ordered }) =>
    writes(needed(documents, 'insert.documents', 'array'), ordered, (doc) => {
      db.collection(name).insertOne(doc);
      return { n: 1 };
    }),
  update: (db, name, { updates, ordered }) =>
    writes(
      needed(updates, 'update.updates', 'array'),
      ordered,
      ({ q, u, multi, upsert, arrayFilters, collation }) => {
        const options = { upsert, arrayFilters, collation } as Input;
        const replaces = !Array.isArray(u) && !Object.keys(u as Input)[0]?.startsWith('$');
        const collection = db.collection(name);
        const result = replaces
          ? collection.replaceOne(q as Input, u as Input, options)
          : multi
            ? collection.updateMany(q as Input, u, options)
            : collection.updateOne(q as Input, u, options);
        return {
          n: result.matchedCount + result.upsertedCount,
          nModified: result.modifiedCount,
          ...(result.upsertedCount ? { upserted: result.upsertedId } : {}),
        };
      },
    ),
  delete: (db, name, { deletes, ordered }) =>
    writes(needed(deletes, 'delete.deletes', 'array'), ordered, ({ q, limit }) => ({
      n: (limit === 1
        ? db.collection(name).deleteOne(q as Input)
        : db.collection(name).deleteMany(q as Input)
      ).deletedCount,
    })),
  findAndModify: (db, name, command, { catalog, clock }) => {
    const target = { access: catalog, clock, database: db.databaseName, name };
    const options = {
      ...command,
      projection: command.fields as Input,
      returnNew: command.new === true,
    };
    const { value, updatedExisting, upsertedId } = findAndModify(
      target,
      command.query as Input,
      command.remove ? null : command.update,
      options,
    );
    return {
      lastErrorObject: {
        n: value || upsertedId !== undefined ? 1 : 0,
        ...(command.remove ? {} : { updatedExisting }),
      },
      value: value && docToResult(value),
      ok: 1,
    };
  },
  create: (db, name, command) => {
    db.createCollection(name, omit(command, 'create', '$db'));
    return { ok: 1 };
  },
  convertToCapped: (db, name, { size }) => {
    db.collection(name).convertToCapped(size);
    return { ok: 1 };
  },
  collMod: (db, name, command) => {
    const changed = db.collMod(name, omit(command, 'collMod', '$db'));
    return { ...changed, ok: 1 };
  },
  drop: (db, name) => {
    const view = db.listCollections().some((one) => one.name === name && one.type === 'view');
    const nIndexesWas = view ? 0 : (db.collection(name).stats().nindexes as number);
    return db.collection(name).drop()
      ? { nIndexesWas, ns: `${db.databaseName}.${name}`, ok: 1 }
      : { ok: 1 };
  },
  dropDatabase: (db) => {
    const dropped = db.dropDatabase() ? { dropped: db.databaseName } : {};
    return { ...dropped, ok: 1 };
  },
  createIndexes: (db, name, { indexes }) => {
    const list = needed<Input[]>(indexes, 'createIndexes.indexes', 'array');
    const collection = db.collection(name);
    const before = Number(collection.stats().nindexes) || 1;
    for (const { key, ...options } of list) collection.createIndex(key as Input, options);
    return { numIndexesBefore: before, numIndexesAfter: collection.stats().nindexes, ok: 1 };
  },
  dropIndexes: (db, name, { index }) => db.collection(name).dropIndex(index as string),
  listIndexes: (db, name) => cursor(db, name, db.collection(name).indexes()),
  listCollections: (db) => cursor(db, '$cmd.listCollections', db.listCollections()),
  listDatabases: (_db, _name, _command, { catalog }) => ({
    databases: catalog.databaseNames().map((name) => ({ name })),
    ok: 1,
  }),
  collStats: (db, name) => db.collection(name).stats(),
  dbStats: (db) => db.stats(),
  serverStatus: (_db, _name, _command, { catalog }) => ({
    version: MONGODB_VERSION,
    metrics: structuredClone(catalog.metrics),
    ok: 1,
  }),
  explain: (db, _name, { explain, verbosity }) => {
    const { find, filter, aggregate, pipeline, ...options } = explain as Input;
    const source =
      find === undefined
        ? db.collection(String(aggregate)).aggregate(pipeline as Input[])
        : db.collection(String(find)).find(filter as Input, options);
    return source.explain((verbosity ?? 'allPlansExecution') as 'executionStats');
  },
};

/** @throws MongoServerError CommandNotFound. */
export function runCommand(db: Database, connection: Connection, command: Input): Input {
  const name = Object.keys(command)[0] ?? '';
  const aliases: Readonly<Record<string, string>> = {
    isMaster: 'hello',
    findandmodify: 'findAndModify',
    buildinfo: 'buildInfo',
  };
  const known = aliases[name] ?? name;
  if (!Object.hasOwn(COMMANDS, known)) {
    refuseAbsent('command', known);
    return fail(59, `no such command: '${name}'`);
  }
  return COMMANDS[known]!(db, String(command[name]), command, connection);
}
