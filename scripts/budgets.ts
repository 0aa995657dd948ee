/** `npx node scripts/budgets.ts [folder]`: compares the lesson pages of the built site with `budgets.json`. */
import { parseArgs } from 'node:util';
import { budgetTable, compare, readBudgets } from './budgets/budget.ts';
import { measureLessonPages, weightTable } from './budgets/lesson-pages.ts';
import { measureQuiz } from './budgets/quiz.ts';
import { BuiltSite } from './built-site/site.ts';
import { command, ROOT } from './command.ts';
import { lecturePages } from './lecture-pages.ts';

await command(() => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const site = new BuiltSite(positionals[0] ?? 'dist', '/');
  const lecture = lecturePages(ROOT);
  const { weights, measurements } = measureLessonPages(site, lecture);
  const comparisons = compare([...measurements, ...measureQuiz(site, lecture)], readBudgets(ROOT));
  console.log(`${weightTable(site, weights)}\n\n${budgetTable(comparisons)}`);
  return comparisons.every(({ kept }) => kept);
});
