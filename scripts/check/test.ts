/**
 * `npm test [-- --only links,budgets]`: every check, one summary.
 *
 * What a failing check said is printed whole; what passed is a line.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { findHeadlessBrowser } from '../browser/find.ts';
import { CHECKS } from './checks.ts';
import { command } from '../process/command.ts';
import { resultLine } from '../process/progress.ts';
import { runChecks, select, type Result } from './schedule.ts';

await command(async () => {
  const { values } = parseArgs({
    options: {
      /** Names of checks, with commas between them. What they need is run as well. */
      only: { type: 'string' },
    },
  });
  const checks = values.only
    ? select(
        CHECKS,
        values.only.split(',').map((name) => name.trim()),
      )
    : CHECKS;
  // Before anything else: if there is none and none can be installed, say so now and not at the end.
  if (checks.some(({ name }) => name === 'end to end' || name === 'transfer'))
    await findHeadlessBrowser();

  const started = performance.now();
  const results = await runChecks(
    checks,
    Math.max(2, Math.min(4, availableParallelism())),
    ({ name }) => console.log(`… ${name}`),
    ({ check, passed, milliseconds }) => console.log(resultLine(passed, check.name, milliseconds)),
  );
  console.log(summary(results, performance.now() - started));
  return results.every(({ passed }) => passed);
});

/** What failed and what to do about it, then a line per check, then the count. */
function summary(results: readonly Result[], milliseconds: number): string {
  const failed = results.filter(({ passed }) => !passed);
  const rule = '─'.repeat(72);
  return [
    ...failed.map(
      ({ check, output }) => `\n${rule}\n✗ ${check.name}\n\n${output.trim()}\n\n→ ${check.remedy}`,
    ),
    `\n${rule}`,
    ...results.map(({ check, passed, milliseconds: each }) =>
      resultLine(passed, check.name, each, passed ? '' : `→ ${check.remedy}`),
    ),
    `${rule}\n${(milliseconds / 60_000).toFixed(1)} minutes`,
    `checks: ${results.length - failed.length} passed, ${failed.length} failed`,
  ].join('\n');
}
