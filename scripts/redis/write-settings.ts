/**
 * Writes `src/engines/redis/commands/setting-names.ts`: the names of redis-server's parameters that this emulator does not
 * have, asked from redis-server 7.0.
 *
 *     node scripts/redis/write-settings.ts
 */
import { writeFileSync } from 'node:fs';
import Redis from 'ioredis';
import { Config } from '../../src/engines/redis/core/config.ts';
import { startRedisServer } from './server-process.ts';

const server = await startRedisServer();
const redis = new Redis(server.port);
const all = (await redis.call('CONFIG', 'GET', '*')) as string[];
const here = new Set(new Config().matching(['*']).map(([name]) => name));
const names = all.filter((name, i) => i % 2 === 0 && !here.has(name)).sort();
writeFileSync(
  new URL('../../src/engines/redis/commands/setting-names.ts', import.meta.url),
  `// Written by scripts/redis/write-settings.ts from the replies of redis-server ${server.version}. Do not edit.
/** Parameters of redis-server that this emulator does not have. */
// prettier-ignore
export const ABSENT_SETTINGS = '${names.join(' ')}';
`,
);
redis.disconnect();
await server.stop();
