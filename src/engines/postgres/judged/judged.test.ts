/**
 * What psql said to a list of statements and commands, written down by `npm run judge -- psql`, and what this engine
 * says to them.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../../assets.ts';
import type { Database, Output } from '../../engine.ts';
import { compare, readChapters, type Heard, type Recorded } from '../../sql/judged/chapters.ts';
import { engine } from '../index.ts';
import { DIFFERENCES } from './differences.ts';
import { heardHere } from './heard.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const chapters = readChapters(read('list.sql'));
const recorded = JSON.parse(read('answers.json')) as Recorded;

describe('what psql was asked', () => {
  it('is the list as it is now', () => {
    const asked = recorded.chapters.map(({ title, answers }) => ({
      title,
      inputs: answers.map(({ input }) => input),
    }));
    expect(asked, 'npm run judge -- psql asks it anew').toEqual(chapters);
    expect(chapters.flatMap(({ inputs }) => inputs).length).toBeGreaterThan(500);
  });

  it('was answered by a named version at a known date', () => {
    expect(recorded.judge).toMatch(/^PostgreSQL 18\.\d+, psql \d+\.\d+$/);
    expect(recorded.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe('an answer like psql’s', () => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(nodeAssets('postgres'));
  }, 120_000);
  afterAll(() => database.close());

  it.each(recorded.chapters.map((chapter) => [chapter.title, chapter] as const))(
    '%s',
    async (_, chapter) => {
      await database.reset(null);
      const heard: Heard[] = [];
      for (const { input } of chapter.answers) {
        const outputs: Output[] = [];
        await database.run({ files: [{ name: 'input', code: input }] }, (output) =>
          outputs.push(output),
        );
        heard.push(heardHere(input, outputs));
      }
      const one = { ...recorded, chapters: [chapter] };
      expect(compare(one, [heard], DIFFERENCES).mismatches).toEqual([]);
    },
    60_000,
  );
});
