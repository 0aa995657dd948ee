/**
 * Half-typed, mistyped, pasted and foreign input into what the site ships. Nothing may break off or hang, and what is
 * answered is the database's own or a clear sentence. `npm run judge -- typing` does the same with as many as one likes.
 */
import { seeded } from '../scripts/judge/redis/random.ts';
import { expect, test } from './isolation/published.ts';
import { corpusOf } from './rough-typing/corpus.ts';
import { descriptorOf } from '../src/engines/descriptors.ts';
import { roughInput } from './rough-typing/inputs.ts';
import { type } from './rough-typing/typist.ts';

const INPUTS = 500;
const BATCH = 50;

for (const engine of ['postgres', 'sqlite', 'documents', 'redis'] as const) {
  test(`${engine} answers whatever is typed: ${INPUTS} inputs`, async ({ page }) => {
    test.setTimeout(300_000);
    const corpus = corpusOf(engine);
    expect(corpus.own.length).toBeGreaterThan(20);
    const random = seeded(1);
    for (let typed = 0; typed < INPUTS; typed += BATCH) {
      const inputs = Array.from({ length: BATCH }, () => roughInput(corpus, random));
      const { findings } = await type(page, engine, inputs, descriptorOf(engine).runs.programs);
      expect(findings).toEqual([]);
    }
  });
}

test('a number at the end of what is typed is read as any other', async ({ page }) => {
  const { findings } = await type(page, 'documents', ['let x = 5', '2 + 2', 'x', '0x1F'], true);
  expect(findings).toEqual([]);
});
