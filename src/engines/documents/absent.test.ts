/**
 * What MongoDB 8 and mongosh 2 have is here, or says that it is not. The names: MongoDB's manual (commands, stages,
 * operators), and what `@mongosh/shell-api` 5 declares for each of its classes.
 */
import { describe, expect, it } from 'vitest';
import type { Output } from '../engine.ts';
import { absentNames } from './absent.ts';
import { engine } from './index.ts';

const METHODS: [object: string, made: string, names: string][] = [
  [
    'a collection',
    'db.c',
    'aggregate bulkWrite count countDocuments deleteMany deleteOne distinct estimatedDocumentCount find findAndModify findOne renameCollection findOneAndDelete findOneAndReplace findOneAndUpdate insert insertMany insertOne isCapped remove replaceOne update updateMany updateOne compactStructuredEncryptionData convertToCapped createIndexes createIndex ensureIndex getIndexes getIndexSpecs getIndices getIndexKeys dropIndexes dropIndex totalIndexSize reIndex getDB getMongo dataSize storageSize totalSize drop exists getFullName getName runCommand explain stats latencyStats initializeOrderedBulkOp initializeUnorderedBulkOp getPlanCache mapReduce validate getShardVersion getShardDistribution getShardLocation watch hideIndex unhideIndex analyzeShardKey configureQueryAnalyzer checkMetadataConsistency getSearchIndexes createSearchIndex createSearchIndexes dropSearchIndex updateSearchIndex',
  ],
  [
    'a database',
    'db',
    'getMongo getName getCollectionNames getCollectionInfos runCommand adminCommand aggregate getSiblingDB getCollection dropDatabase createUser updateUser changeUserPassword logout dropUser dropAllUsers auth grantRolesToUser revokeRolesFromUser getUser getUsers createCollection createEncryptedCollection createView createRole updateRole dropRole dropAllRoles grantRolesToRole revokeRolesFromRole grantPrivilegesToRole revokePrivilegesFromRole getRole getRoles currentOp killOp shutdownServer fsyncLock fsyncUnlock version serverBits isMaster hello serverBuildInfo serverStatus stats hostInfo serverCmdLineOpts rotateCertificates printCollectionStats getProfilingStatus setProfilingLevel setLogLevel getLogComponents cloneDatabase cloneCollection copyDatabase commandHelp listCommands getLastErrorObj getLastError printShardingStatus printSecondaryReplicationInfo getReplicationInfo printReplicationInfo printSlaveReplicationInfo setSecondaryOk watch sql checkMetadataConsistency',
  ],
  [
    'a cursor',
    'db.c.find()',
    'addOption allowDiskUse allowPartialResults collation comment count hasNext hint limit max maxAwaitTimeMS min next noCursorTimeout oplogReplay readPref returnKey size tailable maxScan showRecordId readConcern projection skip sort explain batchSize toArray maxTimeMS objsLeftInBatch close forEach tryNext isClosed isExhausted itcount pretty map disableBlockWarnings',
  ],
  [
    'a cursor of a pipeline',
    'db.c.aggregate([])',
    'projection skip sort explain batchSize toArray maxTimeMS objsLeftInBatch close forEach hasNext tryNext isClosed isExhausted itcount pretty map next disableBlockWarnings',
  ],
  [
    'what explains',
    'db.c.explain()',
    'getCollection getVerbosity setVerbosity find aggregate count distinct findAndModify findOneAndDelete findOneAndReplace findOneAndUpdate remove update mapReduce',
  ],
  [
    'a connection',
    'db.getMongo()',
    'connect getDB getCollection getURI use getDBs bulkWrite getDBNames show close getReadPrefMode getReadPrefTagSet getReadPref getReadConcern getWriteConcern setReadPref setReadConcern setWriteConcern startSession setCausalConsistency isCausalConsistency setSlaveOk setSecondaryOk watch getClientEncryption getKeyVault convertShardKeyToHashed',
  ],
  [
    'a session',
    'db.getMongo().startSession()',
    'getDatabase advanceOperationTime advanceClusterTime endSession hasEnded getClusterTime getOperationTime getOptions startTransaction commitTransaction abortTransaction withTransaction bulkWrite',
  ],
  [
    'a replica set',
    'rs',
    'initiate config conf reconfig reconfigForPSASet status isMaster hello printSecondaryReplicationInfo printSlaveReplicationInfo printReplicationInfo add addArb remove freeze stepDown syncFrom secondaryOk',
  ],
  ['a cluster', 'sh', 'enableSharding shardCollection status addShard moveChunk reshardCollection'],
  ['streams', 'sp', 'getProcessor process createStreamProcessor listStreamProcessors'],
  [
    'the shell',
    'globalThis.shell ?? { use, show, exit, quit, Mongo, connect, it, version, load, require, enableTelemetry, disableTelemetry, passwordPrompt, sleep, print, printjson, convertShardKeyToHashed, cls, isInteractive, help, edit, snippet, history, buildInfo, fetch, DBRef, bsonsize, MaxKey, MinKey, ObjectId, Timestamp, Code, NumberDecimal, NumberInt, NumberLong, ISODate, BinData, HexData, UUID, LegacyJavaUUID, LegacyCSharpUUID, LegacyPythonUUID, MD5, Decimal128, BSONSymbol, Int32, Long, Binary, Double, BSONRegExp }',
    'use show exit quit Mongo connect it version load require enableTelemetry disableTelemetry passwordPrompt sleep print printjson convertShardKeyToHashed cls isInteractive help edit snippet history buildInfo fetch DBRef bsonsize MaxKey MinKey ObjectId Timestamp Code NumberDecimal NumberInt NumberLong ISODate BinData HexData UUID LegacyJavaUUID LegacyCSharpUUID LegacyPythonUUID MD5 Decimal128 BSONSymbol Int32 Long Binary Double BSONRegExp',
  ],
];

