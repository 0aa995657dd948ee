/** Every check of `npm test`, in the order of the summary. This is the one place that lists them. */
import { join } from 'node:path';
import {
  BUILD_STEPS,
  BuildFailure,
  linksStep,
  takeStep,
  type BuildStep,
} from '../build/build-steps.ts';
import { targetFor } from '../build/build.ts';
import { siteBudgets } from './budgets/site-budgets.ts';
import { BuiltSite } from '../build/built-site/site.ts';
import { ROOT } from '../process/command.ts';
import { forgetBuild, hashInputs, noteBuild, type BuildTarget } from '../build/inputs.ts';
import { seconds } from '../process/progress.ts';
import type { Check, Outcome } from './schedule.ts';
import { runNode } from '../process/subprocess.ts';

const root = targetFor('/');
/** A base as a course in a sub-folder of a host has it: what works at / may fail here. */
const subPath = targetFor('/course/');

/** A course that has nothing of the lecture: what works for one only fails here. */
const OTHER = 'fixtures/course';

/** What reads the types that a build writes. */
const READ_TYPES = ['types (astro)', 'types', 'lint'];

const packageBin = (path: string) => join('node_modules', path);

export const CHECKS: readonly Check[] = [
  program(
    'types (astro)',
    [packageBin('astro/bin/astro.mjs'), 'check', '--minimumSeverity', 'error'],
    {
      remedy: 'Mend the types at the places named above; npx astro check shows them again.',
    },
  ),
  program('types', [packageBin('typescript/bin/tsc'), '--noEmit', '-p', '.'], {
    // Astro writes the types of content and virtual modules first.
    needs: ['types (astro)'],
    remedy: 'Mend the types at the places named above; npx tsc --noEmit shows them again.',
  }),
  program('lint', [packageBin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'], {
    remedy: 'npx eslint --fix . mends what can be mended by itself; the rest is named above.',
  }),
  program('format', [packageBin('prettier/bin/prettier.cjs'), '--check', '.'], {
    remedy: 'npm run format writes them as they should be.',
  }),
  program('unit tests', [packageBin('vitest/vitest.mjs'), 'run', '--reporter=dot'], {
    // Much of it waits: for a program that starts, for a script that has to be stopped. Builds take what is left.
    remedy: 'The tests above say what behaves otherwise; npm run unit -- <file> runs one again.',
  }),
  program('diagrams', ['scripts/author/diagrams.ts', '--check'], {
    remedy: 'npm run diagrams draws what is missing or stale; commit what it writes.',
  }),
  program('permalinks', ['scripts/author/permalinks.ts', '--check'], {
    remedy:
      'New ids are recorded by npm run permalinks; commit the ledger. Old ones keep their promise as the lines above say.',
  }),
  {
    name: 'build',
    cores: 1,
    needs: ['diagrams'],
    after: READ_TYPES,
    remedy: 'npm run build shows it again.',
    run: () => built(root),
  },
  {
    name: 'links',
    cores: 1,
    needs: ['build'],
    remedy: 'Mend the links in the files named above; npx node scripts/check/links.ts looks again.',
    run: () => step(linksStep, root),
  },
  {
    name: 'budgets',
    cores: 1,
    needs: ['build'],
    remedy:
      'Make the page lighter (the table says where its bytes are), or change budgets.json and say why in the commit.',
    run: () =>
      Promise.resolve(siteBudgets(ROOT, new BuiltSite(join(ROOT, root.outDir), root.base))),
  },
  program('coverage', ['scripts/check/coverage.ts'], {
    needs: ['build'],
    remedy: 'Each line above names what the lecture’s notes hold and the place that lost it.',
  }),
  program('transfer', ['scripts/check/measure-transfer.ts'], {
    needs: ['build'],
    remedy:
      'Make what Run or Edit loads lighter, or change budgets.json and say why in the commit.',
  }),
  {
    name: 'build (sub-path)',
    cores: 1,
    // Also because the two share Astro's caches.
    needs: ['build'],
    remedy: `npm run build -- --base ${subPath.base} shows it again.`,
    run: () => built(subPath),
  },
  {
    name: 'links (sub-path)',
    cores: 1,
    needs: ['build (sub-path)'],
    remedy: `Links have to go through the base; npx node scripts/check/links.ts ${subPath.outDir} --base ${subPath.base} looks again.`,
    run: () => step(linksStep, subPath),
  },
  program(
    'build (other course)',
    ['scripts/build/build.ts', '--content', OTHER, '--out', 'dist-fixture'],
    {
      // As above.
      needs: ['build (sub-path)'],
      remedy: `npm run build -- --content ${OTHER} --out dist-fixture shows it again.`,
    },
  ),
  program('end to end', [packageBin('@playwright/test/cli.js'), 'test'], {
    needs: ['build', 'build (other course)'],
    cores: 2,
    remedy:
      'TRACE=1 npm run e2e -- <file> runs one journey again; npx playwright show-trace <trace.zip it names> replays it.',
  }),
];

/** A check that is a program: it passes if the program ends with 0. */
function program(
  name: string,
  args: string[],
  { remedy, cores = 1, needs = [] }: { remedy: string; cores?: number; needs?: string[] },
): Check {
  return {
    name,
    cores,
    needs,
    remedy,
    async run() {
      const { code, output } = await runNode(ROOT, args);
      return { passed: code === 0, output };
    },
  };
}

/** The steps of a build but those that are checks of their own. */
async function built(target: BuildTarget): Promise<Outcome> {
  const hash = await hashInputs(ROOT, target);
  await forgetBuild(ROOT, target);
  const lines: string[] = [];
  for (const one of BUILD_STEPS) {
    if (one === linksStep || ['check diagrams', 'check permalinks'].includes(one.name)) continue;
    const started = performance.now();
    const { passed, output } = await step(one, target);
    lines.push(`${one.name}: ${seconds(performance.now() - started)}`, output);
    if (!passed) return { passed, output: lines.join('\n') };
  }
  await noteBuild(ROOT, target, hash);
  return { passed: true, output: lines.join('\n') };
}

async function step(one: BuildStep, target: BuildTarget): Promise<Outcome> {
  try {
    return { passed: true, output: (await takeStep(one, ROOT, target)) ?? '' };
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    return { passed: false, output: `${error.message.trim()}\n${error.remedy}` };
  }
}
