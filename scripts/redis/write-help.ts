/**
 * Writes `src/engines/redis/commands/help-texts.ts`: what the HELP of containers says, asked from redis-server 7.0.
 *
 *     node scripts/redis/write-help.ts
 */
import { writeFileSync } from 'node:fs';
import Redis from 'ioredis';
import { startRedisServer } from './server-process.ts';

/** Those of streams are with the streams. */
const CONTAINERS =
  'acl client command config function latency memory module object pubsub script slowlog'.split(
    ' ',
  );

const server = await startRedisServer();
const redis = new Redis(server.port);
const texts: Record<string, string> = {};
for (const container of CONTAINERS)
  texts[container] = ((await redis.call(container, 'HELP')) as string[]).join('\n');
writeFileSync(
  new URL('../../src/engines/redis/commands/help-texts.ts', import.meta.url),
  `// Written by scripts/redis/write-help.ts from the replies of redis-server ${server.version}. Do not edit.
/** By container, the lines of its HELP. */
// prettier-ignore
export const HELP_TEXTS: Readonly<Record<string, string>> = ${JSON.stringify(texts, null, 2)};
`,
);
redis.disconnect();
await server.stop();