async function outputs(code: string): Promise<Output[]> {
  const database = await engine.open(undefined as never);
  const all: Output[] = [];
  await database.run({ files: [{ name: 'query.js', code }] }, (output) => all.push(output));
  return all;
}

const errors = async (code: string) =>
  (await outputs(code)).map((output) =>
    output.kind === 'error' ? `${output.severity}: ${output.message}` : 'fine',
  );

describe.each(METHODS)('%s', (_what, made, names) => {
  it.each(names.split(' '))('has %s, or says that it has not', async (name) => {
    const [said = 'fine'] = await errors(`var object = ${made}; object.${name}()`);
    expect(said).not.toMatch(/object\.\w+ is not a function|is not defined|not a constructor/);
    if (/has not/.test(said)) expect(said).toContain(`${name}() is something that mongosh has`);
  });
});

it('a name that mongosh has not is none here either', async () => {
  expect(await errors('db.c.frobnicate()')).toEqual([
    expect.stringMatching(/^TypeError: .*frobnicate is not a function/),
  ]);
  expect(await errors('db.frob.insertOne({ _id: 1 })')).toEqual(['fine']);
  expect(await errors('frobnicate()')).toEqual(['ReferenceError: frobnicate is not defined']);
});

const OPERATORS = {
  stage: {
    type: (name: string) => `db.c.aggregate([{ ${name}: {} }])`,
    unknown: /Unrecognized pipeline stage name/,
    names:
      '$addFields $bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $count $currentOp $densify $documents $facet $fill $geoNear $graphLookup $group $indexStats $limit $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions $lookup $match $merge $out $planCacheStats $project $querySettings $queryStats $rankFusion $redact $replaceRoot $replaceWith $sample $search $searchMeta $set $setWindowFields $shardedDataDistribution $skip $sort $sortByCount $unionWith $unset $unwind $vectorSearch',
  },
  expression: {
    type: (name: string) => `db.c.aggregate([{ $project: { v: { ${name}: {} } } }])`,
    unknown: /Unrecognized expression/,
    names:
      '$abs $accumulator $acos $acosh $add $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $asin $asinh $atan $atan2 $atanh $avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize $ceil $cmp $concat $concatArrays $cond $convert $cos $cosh $createObjectId $dateAdd $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth $dayOfWeek $dayOfYear $degreesToRadians $divide $eq $exp $filter $first $firstN $floor $function $getField $gt $gte $hour $ifNull $in $indexOfArray $indexOfBytes $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $literal $ln $log $log10 $lt $lte $ltrim $map $max $maxN $median $mergeObjects $meta $millisecond $min $minN $minute $mod $month $multiply $ne $not $objectToArray $or $percentile $pow $radiansToDegrees $rand $range $reduce $regexFind $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim $sampleRate $second $setDifference $setEquals $setField $setIntersection $setIsSubset $setUnion $sin $sinh $size $slice $sortArray $split $sqrt $stdDevPop $stdDevSamp $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch $tan $tanh $toBool $toDate $toDecimal $toDouble $toHashedIndexKey $toInt $toLong $toLower $toObjectId $toString $toUUID $toUpper $trim $trunc $tsIncrement $tsSecond $type $unsetField $week $year $zip',
  },
  accumulator: {
    type: (name: string) => `db.c.aggregate([{ $group: { _id: 1, v: { ${name}: {} } } }])`,
    unknown: /unknown group operator/,
    names:
      '$accumulator $addToSet $avg $bottom $bottomN $count $first $firstN $last $lastN $max $maxN $median $mergeObjects $min $minN $percentile $push $stdDevPop $stdDevSamp $sum $top $topN',
  },
  query: {
    type: (name: string) => `db.c.find({ a: { ${name}: 1 } })\ndb.c.find({ ${name}: 1 })`,
    unknown: /unknown/,
    names: '$geoIntersects $geoWithin $near $nearSphere $text $where',
  },
  update: {
    type: (name: string) => `db.c.updateOne({}, { ${name}: { a: 1 } })`,
    unknown: /Unknown modifier/,
    names:
      '$addToSet $bit $currentDate $inc $max $min $mul $pop $pull $pullAll $push $rename $set $setOnInsert $unset',
  },
  command: {
    type: (name: string) => `db.runCommand({ ${name}: 1 })`,
    unknown: /no such command/,
    names: `aggregate buildInfo collMod collStats count create createIndexes dbStats delete distinct drop dropDatabase dropIndexes explain find findAndModify hello insert isMaster listCollections listDatabases listIndexes ping serverStatus update ${[...absentNames('command')].join(' ')}`,
  },
};

