/** The steps a build consists of, in order. This is the one place that lists them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';
import { readCourse } from '../../src/foundation/course/pages.ts';
import { collectPermalinks } from '../../src/sharing/permalinks/collect.ts';
import { compareLedger, LEDGER, readLedger } from '../../src/sharing/permalinks/ledger.ts';
import { checkLinks } from './links/check.ts';
import type { BuildTarget } from './inputs.ts';
import { pageSources } from './lecture-pages.ts';
import { publishedLinks } from './published-links.ts';
import { runNode } from '../process/subprocess.ts';

/** One step of a build. */
export interface BuildStep {
  name: string;
  /**
   * @param root the checkout
   * @returns what to say about it in a few words, if anything
   * @throws BuildFailure if the site cannot be built like this
   */
  run(root: string, target: BuildTarget): Promise<string | undefined>;
}

/** A step that failed: what it said, and what to do about it. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  readonly remedy: string;

  /**
   * @param message what is wrong, with file and line where there are any
   * @param remedy what to do
   */
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/**
 * Takes a step.
 *
 * @throws BuildFailure also for an author's mistake that the step did not expect: the place says more
 * than the stack.
 */
export async function takeStep(
  step: BuildStep,
  root: string,
  target: BuildTarget,
): Promise<string | undefined> {
  try {
    return await step.run(root, target);
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    throw new BuildFailure(
      error.message,
      'The line above names file, line and what would be right.',
    );
  }
}

/** Every rule about content, the same that `npm run check` and `npm run dev` have. */
const content: BuildStep = {
  name: 'check content',
  async run(root) {
    // Loaded only here: with nothing to build, the engines are not needed.
    const { checkCourse, lineOfMistake } = await import('../../src/site/rules/check.ts');
    const { profileCourse } = await import('../../src/site/first-half/workloads.ts');
    const [mistakes] = await Promise.all([
      checkCourse(undefined, courseRoot(root)),
      // Meanwhile, for the pages: what is executed for them besides takes as long. A mistake is told once.
      profileCourse().catch(() => undefined),
    ]);
    if (mistakes.length > 0)
      throw new BuildFailure(
        mistakes.map(lineOfMistake).join('\n'),
        'Each line above names file, line and what would be right; npm run check looks again.',
      );
    return `${readCourse(courseRoot(root)).pages.length} pages, all their cells, questions and exercises`;
  },
};

/**
 * A new id stops only a build that says where it will be published: until then its author may still choose another.
 * Ids that are lost or lead elsewhere stop any, as the rules say.
 */
const permalinks: BuildStep = {
  name: 'check permalinks',
  run(root, { site }) {
    const { added } = compareLedger(
      readLedger(courseRoot(root)),
      collectPermalinks(courseRoot(root)),
    );
    if (added.length > 0 && site !== undefined)
      throw new BuildFailure(
        `${LEDGER}: not recorded yet: ${added.join(', ')}.`,
        'What is published lasts. Record it and commit the ledger: npm run permalinks',
      );
    return Promise.resolve(
      added.length > 0 ? `${added.length} not recorded yet: npm run permalinks` : undefined,
    );
  },
};

const pages: BuildStep = {
  name: 'build pages',
  async run(root, { base, outDir, site }) {
    const { code, output } = await runNode(root, ['node_modules/astro/bin/astro.mjs', 'build'], {
      BASE: base,
      OUT_DIR: `./${outDir}`,
      ...(site ? { SITE: site } : {}),
    });
    if (code !== 0 || !existsSync(join(root, outDir, 'index.html')))
      throw new BuildFailure(
        lastLines(output, 60),
        'The last lines above name the file. If they make no sense, clear the caches: rm -rf .cache .astro node_modules/.astro',
      );
    const count = /(\d+) page\(s\) built/.exec(output)?.[1];
    return count && `${count} pages`;
  },
};

/** Last, because it reads what the others wrote. `npm test` has it as a check of its own. */
export const linksStep: BuildStep = {
  name: 'check links',
  run(root, { base, outDir }) {
    const { problems, summary } = checkLinks({
      folder: join(root, outDir),
      base,
      sources: pageSources(courseRoot(root)),
      permalinks: publishedLinks(courseRoot(root)),
    });
    if (problems.length > 0)
      throw new BuildFailure(problems.join('\n'), 'Mend the links in the pages named above.');
    return Promise.resolve(summary);
  },
};

export const BUILD_STEPS: readonly BuildStep[] = [content, permalinks, pages, linksStep];

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
