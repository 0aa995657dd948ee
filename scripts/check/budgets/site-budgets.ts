/** All that `budgets.json` says of a built site and that its files tell; `transfer` measures the rest. */
import type { BuiltSite } from '../../build/built-site/site.ts';
import { lecturePages } from '../../build/lecture-pages.ts';
import { budgetTable, compare, readBudgets } from './budget.ts';
import { measureEngines } from './engines.ts';
import { measureLessonPages, weightTable } from './lesson-pages.ts';
import { measureQuiz } from './quiz.ts';

/** @returns whether every budget is kept, and what each page weighs. */
export function siteBudgets(root: string, site: BuiltSite): { passed: boolean; output: string } {
  const lecture = lecturePages(root);
  const { weights, measurements } = measureLessonPages(site, lecture);
  const comparisons = compare(
    [...measurements, ...measureQuiz(site, lecture), ...measureEngines(site)],
    readBudgets(root),
  );
  return {
    passed: comparisons.every(({ kept }) => kept),
    output: `${weightTable(site, weights)}\n\n${budgetTable(comparisons)}`,
  };
}
