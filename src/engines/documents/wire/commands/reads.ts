/** Commands that read: `find`, `aggregate`, `count`, `distinct`, `explain`, and their cursors. */
import { stageOf } from '../../aggregate/pipeline.ts';
import { fail } from '../../errors.ts';
import { aggregate, prepareAggregate } from '../../operations/aggregate.ts';
import { namespaceOf } from '../../operations/environment.ts';
import { explainPipeline, explainQuery, type Verbosity } from '../../operations/explain.ts';
import { distinct, type FindOptions, prepare, run } from '../../operations/find.ts';
import { MAX_DOCUMENT_BYTES } from '../../storage/collection-data.ts';
import { bsonSize } from '../../values/convert.ts';
import { type Doc, Long, typeOf, type Value } from '../../values/types.ts';
import { Arguments } from '../arguments.ts';
import { type Answer, Call, type Command } from '../call.ts';
import { someOf } from './options.ts';

/** The options of a `find`. */
function findOptions({ args }: Call): FindOptions {
  return someOf({
    projection: args.doc('projection'),
    sort: args.doc('sort'),
    skip: args.count('skip'),
    limit: args.count('limit'),
    collation: args.doc('collation'),
    hint: args.hint(),
    let: args.doc('let'),
  });
}

function find(call: Call): Answer {
  const { args, target } = call;
  const query = prepare(target, args.doc('filter'), findOptions(call));
  const namespace = namespaceOf(target);
  const { projection } = query;
  return call.service.cursors.first(
    call,
    {
      namespace,
      docs: run(query, namespace).docs,
      ...(projection ? { shape: (doc) => projection.apply(doc) } : {}),
      lasting: args.flag('noCursorTimeout'),
    },
    args.count('batchSize'),
    args.flag('singleBatch'),
  );
}

function getMore(call: Call): Answer {
  const id = call.args.any('getMore');
  if (!(id instanceof Long)) {
    return fail(
      14,
      `BSON field 'getMore.getMore' is the wrong type '${typeOf(id)}', expected type 'long'`,
    );
  }
  return call.service.cursors.more(
    call,
    id.toString(),
    `${call.database}.${call.args.string('collection')}`,
    call.args.count('batchSize'),
  );
}

function killCursors(call: Call): Answer {
  const ids = call.args.any('cursors');
  if (!Array.isArray(ids))
    return fail(40414, "BSON field 'killCursors.cursors' is missing but a required field");
  const namespace = `${call.database}.${call.collection}`;
  const killed = ids.filter((id) => call.service.cursors.kill(String(id), namespace));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
}

function pipelineOf(call: Call): {
  target: Call['target'];
  pipeline: Value[];
  options: FindOptions;
} {
  const { args } = call;
  const pipeline = args.any('pipeline');
  if (!Array.isArray(pipeline)) return fail(14, "'pipeline' option must be specified as an array");
  // For stages that need no collection; there are none here.
  if (Object.values(call.command)[0] === 1) {
    const first = pipeline[0] === undefined ? '' : stageOf(pipeline[0]).name;
    fail(73, `{aggregate: 1} is not valid for '${first}'; a collection is required.`);
  }
  const { target } = call;
  if (call.session && call.access !== call.service.catalog) {
    const writing = pipeline.map((stage) => stageOf(stage).name).find((name) => WRITING.has(name));
    if (writing !== undefined) {
      fail(
        263,
        `Operation not permitted in transaction :: caused by :: Aggregation stage ${writing} cannot run within a multi-document transaction.`,
      );
    }
  }
  return {
    target,
    pipeline,
    options: someOf({ collation: args.doc('collation'), hint: args.hint(), let: args.doc('let') }),
  };
}

const WRITING = new Set(['$out', '$merge']);

