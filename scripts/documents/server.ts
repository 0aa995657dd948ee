/**
 * The document store as a server that mongosh, a driver or any other client of MongoDB can talk to.
 *
 *     npm run document-store -- --port 27018
 */
import { parseArgs } from 'node:util';
import { startServer } from '../../src/engines/documents/wire/server.ts';
import { command } from '../process/command.ts';

const DEFAULT_PORT = '27018';

await command(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : -1;
  if (port < 0 || port > 65_535) throw new Error('--port wants a number from 0 to 65535.');
  const server = await startServer(port, { log: (line) => console.warn(line) }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
        const why = error.code === 'EACCES' ? 'is not yours to take' : 'is in use';
        throw new Error(`Port ${port} ${why}. End what holds it, or choose another with --port.`);
      }
      throw error;
    },
  );
  console.log(`Document store on ${server.uri} in memory, gone when it stops (Ctrl-C)`);
  await new Promise<void>((stop) => process.once('SIGINT', () => stop()));
  await server.close();
  return true;
});
