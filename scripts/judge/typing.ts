/**
 * Types rough inputs into the engines as they are shipped, in a headless browser.
 *
 *     npm run judge -- typing --inputs 100000 --seed 1 [--engine documents]
 *
 * Prints what breaks off, hangs or answers with words of the machinery, how many loops had to be stopped, and the
 * longest that the page could not react. Ends with 1 if there was any finding.
 */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { openRunner } from '../../e2e/isolation/published.ts';
import { openSite } from '../../e2e/isolation/site.ts';
import { corpusOf } from '../../e2e/rough-typing/corpus.ts';
import { roughInput } from '../../e2e/rough-typing/inputs.ts';
import { type, type Finding } from '../../e2e/rough-typing/typist.ts';
import { descriptorOf, ENGINE_NAMES, type EngineName } from '../../src/engines/descriptors.ts';
import { browserArgs, findHeadlessBrowser } from '../browser/find.ts';
import { command, ROOT } from '../process/command.ts';
import { seeded } from './redis/random.ts';

const BATCH = 100;

await command(async () => {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      engine: { type: 'string' },
    },
  });
  const engines = ENGINE_NAMES.filter(
    (name) => values.engine === undefined || values.engine === name,
  );
  if (engines.length === 0) throw new Error(`--engine is one of ${ENGINE_NAMES.join(', ')}.`);
  const site = await openSite(ROOT, 'as published');
  const browser = await chromium.launch({
    executablePath: await findHeadlessBrowser(),
    args: browserArgs,
  });
  let found = 0;
  try {
    for (const engine of engines) found += await fuzz(engine);
  } finally {
    await browser.close();
    await site.close();
  }
  return found === 0;

  async function fuzz(engine: EngineName): Promise<number> {
    const page = await browser.newPage();
    await openRunner(page, site);
    const corpus = corpusOf(engine);
    const random = seeded(Number(values.seed));
    const findings: Finding[] = [];
    let stopped = 0;
    let longestGap = 0;
    let typed = 0;
    for (; typed < Number(values.inputs); typed += BATCH) {
      const inputs = Array.from({ length: BATCH }, () => roughInput(corpus, random));
      const result = await type(page, engine, inputs, descriptorOf(engine).runs.programs);
      stopped += result.stopped;
      longestGap = Math.max(longestGap, result.longestGap);
      if ((typed + BATCH) % 10_000 === 0) console.log(`${engine}: ${typed + BATCH} inputs so far`);
      for (const finding of result.findings) {
        findings.push(finding);
        if (findings.length <= 20)
          console.log(
            `${engine}: ${finding.what}\n  ${JSON.stringify(finding.input.slice(0, 400))}`,
          );
      }
    }
    console.log(
      `${engine}: ${typed} inputs, seed ${values.seed}: ${findings.length} findings, ${stopped} loops stopped, longest gap ${Math.round(longestGap)} ms`,
    );
    await page.close();
    return findings.length;
  }
});
