/** Exercises in their section's page, executed, and the mistakes of who places them. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabases } from '../../running/cells/execute/execute.ts';
import { questions } from '../quiz/plugin.ts';
import { checkSection, executeExercise } from './execute.ts';
import { parseExercise } from './parse.ts';
import { exercises } from './plugin.ts';
import type { ShownExercise } from './prepare.ts';

afterAll(closeDatabases);

const SECTION = 'content/lecture/4-redis/4.2-the-five-data-structures.mdx';
const FILE = 'content/exercises/x-leaderboard-climb.yaml';
const SOURCE = readFileSync(FILE, 'utf8');

async function page(source: string, file = SECTION): Promise<string> {
  const { code } = await mdxToJs(source, {
    mdastPlugins: [exercises, questions],
    fileURL: pathToFileURL(file),
  });
  return code;
}

const shownOn = (code: string): ShownExercise[] =>
  [...code.matchAll(/CourseExercise, \{\s*data: ("(?:[^"\\]|\\.)*")/g)].map(
    ([, data]) => JSON.parse(JSON.parse(data!) as string) as ShownExercise,
  );

describe('the exercises of a section', () => {
  it('stand at its end under a heading of their own, before the questions', async () => {
    const code = await page('Text.');
    const places = ['id: "exercises"', 'x-leaderboard-climb', 'id: "check-yourself"'].map((text) =>
      code.indexOf(text),
    );
    expect(places[0]).toBeGreaterThan(0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('carry what their start and their solution print, and no checks', async () => {
    const code = await page('Text.');
    const shown = shownOn(code).find(({ id }) => id === 'x-leaderboard-climb')!;
    expect(shown).toMatchObject({
      lasting: '4.2.x-leaderboard-climb',
      start: { within: shown.id },
    });
    expect(JSON.stringify(shown.start.result.outputs)).toContain('alice');
    expect(JSON.stringify(shown.solution.result.outputs)).toContain('2300');
    expect(code).not.toContain('Dana is not on the leaderboard');
  });

  it('stand where the page places them, and then not at the end', async () => {
    const code = await page('Before.\n\n<Exercise id="x-leaderboard-climb" />\n\nBehind.');
    expect(code.indexOf('x-leaderboard-climb')).toBeLessThan(code.indexOf('Behind.'));
    expect(shownOn(code).filter(({ id }) => id === 'x-leaderboard-climb')).toHaveLength(1);
  });

  it('are none on a page that is no section', async () => {
    expect(await page('Text.', 'content/lecture/summary.mdx')).not.toContain('CourseExercise');
  });
});

describe('a mistake of an author is told with its line and its remedy', () => {
  it.each([
    [
      'an id that the section does not have',
      '\n\n<Exercise id="x-eav-furniture" />',
      `:3: no exercise "x-eav-furniture" in content/exercises/ belongs to section 4.2. There are: `,
    ],
    [
      'an exercise placed twice',
      '<Exercise id="x-leaderboard-climb" />\n\n<Exercise id="x-leaderboard-climb" />',
      ':1: the exercise "x-leaderboard-climb" is placed twice. Leave one out.',
    ],
  ])('%s', async (_, source, message) => {
    await expect(page(source)).rejects.toThrow(`${SECTION}${message}`);
  });

  it('a section that there is not', () => {
    const placed = parseExercise(SOURCE.replace("section: '4.2'", "section: '4.20'"), FILE);
    expect(() => checkSection(placed, ['4.1', '4.2'])).toThrow(
      `${FILE}:3: the course has no section 4.20. Write one of 4.1, 4.2.`,
    );
  });

  it('a solution that fails; a start may', async () => {
    const failing = (from: string): Promise<unknown> => {
      expect(SOURCE).toContain(from);
      return executeExercise(parseExercise(SOURCE.replace(from, 'ZINCRBY leaderboard'), FILE));
    };
    await expect(failing('ZRANGE leaderboard 0 -1 WITHSCORES')).resolves.toBeDefined();
    await expect(failing('ZINCRBY leaderboard 500 charlie')).rejects.toThrow(
      /x-leaderboard-climb\.yaml:\d+: .* fails: .*wrong number of arguments/,
    );
  });
});
