/**
 * `npm run bench -- site [--only postgres,network,reference,lighthouse,build --rounds 5]`: the times the course is held to,
 * measured beside what they are compared with, in one run.
 *
 * Times depend on the machine and what else it does: leave it alone meanwhile. They are no part of
 * `npm test`, which checks bytes.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { benchBuildTimes } from './site/build-times.ts';
import { benchLighthouse } from './site/lighthouse.ts';
import { benchFirstReplies } from './site/first-reply.ts';
import { benchNetwork } from './site/network.ts';
import { benchPostgresReset } from './site/postgres-reset.ts';
import { benchPostgresStart } from './site/postgres-start.ts';
import { benchReferenceCard } from './site/reference-card.ts';
import { table, type Row } from './site/row.ts';
import { browserArgs, findBrowser } from '../browser/find.ts';
import { buildIfStale, targetFor } from '../build/build.ts';
import { command, ROOT } from '../process/command.ts';
import { listenOnFreePort } from '../process/port.ts';
import { createSiteServer } from '../build/serve.ts';

await command(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'build,postgres,network,replies,reference,lighthouse' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const wanted = new Set(values.only.split(','));
  const rounds = Number(values.rounds);
  const rows: Row[] = [];
  if (wanted.has('build')) {
    console.log('… clean build and rebuild');
    rows.push(...(await benchBuildTimes()));
  }
  const target = targetFor('/');
  if (!(await buildIfStale(ROOT, target))) return false;
  const folder = join(ROOT, target.outDir);
  if (wanted.has('postgres')) {
    console.log('… starts of PostgreSQL');
    rows.push(await withSite(folder, rounds, benchPostgresStart));
    console.log('… PostgreSQL from one cell to the next');
    rows.push(await benchPostgresReset(rounds));
  }
  if (wanted.has('network')) {
    console.log('… first results on slow lines');
    rows.push(...(await withSite(folder, rounds, benchNetwork)));
  }
  if (wanted.has('replies')) {
    console.log('… first replies');
    rows.push(...(await withSite(folder, rounds, benchFirstReplies)));
  }
  if (wanted.has('reference')) {
    console.log('… keystrokes on the reference card');
    rows.push(await withSite(folder, rounds, benchReferenceCard));
  }
  if (wanted.has('lighthouse')) {
    console.log('… Lighthouse');
    rows.push(...(await benchLighthouse(folder, Math.min(rounds, 3), console.log)));
  }
  console.log(`\n${table(rows)}`);
  return rows.every(({ reached }) => reached);
});

async function withSite<T>(
  folder: string,
  rounds: number,
  bench: (browser: Browser, origin: string, rounds: number) => Promise<T>,
): Promise<T> {
  const server = createSiteServer({ folder });
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
  try {
    const origin = `http://localhost:${await listenOnFreePort(server, 0)}`;
    return await bench(browser, origin, rounds);
  } finally {
    await browser.close();
    server.close();
  }
}
