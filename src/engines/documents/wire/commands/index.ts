/** All commands, by name. */
import type { Command } from '../call.ts';
import { COLLECTIONS } from './collections.ts';
import { READS } from './reads.ts';
import { SERVER } from './server.ts';
import { WRITES } from './writes.ts';

export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({ ...SERVER, ...READS, ...WRITES, ...COLLECTIONS }),
);

/** Names that MongoDB takes too. */
const ALIASES: Readonly<Record<string, string>> = {
  ismaster: 'isMaster',
  buildinfo: 'buildInfo',
  findandmodify: 'findAndModify',
  collstats: 'collStats',
  dbstats: 'dbStats',
  deleteIndexes: 'dropIndexes',
};

/** What a command is called in the table. */
export const canonical = (name: string): string => ALIASES[name] ?? name;

/** Commands that MongoDB has, and this store has not: they are no typing mistakes, and are told so. */
export const ABSENT: ReadonlySet<string> = new Set([
  'abortReshardCollection',
  'addShard',
  'appendOplogNote',
  'autoCompact',
  'checkMetadataConsistency',
  'cloneCollectionAsCapped',
  'compact',
  'convertToCapped',
  'createRole',
  'createSearchIndexes',
  'createUser',
  'currentOp',
  'dataSize',
  'dbHash',
  'dropAllRolesFromDatabase',
  'dropAllUsersFromDatabase',
  'dropConnections',
  'dropRole',
  'dropSearchIndex',
  'dropUser',
  'enableSharding',
  'filemd5',
  'fsync',
  'fsyncUnlock',
  'getClusterParameter',
  'getDefaultRWConcern',
  'getShardMap',
  'grantPrivilegesToRole',
  'grantRolesToRole',
  'grantRolesToUser',
  'invalidateUserCache',
  'killAllSessions',
  'killAllSessionsByPattern',
  'killOp',
  'listCommands',
  'listSearchIndexes',
  'listShards',
  'lockInfo',
  'mapReduce',
  'planCacheClear',
  'planCacheClearFilters',
  'planCacheListFilters',
  'planCacheSetFilter',
  'profile',
  'reIndex',
  'replSetAbortPrimaryCatchUp',
  'replSetFreeze',
  'replSetGetConfig',
  'replSetGetStatus',
  'replSetInitiate',
  'replSetMaintenance',
  'replSetReconfig',
  'replSetStepDown',
  'replSetSyncFrom',
  'revokePrivilegesFromRole',
  'revokeRolesFromRole',
  'revokeRolesFromUser',
  'rolesInfo',
  'rotateCertificates',
  'setClusterParameter',
  'setDefaultRWConcern',
  'setFeatureCompatibilityVersion',
  'setIndexCommitQuorum',
  'setParameter',
  'setQuerySettings',
  'shardCollection',
  'shutdown',
  'top',
  'updateRole',
  'updateSearchIndex',
  'updateUser',
  'usersInfo',
  'validate',
  'validateDBMetadata',
]);
