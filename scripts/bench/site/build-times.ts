/** How long a build takes from nothing, and again when nothing changed. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../process/command.ts';
import { runNode } from '../../process/subprocess.ts';
import { duration, type Row } from './row.ts';

/** Everything a build keeps for the next one; all of it comes back by building. */
const CACHES = ['.cache', '.astro', 'node_modules/.astro', 'node_modules/.vite', 'dist'];

async function timedBuild(): Promise<number> {
  const started = performance.now();
  const { code, output } = await runNode(ROOT, ['scripts/build/build.ts']);
  if (code !== 0) throw new Error(`The site does not build:\n${output}`);
  return performance.now() - started;
}

/** Clears the caches, builds twice, and leaves a built site behind. */
export async function benchBuildTimes(): Promise<Row[]> {
  for (const cache of CACHES) await rm(join(ROOT, cache), { recursive: true, force: true });
  const clean = await timedBuild();
  const again = await timedBuild();
  return [
    row('clean build, engine snapshots included', clean, 90_000),
    row('rebuild with nothing changed', again, 20_000),
  ];
}

function row(what: string, milliseconds: number, reach: number): Row {
  return {
    what,
    measured: duration(milliseconds),
    beside: '',
    figure: duration(milliseconds),
    reach: `≤ ${reach / 1000} s`,
    reached: milliseconds <= reach,
  };
}
