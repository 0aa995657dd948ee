/** Commands about databases, collections and indexes. */
import { fail } from '../../errors.ts';
import { createIndex, dropIndex, listIndexes } from '../../operations/indexes.ts';
import { parseFilter } from '../../query/parse.ts';
import { SIMPLE } from '../../values/collation.ts';
import { toDoc } from '../../values/convert.ts';
import { type Doc, type Input, isDoc, typeOf } from '../../values/types.ts';
import type { Answer, Call, Command } from '../call.ts';
import { listed } from './reads.ts';

/** The options of a command that are the collection's own. */
function optionsOf({ command }: Call): Input {
  const [, ...fields] = Object.keys(command).filter((field) => !GENERAL.has(field));
  return Object.fromEntries(fields.map((field) => [field, command[field]]));
}

const GENERAL = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'comment',
  'lsid',
  'maxTimeMS',
  'readConcern',
  'txnNumber',
  'writeConcern',
]);

/** Those documents of a list that a filter lets through. */
function filtered(call: Call, docs: readonly Input[]): Doc[] {
  const stored = docs.map((doc) => toDoc(doc));
  const filter = call.args.doc('filter');
  if (!filter) return stored;
  const context = { collation: SIMPLE, now: call.service.clock.now(), variables: {} };
  const { match } = parseFilter(filter, context);
  return stored.filter((doc) => match(doc));
}

function listDatabases(call: Call): Answer {
  const { catalog } = call.service;
  const all = catalog.databaseNames().map((name) => {
    const sizeOnDisk = catalog
      .collectionNames(name)
      .reduce((sum, collection) => sum + (catalog.read(name, collection)?.dataSize() ?? 0), 0);
    return { name, sizeOnDisk, empty: sizeOnDisk === 0 };
  });
  const databases = filtered(call, all);
  if (call.args.flag('nameOnly')) return { databases: databases.map(({ name }) => ({ name })) };
  const totalSize = databases.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk), 0);
  return { databases, totalSize, totalSizeMb: Math.floor(totalSize / 1024 / 1024) };
}

function listCollections(call: Call): Answer {
  const all = filtered(call, call.db.listCollections());
  const nameOnly = call.args.flag('nameOnly');
  const docs = nameOnly ? all.map(({ name, type }) => toDoc({ name, type })) : all;
  return listed(call, `${call.database}.$cmd.listCollections`, docs);
}

function createIndexes(call: Call): Answer {
  const { target } = call;
  const indexes = call.args.neededDocs('indexes');
  if (indexes.length === 0) fail(2, 'Must specify at least one index to create');
  const before = target.access.read(target.database, target.name);
  const numIndexesBefore = before?.indexes.length ?? 1;
  let made = 0;
  for (const { key, ...options } of indexes) {
    if (!isDoc(key)) {
      fail(
        14,
        `The field 'key' must be an object, but got ${key === undefined ? 'missing' : typeOf(key)}`,
      );
    }
    if (createIndex(target, key as Doc, options).created) made += 1;
  }
  return {
    numIndexesBefore,
    numIndexesAfter: numIndexesBefore + made,
    createdCollectionAutomatically: before === null,
    ...(made === 0 ? { note: 'all indexes already exist' } : {}),
  };
}

function dropIndexes(call: Call): Answer {
  const index = call.args.any('index');
  const which = Array.isArray(index) ? index : [index];
  if (which.length === 0) fail(2, "BSON field 'dropIndexes.index' names no index");
  const counts = which.map((one) => {
    if (typeof one !== 'string' && !isDoc(one)) {
      return fail(
        14,
        `BSON field 'dropIndexes.index' is the wrong type '${typeOf(one)}', expected types '[string, array, object]'`,
      );
    }
    return dropIndex(call.target, one);
  });
  return { nIndexesWas: counts[0] };
}

function drop(call: Call): Answer {
  const { target, db } = call;
  const data = target.access.read(target.database, target.name);
  if (target.access.view(target.database, target.name)) {
    db.collection(target.name).drop();
    return { ns: `${target.database}.${target.name}` };
  }
  if (!data) return {};
  const nIndexesWas = data.indexes.length;
  db.collection(target.name).drop();
  return { nIndexesWas, ns: data.namespace };
}

function rename(call: Call): Answer {
  const [from, to] = [call.collection, call.args.string('to')].map((namespace) => {
    const dot = namespace.indexOf('.');
    if (dot <= 0 || dot === namespace.length - 1)
      return fail(73, `Invalid namespace specified '${namespace}'`);
    return { database: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
  }) as [{ database: string; name: string }, { database: string; name: string }];
  if (from.database !== to.database) {
    fail(
      238,
      'Renaming a collection into another database is not implemented in this document store',
    );
  }
  const { catalog } = call.service;
  catalog.rename(from.database, from.name, to.name, call.args.flag('dropTarget'));
  return {};
}

const CREATE_OPTIONS = [
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
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
  'autoIndexId',
  'idIndex',
];

export const COLLECTIONS: Readonly<Record<string, Command>> = {
  listDatabases: {
    run: listDatabases,
    admin: true,
    takes: ['filter', 'nameOnly', 'authorizedDatabases'],
  },
  listCollections: {
    run: listCollections,
    takes: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  },
  listIndexes: {
    run: (call) =>
      listed(
        call,
        `${call.database}.${call.collection}`,
        listIndexes(call.target).map((index) => toDoc(index)),
      ),
    takes: ['cursor'],
  },
  create: {
    run: (call) => {
      call.db.createCollection(call.collection, optionsOf(call));
      return {};
    },
    writes: true,
    takes: CREATE_OPTIONS,
  },
  collMod: {
    run: (call) => {
      call.db.collMod(call.collection, optionsOf(call));
      return {};
    },
    writes: true,
    takes: [...CREATE_OPTIONS, 'index'],
  },
  drop: { run: drop, writes: true },
  dropDatabase: {
    run: ({ database, db }) => (db.dropDatabase() ? { dropped: database } : {}),
    writes: true,
  },
  createIndexes: {
    run: createIndexes,
    writes: true,
    grows: true,
    takes: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  },
  dropIndexes: { run: dropIndexes, writes: true, takes: ['index'] },
  renameCollection: { run: rename, writes: true, admin: true, takes: ['to', 'dropTarget'] },
  collStats: {
    run: (call) => call.db.collection(call.collection).stats(),
    takes: ['scale'],
  },
  dbStats: { run: (call) => call.db.stats(), takes: ['scale', 'freeStorage'] },
};
