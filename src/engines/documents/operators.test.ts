import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Assets, Output } from '../engine.ts';
import { everyOperator, notSaidByADatabase, textsOf } from './script-list.ts';
import { engine } from './index.ts';

const NO_ASSETS: Assets = {
  bytes: () => Promise.reject(new Error('the document store needs no files')),
  module: () => Promise.reject(new Error('the document store needs no files')),
};
const lists = everyOperator(readFileSync('src/engines/documents/OPERATORS.md', 'utf8'));

it('the reference has more than two hundred operators', () => {
  expect(lists.flatMap(({ names }) => names).length).toBeGreaterThan(200);
});

it.each(lists)(
  'answers in words of its own, whatever is given: $what',
  async ({ names, scripts }) => {
    const database = await engine.open(NO_ASSETS);
    for (const [at, code] of scripts.entries()) {
      const outputs: Output[] = [];
      await database.run({ files: [{ name: 'all.js', code }] }, (output) => outputs.push(output));
      const texts = textsOf(outputs);
      expect.soft(texts.length, names[at]).toBeGreaterThanOrEqual(19);
      expect.soft(notSaidByADatabase(names[at]!, texts), names[at]).toEqual([]);
    }
    await database.close();
  },
);
