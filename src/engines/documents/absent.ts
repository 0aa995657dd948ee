/**
 * What MongoDB 8 and mongosh 2 have beyond this store, by name: whoever asks for it is told so, where a name that
 * nobody has is called a mistake. A name that is here and in a table of the store is the store's.
 */
import { notImplemented } from './errors.ts';

/** Of the server: MongoDB's manual, "Database Commands", "Aggregation Stages", "Query and Projection Operators", … */
const SERVER = {
  command:
    'abortReshardCollection abortTransaction addShard addShardToZone analyze analyzeShardKey appendOplogNote applyOps ' +
    'authenticate autoSplitVector balancerCollectionStatus balancerStart balancerStatus balancerStop bulkWrite ' +
    'checkMetadataConsistency cleanupOrphaned cleanupReshardCollection cloneCollectionAsCapped clusterAbortTransaction ' +
    'collStats commitReshardCollection commitTransaction compact compactStructuredEncryptionData configureCollectionBalancing ' +
    'configureQueryAnalyzer connPoolStats connectionStatus convertToCapped createRole createSearchIndexes createUser ' +
    'currentOp dataSize dbHash driverOIDTest dropAllRolesFromDatabase dropAllUsersFromDatabase dropConnections dropRole ' +
    'dropSearchIndex dropUser enableSharding endSessions features filemd5 flushRouterConfig fsync fsyncUnlock ' +
    'getAuditConfig getClusterParameter getCmdLineOpts getDefaultRWConcern getLog getMore getParameter getShardMap ' +
    'getShardVersion getnonce grantPrivilegesToRole grantRolesToRole grantRolesToUser hostInfo invalidateUserCache ' +
    'isdbgrid killAllSessions killAllSessionsByPattern killCursors killOp killSessions listCommands listDatabases ' +
    'listSearchIndexes listShards lockInfo logApplicationMessage logRotate logout mapReduce mergeAllChunksOnShard ' +
    'mergeChunks moveChunk moveCollection movePrimary moveRange netstat planCacheClear planCacheClearFilters ' +
    'planCacheListFilters planCacheSetFilter prepareTransaction profile reIndex refineCollectionShardKey refreshSessions ' +
    'removeQuerySettings removeShard removeShardFromZone renameCollection replSetAbortPrimaryCatchUp replSetFreeze ' +
    'replSetGetConfig replSetGetStatus replSetInitiate replSetMaintenance replSetReconfig replSetResizeOplog ' +
    'replSetStepDown replSetSyncFrom reshardCollection revokePrivilegesFromRole revokeRolesFromRole revokeRolesFromUser ' +
    'rolesInfo rotateCertificates saslContinue saslStart serverStatus setAllowMigrations setAuditConfig ' +
    'setClusterParameter setDefaultRWConcern setFeatureCompatibilityVersion setIndexCommitQuorum setParameter ' +
    'setProfilingLevel setQuerySettings setShardVersion setUserWriteBlockMode shardCollection shardConnPoolStats ' +
    'shardingState shutdown split splitChunk splitVector startSession top transitionFromDedicatedConfigServer ' +
    'transitionToDedicatedConfigServer unsetSharding unshardCollection updateRole updateSearchIndex updateUser ' +
    'updateZoneKeyRange usersInfo validate validateDBMetadata waitForFailPoint whatsmyuri',
  stage:
    '$bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $currentOp $densify $documents $fill $geoNear ' +
    '$indexStats $listClusterCatalog $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions ' +
    '$planCacheStats $querySettings $queryStats $rankFusion $redact $search $searchMeta $setWindowFields ' +
    '$shardedDataDistribution $vectorSearch',
  expression:
    '$accumulator $acosh $asinh $atanh $binarySize $bitAnd $bitNot $bitOr $bitXor $bottom $bottomN $cosh $covariancePop ' +
    '$covarianceSamp $createObjectId $dateFromString $denseRank $derivative $documentNumber $expMovingAvg $function ' +
    '$integral $linearFill $locf $median $meta $minMaxScaler $percentile $rank $sampleRate $shift $sinh $tanh ' +
    '$toHashedIndexKey $toUUID $top $topN $tsIncrement $tsSecond',
  accumulator: '$accumulator $concatArrays $maxN $median $minN $percentile $setUnion',
  query:
    '$box $center $centerSphere $geoIntersects $geoWithin $geometry $maxDistance $minDistance $near $nearSphere ' +
    '$polygon $rand $sampleRate $text $where $within',
  update: '$pushAll $isolated',
} as const;

