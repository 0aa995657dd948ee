/**
 * What one run did, no later run may see. Every way to tamper that the engines know of is tried on what the site
 * ships, in a real browser: the next cell has to print what it prints on a page where nobody tampered, and so does
 * whatever judges a reader's code in the very session that was tampered with.
 */
import type { Page } from '@playwright/test';
import type { EngineName } from '../src/engines/engine.ts';
import { ENDLESS } from '../src/engines/documents/tampering.ts';
import { TAMPERING } from '../src/engines/tampering.ts';
import { expect, runSteps, scriptOf, test } from './isolation/published.ts';

interface Part {
  code: string;
  /** Whether it begins anew, as a cell does that is no continuation of the one before. */
  anew: boolean;
  judge?: boolean;
}

/** Runs scripts in the page's one session of an engine. @returns what the last one printed. */
async function run(page: Page, engine: EngineName, parts: readonly Part[]): Promise<unknown[]> {
  const steps = parts.map(({ code, anew, judge }) => ({
    script: { ...scriptOf(code), ...(judge && { judge }) },
    ...(anew && { from: { dataset: null } }),
  }));
  const { outputs, failed } = (await runSteps(page, engine, steps)).at(-1)!;
  // A worker may be ended for what was done in it; the next run begins anew.
  const printed: unknown[] = outputs.map((output) => ({ ...output, origin: undefined }));
  return failed === null ? printed : [...printed, failed];
}

const engines = ['documents', 'sqlite', 'postgres'] as const;

test('there are ways to tamper with each engine, all named differently', () => {
  for (const engine of engines) {
    const names = TAMPERING.filter((one) => one.engine === engine).map(({ name }) => name);
    expect(names.length, engine).toBeGreaterThanOrEqual(10);
    expect(new Set(names).size, engine).toBe(names.length);
  }
  expect(TAMPERING.length).toBeGreaterThanOrEqual(60);
});

for (const engine of engines) {
  test(`${engine}: the next cell prints what it would if nobody had tampered`, async ({ page }) => {
    test.setTimeout(240_000);
    const fresh = new Map<string, unknown[]>();
    for (const { engine: of, name, tamper, probe } of TAMPERING) {
      if (of !== engine) continue;
      const untouched =
        fresh.get(probe) ?? (await run(page, engine, [{ code: probe, anew: true }]));
      fresh.set(probe, untouched);
      expect(untouched, name).not.toEqual([]);
      const after = await run(page, engine, [
        { code: tamper, anew: true },
        { code: probe, anew: true },
      ]);
      expect.soft(after, name).toEqual(untouched);
    }
  });
}

test('documents: what judges a program is told what it would be if nobody had tampered', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const ways = TAMPERING.filter(({ engine }) => engine === 'documents');
  const probe = ways[0]!.probe;
  const untouched = await run(page, 'documents', [{ code: probe, anew: true, judge: true }]);
  expect(untouched.length).toBeGreaterThan(15);
  for (const { name, tamper } of ways) {
    const judged = await run(page, 'documents', [
      { code: tamper, anew: true },
      { code: probe, anew: false, judge: true },
    ]);
    expect.soft(judged, name).toEqual(untouched);
  }
});

test('documents: a program that goes on for ever runs until it is stopped, and leaves nothing behind', async ({
  page,
}) => {
  const untouched = await run(page, 'documents', [{ code: ENDLESS[0]!.probe, anew: true }]);
  for (const { name, tamper, probe } of ENDLESS) {
    const stopped = await page.evaluate(async (code) => {
      const session = globalThis.session!;
      const running = session.run({ files: [{ name: 'script', code }] }).then(
        () => 'it ended',
        (error: unknown) => (error as Error).name,
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      session.stop();
      return running;
    }, tamper);
    expect.soft(stopped, name).toBe('RunStopped');
    expect
      .soft(await run(page, 'documents', [{ code: probe, anew: true }]), name)
      .toEqual(untouched);
  }
});

test('documents: promises are waited for, and what nobody handles is told to nobody but the reader', async ({
  page,
}) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  const code = `
const f = async () => { await sleep(5); return 'slept' }
const n = await f()
n
f()
Promise.reject(new Error('nobody handles this')); 2
const p = Promise.reject(new Error('somebody does')); p.catch((e) => print(e.message)); 3
for await (const x of [Promise.resolve(4)]) print(x)
new Promise(() => {})
setTimeout(() => print('late'), 1e6); 5`;
  const printed = await run(page, 'documents', [{ code, anew: true }]);
  const words = printed.map((output) => {
    const { text, message } = output as { text?: string; message?: string };
    return text ?? message;
  });
  expect(words).toEqual([
    'slept',
    'slept',
    '2',
    'nobody handles this',
    'somebody does',
    '3',
    '4',
    expect.stringContaining('nothing is left to settle'),
    '5',
    'late',
  ]);
  expect(said).toEqual([]);
});

test('documents: brackets, three thousand in one another, are an error or an answer', async ({
  page,
}) => {
  for (const [open, close] of [
    ['[', ']'],
    ['(', ')'],
    ['{a:', '}'],
    ['f(', ')'],
    ['!', ''],
    ['[...', ']'],
  ] as const) {
    const nested = `${open.repeat(3000)}1${close.repeat(3000)}`;
    const code = `const f = (x) => x; 0\nvar x = ${nested}\ndb.deep.insertOne({ x })\nprint('on')`;
    const printed = await run(page, 'documents', [{ code, anew: true }]);
    expect(printed.at(-1), open).toMatchObject({ text: 'on' });
  }
});
