/** The texts of `help` and of the `help()` methods. */
import { HelpText } from './help.ts';

const TEXTS = {
  shell: {
    title: 'Shell Help',
    entries: {
      use: 'Set current database',
      show: "'show databases'/'show dbs': Print a list of all available databases.",
      '': "'show collections'/'show tables': Print a list of all collections for current database.",
      it: 'result of the last line evaluated; use to further iterate',
      print: 'Prints the contents of an object to the output',
      printjson: 'Alias for print()',
      'db.help()': 'Methods of a database',
      'db.collection.help()': 'Methods of a collection',
    },
  },
  database: {
    title: 'Database Class',
    entries: {
      getName: 'Returns the name of the database',
      getCollection: 'Returns a collection, whatever its name',
      getCollectionNames: 'Returns the names of all collections',
      getCollectionInfos: 'Returns all collections with their options',
      getSiblingDB: 'Returns another database',
      getMongo: 'Returns the connection, for sessions',
      createCollection: 'Creates a collection, with a validator or a collation',
      createView: 'Creates a view, a pipeline that is read as a collection',
      dropDatabase: 'Removes the database',
      runCommand: 'Runs a command document',
      serverStatus: 'Returns how many documents were read and written so far',
      stats: 'Returns counts and sizes',
    },
  },
  collection: {
    title: 'Collection Class',
    entries: {
      'find, findOne': 'Select documents',
      'countDocuments, estimatedDocumentCount': 'Count documents',
      distinct: 'Returns the distinct values of a field',
      aggregate: 'Runs a pipeline',
      'insertOne, insertMany': 'Insert documents',
      'updateOne, updateMany, replaceOne': 'Change documents',
      'deleteOne, deleteMany': 'Remove documents',
      'findOneAndUpdate, findOneAndReplace': 'Change a document and return it',
      findOneAndDelete: 'Removes a document and returns it',
      bulkWrite: 'Several writes at once',
      'createIndex, createIndexes': 'Make indexes',
      'getIndexes, dropIndex, dropIndexes': 'List and remove indexes',
      'drop, renameCollection': 'Remove or rename the collection',
      watch: 'Returns a stream of what changes',
      explain: 'Explains the query that follows',
      stats: 'Returns counts and sizes',
    },
  },
} as const;

/** What there is help on. */
export type HelpOn = keyof typeof TEXTS;

export function helpOn(what: HelpOn): HelpText {
  const { title, entries } = TEXTS[what];
  const lines = Object.entries(entries).map(
    ([name, description]) => `    ${name}`.padEnd(47) + description,
  );
  return new HelpText(`\n  ${title}:\n\n${lines.join('\n')}\n`);
}
