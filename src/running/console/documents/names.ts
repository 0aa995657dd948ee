/** The methods of mongosh that a prompt can complete, with what they take. */

/** Name → arguments and what it does. A test checks that the store has each of them. */
export type Methods = Readonly<Record<string, readonly [takes: string, summary: string]>>;

export const DATABASE_METHODS: Methods = {
  getCollectionNames: ['', 'The names of all collections'],
  getCollection: ['name', 'A collection, whatever its name'],
  createCollection: ['name, options', 'A new collection, with a validator or a collation'],
  getSiblingDB: ['name', 'Another database'],
  dropDatabase: ['', 'Removes the database'],
  runCommand: ['command', 'Runs a command document'],
  stats: ['', 'Counts and sizes'],
};

export const COLLECTION_METHODS: Methods = {
  find: ['filter, projection', 'The documents that match'],
  findOne: ['filter, projection', 'The first document that matches'],
  countDocuments: ['filter', 'How many documents match'],
  estimatedDocumentCount: ['', 'How many documents there are'],
  distinct: ['field, filter', 'The different values of a field'],
  aggregate: ['pipeline', 'Runs a pipeline of stages'],
  insertOne: ['document', 'Inserts a document'],
  insertMany: ['documents', 'Inserts an array of documents'],
  updateOne: ['filter, update, options', 'Changes the first document that matches'],
  updateMany: ['filter, update, options', 'Changes every document that matches'],
  replaceOne: [
    'filter, document, options',
    'Puts a document in the place of the first that matches',
  ],
  deleteOne: ['filter', 'Removes the first document that matches'],
  deleteMany: ['filter', 'Removes every document that matches'],
  findOneAndUpdate: ['filter, update, options', 'Changes a document and returns it'],
  findOneAndReplace: ['filter, document, options', 'Replaces a document and returns it'],
  findOneAndDelete: ['filter', 'Removes a document and returns it'],
  bulkWrite: ['operations', 'Several writes at once'],
  createIndex: ['keys, options', 'Makes an index'],
  getIndexes: ['', 'Lists the indexes'],
  dropIndex: ['name', 'Removes an index'],
  dropIndexes: ['', 'Removes all indexes but that of _id'],
  drop: ['', 'Removes the collection'],
  renameCollection: ['name', 'Renames the collection'],
  explain: ['verbosity', 'Explains the query that follows'],
  stats: ['', 'Counts and sizes'],
};

export const CURSOR_METHODS: Methods = {
  sort: ['keys', 'Orders the results'],
  limit: ['count', 'At most so many'],
  skip: ['count', 'Leaves out the first'],
  toArray: ['', 'All results as an array'],
  forEach: ['function', 'Calls the function with each'],
  map: ['function', 'What the function makes of each'],
  hasNext: ['', 'Whether there are more'],
  next: ['', 'The next one'],
  count: ['', 'How many match'],
  itcount: ['', 'How many there are, by reading them'],
  pretty: ['', 'Prints them indented, as they are anyway'],
  hint: ['index', 'Takes this index'],
  collation: ['collation', 'Compares strings by a language’s rules'],
  explain: ['verbosity', 'Explains the query'],
};

/** What a line may begin with. */
export const COMMANDS = ['show collections', 'show dbs', 'use ', 'it', 'help', 'db.'];

/** Values that are written with a constructor. */
export const CONSTRUCTORS = ['ObjectId(', 'ISODate(', 'NumberDecimal(', 'NumberLong('];
