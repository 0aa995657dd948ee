/**
 * What is tested is what is shipped. Bundled and minified, and in a browser, the document store prints what its sources
 * print. The engines that evaluate no program are held to their lists in threads of Node (`openPublished`).
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  BEHAVIOR,
  everyOperator,
  notSaidByADatabase,
  textsOf,
  type Scripts,
} from '../src/engines/documents/script-list.ts';
import { engine } from '../src/engines/documents/index.ts';
import type { Assets, Output } from '../src/engines/engine.ts';
import { expect, runSteps, scriptOf, test } from './isolation/published.ts';

const NO_ASSETS: Assets = {
  bytes: () => Promise.reject(new Error('the document store needs no files')),
  module: () => Promise.reject(new Error('the document store needs no files')),
};

/** What the sources print, for each script. */
async function printedHere({ scripts }: Scripts): Promise<Output[][]> {
  const database = await engine.open(NO_ASSETS);
  const printed: Output[][] = [];
  for (const code of scripts) {
    const outputs: Output[] = [];
    await database.run(scriptOf(code), (output) => outputs.push(output));
    printed.push(outputs);
  }
  return printed;
}

/** What the shipped store prints. */
async function printedThere(page: Page, lists: readonly Scripts[]): Promise<Output[][][]> {
  const steps = lists.flatMap(({ scripts }) =>
    scripts.map((code, index) => ({
      script: scriptOf(code),
      ...(index === 0 && { from: { dataset: null } }),
    })),
  );
  const ran = await runSteps(page, 'documents', steps);
  expect(ran.flatMap(({ failed }) => failed ?? [])).toEqual([]);
  let from = 0;
  return lists.map(({ scripts }) =>
    ran.slice(from, (from += scripts.length)).map(({ outputs }) => outputs),
  );
}

/** A sine has its last digits from whichever build of the JavaScript engine it is. */
const rounded = (printed: Output[][]): unknown =>
  printed.map((outputs) =>
    outputs.map((output) =>
      output.kind === 'text'
        ? {
            ...output,
            text: output.text.replace(/\d+\.\d{12,}/g, (digits) => Number(digits).toPrecision(14)),
          }
        : output,
    ),
  );

async function expectTheSame(page: Page, lists: readonly Scripts[]): Promise<Output[][][]> {
  const there = await printedThere(page, lists);
  for (const [index, list] of lists.entries())
    expect.soft(rounded(there[index]!), list.what).toEqual(rounded(await printedHere(list)));
  return there;
}

test('the document store does what its lists say', async ({ page }) => {
  test.setTimeout(180_000);
  expect(BEHAVIOR.flatMap(({ scripts }) => scripts).length).toBeGreaterThan(180);
  await expectTheSame(page, BEHAVIOR);
});

test('every operator of its reference answers whatever it is given', async ({ page }) => {
  test.setTimeout(180_000);
  // The sources are given all of it (`operators.test.ts`).
  const lists = everyOperator(readFileSync('src/engines/documents/OPERATORS.md', 'utf8'), 4);
  expect(lists.flatMap(({ names }) => names).length).toBeGreaterThan(200);
  const printed = await expectTheSame(page, lists);
  for (const [index, { what, names }] of lists.entries())
    for (const [at, name] of names.entries()) {
      const texts = textsOf(printed[index]![at]!);
      expect.soft(texts.length, `${what}: ${name}`).toBeGreaterThanOrEqual(4);
      expect.soft(notSaidByADatabase(name, texts), `${what}: ${name}`).toEqual([]);
    }
});

test('the example of its README prints what stands there', async ({ page }) => {
  const readme = readFileSync('src/engines/documents/README.md', 'utf8');
  const [, script, shown] = /```mongosh\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/.exec(readme)!;
  const example = { what: 'README', scripts: [script!] };
  const [[outputs]] = (await expectTheSame(page, [example])) as [[Output[]]];
  expect(`${textsOf(outputs).join('\n')}\n`).toBe(shown);
});

test('what is rare comes when a script names it, and one that makes the name up is told to write it', async ({
  page,
}) => {
  const stage = '{ sortBy: { _id: 1 }, output: { n: { $documentNumber: {} } } }';
  const asks = `db.docs.aggregate([{ ['$set' + 'WindowFields']: ${stage} }]).toArray().length`;
  const step = (code: string, from?: { dataset: null }) => ({
    script: scriptOf(code),
    ...(from && { from }),
  });
  const ran = await runSteps(page, 'documents', [
    step(`db.docs.insertOne({ _id: 1 }).acknowledged; ${asks}`, { dataset: null }),
    step(`${asks} // $setWindowFields`),
  ]);
  expect(ran.map(({ outputs }) => textsOf(outputs))).toEqual([
    [
      'MongoshUnimplementedError: $setWindowFields is loaded when a script names it, and this one makes the name up. Write it out, in a comment if need be: // $setWindowFields',
    ],
    ['1'],
  ]);
});
