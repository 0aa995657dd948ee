/**
 * `npm start [-- --port 4321 --host 127.0.0.1 --base /]`: builds the site if anything changed since
 * the last time, and serves it until Ctrl-C.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale, ROOT, targetFor } from './build.ts';
import { listenOnFreePort } from './port.ts';
import { addresses, createSiteServer } from './serve.ts';

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/' },
    },
  });
  process.chdir(ROOT);
  const target = targetFor(values.base);
  if (!(await buildIfStale(ROOT, target))) process.exit(1);

  const server = createSiteServer({ folder: join(ROOT, target.outDir), base: target.base });
  const port = await listenOnFreePort(server, Number(values.port), values.host);
  const [first, ...others] = addresses(port, values.host, target.base);
  console.log(`\nThe course is at ${first}`);
  if (others.length > 0) console.log(`On this network: ${others.join('  ')}`);
  console.log('Ctrl-C ends it.');

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // Open connections of a browser would keep it alive.
      server.closeAllConnections();
      server.close(() => process.exit(0));
    });
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
