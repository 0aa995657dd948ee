import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPublished } from '../running/runner/assets/published.ts';
import type { Database, Output } from './engine.ts';
import { TAMPERING } from './tampering.ts';

const answer = async (database: Database, code: string): Promise<Output[]> => {
  const outputs: Output[] = [];
  await database.run({ files: [{ name: 'script.sql', code }] }, (it) => outputs.push(it));
  return outputs;
};

describe.each(['postgres', 'sqlite'] as const)('%s, after a reset, knows nothing of', (name) => {
  const attempts = TAMPERING.filter(({ engine }) => engine === name);
  const fresh = new Map<string, Output[]>();
  let database: Database;

  // As it is published: in a thread of its own, as in a reader's worker, where no other SQLite has memory.
  const open = (): Promise<Database> => openPublished(process.cwd(), name);

  beforeAll(async () => {
    // Only ever runs probes: what these leave behind is in no other's way.
    const judge = await open();
    for (const { probe } of attempts) {
      await judge.reset(null);
      fresh.set(probe, await answer(judge, probe));
    }
    await judge.close();
    database = await open();
  }, 240_000);
  afterAll(() => database.close());

  it('there are ways to try', () => {
    expect(attempts.length).toBeGreaterThanOrEqual(10);
  });

  it.each(attempts)('$name', async ({ tamper, probe, refused = false }) => {
    await answer(database, tamper);
    await database.reset(null);
    expect(await answer(database, probe)).toEqual(fresh.get(probe));
    await database.reset(null);
    await answer(database, tamper);
    // What would show nothing without a reset would prove nothing.
    if (refused) expect(await answer(database, probe)).toEqual(fresh.get(probe));
    else expect(await answer(database, probe)).not.toEqual(fresh.get(probe));
    await database.reset(null);
  });
});
