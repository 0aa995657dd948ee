/**
 * `npm start [-- --port 4321 --host 127.0.0.1 --base /]`: builds the site if anything changed since
 * the last time, and serves it until Ctrl-C.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale, targetFor } from './build.ts';
import { command, ROOT } from '../process/command.ts';
import { listenOnFreePort } from '../process/port.ts';
import { addresses, createSiteServer } from './serve.ts';

await command(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/' },
    },
  });
  const target = targetFor(values.base);
  if (!(await buildIfStale(ROOT, target))) return false;

  const server = createSiteServer({ folder: join(ROOT, target.outDir), base: target.base });
  const port = await listenOnFreePort(server, Number(values.port), values.host);
  const [first, ...others] = addresses(port, values.host, target.base);
  console.log(`\nThe course is at ${first}`);
  if (others.length > 0) console.log(`On this network: ${others.join('  ')}`);
  console.log('Ctrl-C ends it.');

  await once(process, 'SIGINT');
  return true;
});
