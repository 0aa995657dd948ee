/**
 * The frame that engines run in may be ended by a browser that runs out of memory, and led elsewhere by whoever embeds
 * the page. A page notices, says so, and the next Run works without a reload.
 */
import type { Page } from '@playwright/test';
import type { EngineName } from '../src/engines/engine.ts';
import { expect, runSteps, scriptOf, test } from './isolation/published.ts';

/** Runs a script in the page's session. @returns what it printed, and why it failed if it did. */
async function run(page: Page, engine: EngineName, code: string): Promise<string[]> {
  const [ran] = await runSteps(page, engine, [{ script: scriptOf(code) }]);
  const said = ran!.outputs.flatMap((output) => {
    if (output.kind === 'text') return [output.text];
    if (output.kind === 'table') return [String(output.rows[0])];
    if (output.kind === 'error') return [`${output.severity}: ${output.message}`];
    return output.kind === 'transcript' ? [output.reply] : [];
  });
  return ran!.failed === null ? said : [...said, ran!.failed];
}

const WAYS = {
  'is taken away': () => document.querySelector('iframe')!.remove(),
  'is led elsewhere': () =>
    void (document.querySelector('iframe')!.srcdoc = 'Sign in to the Wi-Fi'),
};

for (const [what, doing] of Object.entries(WAYS)) {
  test(`a frame that ${what} while nothing runs is replaced by the next run`, async ({ page }) => {
    expect(await run(page, 'sqlite', 'SELECT 1')).toEqual(['1']);
    await page.evaluate(doing);
    expect(await run(page, 'sqlite', 'SELECT 2')).toEqual(['2']);
    await expect(page.locator('iframe')).toHaveCount(1);
    expect(await run(page, 'documents', '3')).toEqual(['3']);
  });

  test(`a frame that ${what} while something runs ends the run, says why, and the next one works`, async ({
    page,
  }) => {
    await run(page, 'documents', 'kept = 1');
    const running = run(page, 'documents', `print('begun'); for (;;);`);
    await page.waitForTimeout(500);
    await page.evaluate(doing);
    const said = await running;
    expect(said.at(-1)).toMatch(
      /^EngineCrashed: Document store .* broke off \((the browser ended|another page led) the frame that it ran in/,
    );
    expect(await run(page, 'documents', 'typeof kept')).toEqual(['undefined']);
  });
}

/** What would take all memory there is, by engine, and how each says that it may not. */
const GREEDY: readonly (readonly [EngineName, string, RegExp])[] = [
  ['documents', 'const a = []; for (;;) a.push(new Array(1e6).fill(1.5))', /more than 512 MB/],
  [
    'postgres',
    `SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 3000)`,
    /out of memory|string buffer exceeds/,
  ],
  [
    'postgres',
    `SELECT cardinality(array_agg(repeat('x', 100000) || i)) FROM generate_series(1, 100000) AS i`,
    /out of memory|memory/,
  ],
  [
    'sqlite',
    `CREATE TABLE t (b BLOB); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
     INSERT INTO t SELECT randomblob(100000) FROM n`,
    /out of memory|full/,
  ],
];

for (const [engine, code, says] of GREEDY) {
  test(`${engine} says that memory is out, and the page lives: ${code.slice(0, 60)}`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    expect((await run(page, engine, code)).join(' ')).toMatch(says);
    const one = engine === 'documents' ? '1' : 'SELECT 1';
    expect(await run(page, engine, one)).toEqual(['1']);
  });
}