describe.each(Object.entries(OPERATORS))('the %ss', (_kind, { type, unknown, names }) => {
  it('are here, or said not to be', async () => {
    for (const name of names.split(' ')) {
      const said = await errors(`${type(name)}\n0`);
      expect(said.length, name).toBeGreaterThan(0);
      for (const one of said) expect(one, name).not.toMatch(unknown);
    }
  });

  it('that nobody has are called a mistake', async () => {
    expect((await errors(type('$frob')))[0]).toMatch(unknown);
  });
});

it('a query operator on a field that is absent is refused by name', async () => {
  expect(await errors("db.c.find({ $where: 'true' })")).toEqual([
    'MongoServerError[NotImplemented]: $where is not implemented in this document store',
  ]);
});

describe('what mongosh has beside methods', () => {
  it.each<[string, string[]]>([
    ['use("shop"); db.getName()', ['shop']],
    ['const say = use("shop")\nsay', ['switched to db shop']],
    ['use("test")', ['already on db test']],
    ['db.c.insertOne({}).acknowledged\nshow("collections")', ['true', 'c']],
    [
      'EJSON.stringify({ a: Long("5"), b: ObjectId("0123456789abcdef01234567"), d: ISODate("2025-01-01"), n: 1 })',
      [
        '{"a":5,"b":{"$oid":"0123456789abcdef01234567"},"d":{"$date":"2025-01-01T00:00:00Z"},"n":1}',
      ],
    ],
    [
      'EJSON.parse(\'{"a":{"$numberLong":"5"},"b":{"$oid":"0123456789abcdef01234567"}}\', { relaxed: false })',
      ["{ a: Long('5'), b: ObjectId('0123456789abcdef01234567') }"],
    ],
    [
      'db.c.insertOne(EJSON.parse(\'{"_id":{"$oid":"0123456789abcdef01234567"}}\')); db.c.findOne()._id',
      ["ObjectId('0123456789abcdef01234567')"],
    ],
    ['HexData(0, "abcd")', ["Binary.createFromBase64('q80=', 0)"]],
    ['MD5("0123456789abcdef0123456789abcdef")', ["MD5('0123456789abcdef0123456789abcdef')"]],
    [
      'config.set("displayBatchSize", 1)\ndb.c.insertMany([{ _id: 1 }, { _id: 2 }]).acknowledged\ndb.c.find()\nit',
      [
        'Setting "displayBatchSize" has been changed',
        'true',
        '[ { _id: 1 } ]\nType "it" for more',
        '[ { _id: 2 } ]',
      ],
    ],
    [
      'config.get("displayBatchSize")\nconfig.set("displayBatchSize", "x")\nconfig.set("nope", 1)\nconfig.get("nope")\nconfig.reset("displayBatchSize")',
      [
        '20',
        'Cannot set option "displayBatchSize": displayBatchSize must be a positive integer',
        'Option "nope" is not available in this environment',
        'Setting "displayBatchSize" has been reset to its default value',
      ],
    ],
    ['config.set("inspectDepth", 0); ({ a: { b: 1 } })', ['{ a: [Object] }']],
    ['config.set("inspectCompact", false); ({ a: 1 })', ['{\n  a: 1\n}']],
    [
      'DBQuery.shellBatchSize = 5\nDBQuery.shellBatchSize',
      [
        'DeprecationWarning: DBQuery.shellBatchSize is deprecated, please use config.set("displayBatchSize") instead',
        '5',
        '5',
      ],
    ],
    [
      'printjson({ a: 1, b: [1, { c: 2 }], e: [], o: {} })',
      ['{\n  a: 1,\n  b: [\n    1,\n    {\n      c: 2\n    }\n  ],\n  e: [],\n  o: {}\n}'],
    ],
    ['printjson("x", 2)', ['x 2']],
    [
      'new Uint8Array([1, 2, 3])\nnew Float64Array(0)\nnew ArrayBuffer(2)',
      [
        'Uint8Array(3) [ 1, 2, 3 ]',
        'Float64Array(0) []',
        'ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }',
      ],
    ],
    [
      'print(1)\nquit()\nprint(2)',
      ['1', 'The script ends here. The shell stays: there is no terminal to leave.'],
    ],
    ['exit\nprint(2)', ['The script ends here. The shell stays: there is no terminal to leave.']],
    ['throw { a: 1 }', ['Error: { a: 1 }']],
    ["throw 'x'", ['Error: x']],
    ['throw null', ['Error: null']],
    [
      'load("x.js")',
      [
        'MongoshUnimplementedError: load() is something that mongosh has and this shell has not: there are no files to load. Write the script into the cell.',
      ],
    ],
    [
      'require("fs")',
      [
        'MongoshUnimplementedError: require() is something that mongosh has and this shell has not: there are no modules. What JavaScript brings along is here.',
      ],
    ],
    ['tojson', ['ReferenceError: tojson is not defined']],
  ])('%s', async (code, printed) => {
    const all = await outputs(code);
    expect(
      all.map((output) =>
        output.kind === 'text'
          ? output.text
          : output.kind === 'error'
            ? `${output.severity}: ${output.message}`
            : output.kind,
      ),
    ).toEqual(printed);
  });

  it('helps by its function', async () => {
    expect(JSON.stringify(await outputs('help()'))).toContain('Shell Help:');
  });
});