function aggregateCommand(call: Call): Answer {
  const { args } = call;
  const { target, pipeline, options } = pipelineOf(call);
  const namespace = namespaceOf(target);
  if (args.flag('explain')) {
    const prepared = prepareAggregate(target, pipeline, options);
    return explainPipeline(prepared, namespace, 'queryPlanner', call.command);
  }
  const cursor = args.doc('cursor');
  if (!cursor) {
    return fail(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const batchSize = new Arguments('aggregate.cursor', cursor).count('batchSize');
  const docs = aggregate(target, pipeline, options);
  return call.service.cursors.first(call, { namespace, docs }, batchSize);
}

function count(call: Call): Answer {
  const { args, target } = call;
  const limit = args.any('limit');
  const options = someOf({
    skip: args.count('skip'),
    // A negative one is its amount.
    limit: limit === undefined ? undefined : Number(limit),
    collation: args.doc('collation'),
    hint: args.hint(),
  });
  const query = prepare(target, args.doc('query'), options);
  return { n: run(query, namespaceOf(target), 'count').docs.length };
}

function distinctCommand({ args, target }: Call): Answer {
  const options = someOf({ collation: args.doc('collation'), hint: args.hint() });
  const values = distinct(target, args.string('key'), args.doc('query'), options);
  if (bsonSize(values) > MAX_DOCUMENT_BYTES) fail(17217, 'distinct too big, 16mb cap');
  return { values };
}

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'] as const;

function explain(call: Call): Answer {
  const inner = call.args.neededDoc('explain');
  const verbosity = (call.args.any('verbosity') ?? 'allPlansExecution') as Verbosity;
  if (!VERBOSITIES.includes(verbosity)) {
    fail(
      2,
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    );
  }
  const [name = ''] = Object.keys(inner);
  const shown = { ...inner, $db: call.database };
  const own = new Call(call.service, { ...call, name, command: inner });
  switch (name) {
    case 'find': {
      const query = prepare(own.target, own.args.doc('filter'), findOptions(own));
      return explainQuery(query, namespaceOf(own.target), verbosity, shown);
    }
    case 'count':
    case 'distinct': {
      const options = someOf({ collation: own.args.doc('collation'), hint: own.args.hint() });
      const query = prepare(own.target, own.args.doc('query'), options);
      return explainQuery(query, namespaceOf(own.target), verbosity, shown);
    }
    case 'aggregate': {
      const { target, pipeline, options } = pipelineOf(own);
      const prepared = prepareAggregate(target, pipeline, options);
      return explainPipeline(prepared, namespaceOf(target), verbosity, shown);
    }
    case 'update':
    case 'delete':
    case 'findAndModify':
      return fail(238, `explain of '${name}' is not implemented in this document store`);
    default:
      return fail(59, `Explain failed due to unknown command: ${name}`);
  }
}

export const READS: Readonly<Record<string, Command>> = {
  find: {
    run: find,
    inTransaction: true,
    takes: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'noCursorTimeout',
      'allowPartialResults',
      'allowDiskUse',
      'collation',
      'let',
    ],
    refuses: [
      'max',
      'min',
      'returnKey',
      'showRecordId',
      'tailable',
      'awaitData',
      'oplogReplay',
      'encryptionInformation',
    ],
  },
  getMore: { run: getMore, inTransaction: true, takes: ['collection', 'batchSize'] },
  killCursors: { run: killCursors, inTransaction: true, takes: ['cursors'] },
  aggregate: {
    run: aggregateCommand,
    inTransaction: true,
    takes: [
      'pipeline',
      'cursor',
      'explain',
      'allowDiskUse',
      'bypassDocumentValidation',
      'collation',
      'hint',
      'let',
    ],
    refuses: ['encryptionInformation'],
  },
  count: { run: count, takes: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'] },
  distinct: {
    run: distinctCommand,
    inTransaction: true,
    takes: ['key', 'query', 'collation', 'hint'],
  },
  explain: { run: explain, takes: ['verbosity'] },
};

/** The documents of a list, a batch at a time: for commands that list collections and indexes. */
export function listed(call: Call, namespace: string, docs: readonly Doc[]): Answer {
  const cursor = call.args.doc('cursor');
  const batchSize = cursor && new Arguments(`${call.name}.cursor`, cursor).count('batchSize');
  return call.service.cursors.first(call, { namespace, docs }, batchSize);
}
