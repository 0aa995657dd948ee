/**
 * The Redis emulator as a server that redis-cli, ioredis or any other client can talk to.
 *
 *     npx node scripts/redis/emulator.ts --port 6399
 */
import { parseArgs } from 'node:util';
import { startEmulator } from './emulator/tcp-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '6399' } } });
const emulator = await startEmulator(Number(values.port), { log: (line) => console.warn(line) });
console.log(`Redis emulator on 127.0.0.1:${emulator.port}, in memory, gone when it stops (Ctrl-C)`);
