/**
 * Code that does not do what an exercise asks, and tampers with whatever judges it: on what the site ships, in a real
 * browser. No check that fails becomes one that holds.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { LANGUAGES } from '../src/running/cells/fence/fence.ts';
import type { EngineName, ScriptFile } from '../src/engines/engine.ts';
import { checkExercise, type Run } from '../src/practice/exercises/check.ts';
import { readExercise } from '../src/practice/exercises/read.ts';
import { expect, runSteps, test } from './isolation/published.ts';

/** Runs scripts on a fresh dataset in the page, as an exercise's Check does. */
const runIn =
  (page: Page, engine: EngineName, dataset: ScriptFile | null): Run =>
  async (scripts) => {
    const steps = scripts.map((script, index) => ({
      script,
      ...(index === 0 && { from: { dataset } }),
    }));
    const ran = await runSteps(page, engine, steps);
    const broken = ran.find(({ failed }) => failed !== null);
    if (broken) throw new Error(broken.failed!);
    return ran.map(({ outputs }) => outputs);
  };

interface Forgery {
  exercise: string;
  /** What a wrong attempt says of itself. */
  attempt: string;
  /** What stands before it. */
  attack: string;
}

/** Each of them passes where nothing vouches for the judge. */
const FORGERIES: readonly Forgery[] = [
  {
    exercise: 'x-product-page',
    attempt: 'all reviews inside the product',
    attack: 'bsonsize = () => 1;',
  },
];

/** The exercise's judge, and one whose scripts are like any others. */
const guarded = (run: Run): Run => run;
const unguarded =
  (run: Run): Run =>
  (scripts) =>
    run(scripts.map(({ files }) => ({ files })));

for (const { exercise: id, attempt, attack } of FORGERIES) {
  test(`${id}: “${attempt}” does not pass for attacking its judge: ${attack.slice(0, 50)}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const { exercise } = readExercise(`content/exercises/${id}.yaml`);
    const { engine } = LANGUAGES[exercise.lang]!;
    const suffix = engine === 'documents' ? '.mongosh.js' : '.sql';
    const name = `content/datasets/${exercise.dataset}${suffix}`;
    const dataset = exercise.dataset ? { name, code: readFileSync(name, 'utf8') } : null;
    const run = runIn(page, engine, dataset);
    const wrong = exercise.attempts.wrong.find(({ says }) => says === attempt)!;
    const passes = async (code: string, by: (run: Run) => Run): Promise<boolean> => {
      const verdict = await checkExercise(exercise, code, by(run));
      return verdict.kind === 'checked' && verdict.passed;
    };
    expect(await passes(exercise.solution.code, guarded), 'the solution').toBe(true);
    expect(await passes(wrong.code, guarded), 'the attempt alone').toBe(false);
    expect(await passes(`${attack}\n${wrong.code}`, unguarded), 'without a guard').toBe(true);
    expect(await passes(`${attack}\n${wrong.code}`, guarded), 'the attack').toBe(false);
  });
}
