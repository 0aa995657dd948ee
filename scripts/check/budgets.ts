/** `npx node scripts/check/budgets.ts [folder]`: compares the built site with `budgets.json`. */
import { parseArgs } from 'node:util';
import { siteBudgets } from './budgets/site-budgets.ts';
import { BuiltSite } from '../build/built-site/site.ts';
import { command, ROOT } from '../process/command.ts';

await command(() => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const { passed, output } = siteBudgets(ROOT, new BuiltSite(positionals[0] ?? 'dist', '/'));
  console.log(output);
  return passed;
});
