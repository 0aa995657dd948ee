/** A challenge in its section's page, its designs measured, and the mistakes of who places it. */
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabases } from '../../running/cells/execute/execute.ts';
import { challenges } from './plugin.ts';
import type { ShownChallenge } from './prepare.ts';

afterAll(closeDatabases);

const SECTION = 'content/lecture/1-the-problem/1.1-the-product-catalog-challenge.mdx';
const PLACED = '<Challenge id="x-catalog-design" />';

async function page(source: string, file = SECTION): Promise<string> {
  const { code } = await mdxToJs(source, {
    mdastPlugins: [challenges],
    fileURL: pathToFileURL(file),
  });
  return code;
}

describe('a challenge on its page', () => {
  it(
    'carries every stage with its cell, and what the designs cost',
    { timeout: 180_000 },
    async () => {
      const code = await page(`Before.\n\n${PLACED}\n\nBehind.`);
      const [, data] = /CourseChallenge, \{\s*data: ("(?:[^"\\]|\\.)*")/.exec(code)!;
      const shown = JSON.parse(JSON.parse(data!) as string) as ShownChallenge;
      expect(shown.lasting).toBe('1.1.x-catalog-design');
      expect(shown.stages.map(({ id }) => id)).toContain('x-catalog-design-toys');
      for (const { id, start } of shown.stages) {
        expect(start.within).toBe(id);
        expect(start.cell.session).toBe('x-catalog-design');
      }
      expect(shown.designs.map(({ head }) => head)).toEqual(['A', 'B', 'C', 'D', 'JSONB']);
      expect(shown.designs.map(({ hidden }) => hidden)).toEqual([false, false, false, false, true]);
      for (const { stages } of shown.designs) expect(stages).toHaveLength(shown.stages.length);
      expect(code, 'checks are not in the page').not.toContain('dark olive');
    },
  );

  it('has to be placed by its section', async () => {
    await expect(page('Text.')).rejects.toThrow(
      /x-catalog-design\.yaml:\d+: section 1\.1 does not show it\. Write <Challenge id="x-catalog-design" \/> there\./,
    );
  });

  it('that is not there is told with the place', async () => {
    await expect(page(`${PLACED}\n\n<Challenge id="x-other" />`)).rejects.toThrow(
      `${SECTION}:3: no challenge "x-other" in content/challenges/ belongs to section 1.1. There are: x-catalog-design.`,
    );
  });

  it('costs a page without one nothing', async () => {
    expect(await page('Text.', SECTION.replace('1.1-', '1.4-'))).not.toContain('CourseChallenge');
  });
});
