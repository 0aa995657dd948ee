/**
 * How long PostgreSQL takes from one cell to the next, which finds nothing of the first, beside a new
 * start. In Node: the same code runs in the reader's browser, and nothing is loaded.
 */
import { readFile } from 'node:fs/promises';
import { nodeAssets } from '../../../src/engines/assets.ts';
import type { Database, ScriptFile } from '../../../src/engines/engine.ts';
import { engine } from '../../../src/engines/postgres/index.ts';
import { median } from '../../check/budgets/page-weight.ts';
import { duration, type Row } from './row.ts';

const DATASETS = ['catalog-jsonb', 'shop', 'bank'].map((name) => `content/datasets/${name}.sql`);

/** What a cell may do: it makes something, fails, and needs a library. */
const CELL = {
  files: [
    {
      name: 'cell.sql',
      code: `CREATE TABLE made (n int); INSERT INTO made SELECT generate_series(1, 100);
        SELECT 1 / 0; DO $$ BEGIN DELETE FROM made; END $$;`,
    },
  ],
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param rounds how often each dataset is gone to; the medians are compared. */
export async function benchPostgresReset(rounds: number): Promise<Row> {
  const assets = nodeAssets('postgres');
  const datasets: ScriptFile[] = await Promise.all(
    DATASETS.map(async (name) => ({ name, code: await readFile(name, 'utf8') })),
  );
  const running = await engine.open(assets);
  const times = { next: [] as number[], start: [] as number[] };
  const startWith = async (dataset: ScriptFile): Promise<Database> => {
    const database = await engine.open(assets);
    await database.reset(dataset);
    return database;
  };
  try {
    for (let round = 0; round < rounds; round++)
      for (const dataset of datasets) {
        let started: Database | undefined;
        times.start.push(await timed(async () => (started = await startWith(dataset))));
        await started!.close();
        await running.run(CELL, () => undefined);
        times.next.push(await timed(() => running.reset(dataset)));
        // The second cell of a dataset, as most are.
        await running.run(CELL, () => undefined);
        times.next.push(await timed(() => running.reset(dataset)));
      }
  } finally {
    await running.close();
  }
  const ratio = median(times.next) / median(times.start);
  return {
    what: `PostgreSQL from one cell to the next (median of ${times.next.length})`,
    measured: duration(median(times.next)),
    beside: `a new start: ${duration(median(times.start))}`,
    figure: ratio.toFixed(3),
    reach: '≤ 0.25',
    reached: ratio <= 0.25,
  };
}
