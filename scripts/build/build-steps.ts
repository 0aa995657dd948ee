/** The steps a build consists of, in order. This is the one place that lists them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { readCourse } from '../../src/foundation/course/pages.ts';
import { mistakesInComponents } from '../../src/lecture/markdown/component-use.ts';
import { collectPermalinks } from '../../src/sharing/permalinks/collect.ts';
import { destinations } from '../../src/sharing/permalinks/destinations.ts';
import {
  compareLedger,
  LEDGER,
  problemsOf,
  readLedger,
} from '../../src/sharing/permalinks/ledger.ts';
import { readReference, referenceCells } from '../../src/lecture/reference/read.ts';
import { checkLinks } from './links/check.ts';
import type { BuildTarget } from './inputs.ts';
import { pageSources } from './lecture-pages.ts';
import { publishedLinks } from './published-links.ts';
import { runNode } from '../process/subprocess.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';
import { readSettings } from '../../src/foundation/course/settings.ts';
import { colorStyles } from '../../src/site/colors.ts';

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

const course: BuildStep = {
  name: 'check course',
  run(root) {
    const settings = readSettings(courseRoot(root));
    colorStyles(settings);
    return Promise.resolve(settings.title);
  },
};

const diagrams: BuildStep = {
  name: 'check diagrams',
  async run(root) {
    const { code, output } = await runNode(root, ['scripts/author/diagrams.ts', '--check']);
    if (code !== 0)
      throw new BuildFailure(output, 'Draw what is missing or stale: npm run diagrams');
    return undefined;
  },
};

/**
 * An id that is lost or leads elsewhere stops any build. A new one stops only a build that says where
 * it will be published: until then its author may still choose another.
 */
const permalinks: BuildStep = {
  name: 'check permalinks',
  run(root, { site }) {
    const { added, ...rest } = compareLedger(
      readLedger(courseRoot(root)),
      collectPermalinks(courseRoot(root)),
    );
    const problems = problemsOf({ added, ...rest });
    if (problems.length > 0)
      throw new BuildFailure(
        problems.join('\n'),
        `Links to these ids are out in the world. (One that never was published may simply leave ${LEDGER}.)`,
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

const components: BuildStep = {
  name: 'check components',
  run(root) {
    const mistakes = readCourse(courseRoot(root)).pages.flatMap(({ source, file }) =>
      mistakesInComponents(source, file, courseRoot(root)),
    );
    if (mistakes.length > 0)
      throw new BuildFailure(
        mistakes.map(({ message }) => message).join('\n'),
        'Each line above names file, line and what would be right.',
      );
    return Promise.resolve(undefined);
  },
};

const cells: BuildStep = {
  name: 'execute cells',
  async run(root) {
    // Loaded only here: with nothing to build, the engines are not needed.
    const { executeAll } = await import('../../src/running/cells/execute/execute-all.ts');
    const { cells, cached, errors } = await executeAll([
      referenceCells(readReference(courseRoot(root))),
    ]);
    if (errors.length > 0)
      throw new BuildFailure(
        errors.map(({ message }) => message).join('\n'),
        'Each line above names file, line and what would be right.',
      );
    return `${cells} cells, ${cells - cached} executed, ${cached} known`;
  },
};

const exercises: BuildStep = {
  name: 'execute exercises',
  async run(root) {
    const { executeExercises } = await import('../../src/practice/exercises/execute.ts');
    const { closeDatabases } = await import('../../src/running/cells/execute/execute.ts');
    const { exercises, errors } = await executeExercises(courseRoot(root));
    await closeDatabases();
    if (errors.length > 0)
      throw new BuildFailure(
        errors.map(({ message }) => message).join('\n'),
        'Each line above names file, line and what would be right; npm run exercises looks again.',
      );
    return `${exercises} exercises, their starts and solutions executed`;
  },
};

const challenges: BuildStep = {
  name: 'execute challenges',
  async run(root) {
    const { readChallenges } = await import('../../src/practice/challenge/read.ts');
    const { measuredDesigns } = await import('../../src/practice/challenge/execute.ts');
    try {
      let designs = 0;
      for (const placed of readChallenges(courseRoot(root)))
        designs += (await measuredDesigns(placed)).length;
      return `${designs} designs measured`;
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      throw new BuildFailure(
        error.message,
        'The line above names file and line; npm run challenge looks again.',
      );
    }
  },
};

const questions: BuildStep = {
  name: 'check questions',
  async run(root) {
    const { checkQuestions } = await import('../../src/practice/quiz/check.ts');
    const { closeDatabases } = await import('../../src/running/cells/execute/execute.ts');
    const report = await checkQuestions(
      () => destinations(courseRoot(root)),
      undefined,
      courseRoot(root),
    );
    await closeDatabases();
    if (report.errors.length > 0)
      throw new BuildFailure(
        report.errors.map(({ message }) => message).join('\n'),
        'Each line above names file, question and what would be right; npm run questions looks again.',
      );
    return `${report.questions.length} questions, ${report.answers.size} predictions executed`;
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

export const BUILD_STEPS: readonly BuildStep[] = [
  course,
  diagrams,
  permalinks,
  components,
  cells,
  exercises,
  challenges,
  questions,
  pages,
  linksStep,
];

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
