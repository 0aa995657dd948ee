/** An engine that the course does not have, published by a list with one more, runs in a browser as the others do. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ENGINES } from '../src/engines/descriptors.ts';
import type { EngineName, Output } from '../src/engines/engine.ts';
import { reversal } from '../src/engines/testing/reversal/descriptor.ts';
import type { Runner } from '../src/running/runner/client.ts';
import { openSite, type Site } from './isolation/site.ts';

declare global {
  var runner: Runner;
}

let site: Site;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  const root = path.resolve(import.meta.dirname, '..');
  site = await openSite(root, 'as published', [...ENGINES, reversal]);
});
test.afterAll(() => site.close());

test('one more engine answers in a worker, begins with a dataset and lives as its descriptor says @once', async ({
  page,
}) => {
  await page.goto(site.address);
  await page.waitForFunction(() => 'runner' in globalThis);
  const printed = await page.evaluate(
    async (engine) => {
      const session = runner.session(engine);
      const outputs: Output[] = [];
      const run = (code: string) =>
        session.run(
          { files: [{ name: 'words.reversal', code }] },
          {
            onOutput: (output) => outputs.push(output),
            start: () => ({ dataset: { name: 'toys.reversal', code: 'keep kite' } }),
          },
        );
      await run('keep teapot\nkept');
      await run('kept\nturn lamp');
      return outputs.map((output) => {
        if (output.kind === 'text') return output.text;
        return output.kind === 'error' ? output.message : output.kind;
      });
    },
    reversal.name as unknown as EngineName,
  );
  expect(printed).toEqual(['command', 'etik\ntopaet', 'etik', 'turn is no word']);

  const manifest = site.manifest as Record<string, (typeof site.manifest)['redis']>;
  expect(manifest['reversal']).toMatchObject({
    title: 'Reversal 1',
    runs: { atOnce: 4, changesHands: true, programs: false },
  });
  const { worker, parts } = manifest['reversal']!;
  const fetched = () => site.requests.filter((one) => one.startsWith('/_engines/'));
  expect(fetched()).toEqual([worker.url]);

  // What of it is rare comes when it is needed, and is one with the rest.
  const shouted = await page.evaluate(
    async (engine) => {
      const outputs: Output[] = [];
      const files = [{ name: 'words.reversal', code: 'shout lamp\nshout 1' }];
      const session = runner.session(engine);
      await session.run({ files }, { onOutput: (output) => outputs.push(output) });
      await session.run({ files });
      return outputs.map((output) => ('text' in output ? output.text : output.kind));
    },
    reversal.name as unknown as EngineName,
  );
  expect(shouted).toEqual(['PMAL', 'error']);
  expect(fetched()).toEqual([worker.url, parts['shouting']!.url]);
});