/** Of the shell: what `@mongosh/shell-api` declares. */
const SHELL = {
  collection:
    'analyzeShardKey checkMetadataConsistency compactStructuredEncryptionData configureQueryAnalyzer convertToCapped ' +
    'createSearchIndex createSearchIndexes dropSearchIndex getPlanCache getSearchIndexes getShardDistribution ' +
    'getShardLocation getShardVersion hideIndex initializeOrderedBulkOp initializeUnorderedBulkOp latencyStats mapReduce ' +
    'reIndex storageSize totalIndexSize totalSize unhideIndex updateSearchIndex validate watch',
  database:
    'aggregate auth changeUserPassword checkMetadataConsistency cloneCollection cloneDatabase commandHelp copyDatabase ' +
    'createEncryptedCollection createRole createUser createView currentOp dropAllRoles dropAllUsers dropRole dropUser ' +
    'fsyncLock fsyncUnlock getLastError getLastErrorObj getLogComponents getProfilingStatus getReplicationInfo getRole ' +
    'getRoles getUser getUsers grantPrivilegesToRole grantRolesToRole grantRolesToUser hostInfo killOp listCommands logout ' +
    'printCollectionStats printReplicationInfo printSecondaryReplicationInfo printShardingStatus ' +
    'printSlaveReplicationInfo revokePrivilegesFromRole revokeRolesFromRole revokeRolesFromUser rotateCertificates ' +
    'serverBits serverBuildInfo serverCmdLineOpts setLogLevel setProfilingLevel setSecondaryOk shutdownServer sql ' +
    'updateRole updateUser watch',
  cursor:
    'addOption max maxAwaitTimeMS maxScan min oplogReplay returnKey showRecordId tailable disableBlockWarnings ' +
    'allowPartialResults noCursorTimeout readConcern readPref projection',
  explainable:
    'findAndModify findOneAndDelete findOneAndReplace findOneAndUpdate getCollection getVerbosity mapReduce remove ' +
    'setVerbosity update',
  connection:
    'bulkWrite close connect convertShardKeyToHashed getClientEncryption getCollection getKeyVault getReadConcern ' +
    'getReadPref getReadPrefMode getReadPrefTagSet getURI getWriteConcern isCausalConsistency setCausalConsistency ' +
    'setReadConcern setReadPref setSecondaryOk setSlaveOk setWriteConcern show use watch',
  session:
    'advanceClusterTime advanceOperationTime bulkWrite getClusterTime getOperationTime getOptions hasEnded',
} as const;

/** Of the shell's globals: functions, and objects whose every method is absent. */
const FUNCTIONS =
  'Mongo connect convertShardKeyToHashed disableTelemetry edit enableTelemetry fetch history LegacyCSharpUUID ' +
  'LegacyJavaUUID LegacyPythonUUID passwordPrompt snippet buildInfo';
const OBJECTS = {
  rs: 'one server is all there is',
  sh: 'one server is all there is',
  sp: 'there are no streams',
  log: 'there is no log',
};

export type ServerKind = keyof typeof SERVER;
export type ShellKind = keyof typeof SHELL;

const sets = new Map<string, ReadonlySet<string>>();

function namesOf(list: string): ReadonlySet<string> {
  let names = sets.get(list);
  if (!names) sets.set(list, (names = new Set(list.split(' '))));
  return names;
}

/** Names of a kind. */
export const absentNames = (kind: ServerKind | ShellKind): ReadonlySet<string> =>
  namesOf(kind in SERVER ? SERVER[kind as ServerKind] : SHELL[kind as ShellKind]);

export const ABSENT_FUNCTIONS = FUNCTIONS.split(' ');
export const ABSENT_OBJECTS: Readonly<Record<string, string>> = OBJECTS;

/** @throws MongoServerError NotImplemented for what MongoDB has. */
export function refuseAbsent(kind: ServerKind, name: string): void {
  if (absentNames(kind).has(name))
    notImplemented(kind === 'command' ? `The command '${name}'` : name);
}
