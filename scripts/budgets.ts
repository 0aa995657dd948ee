/** `npx node scripts/budgets.ts [folder]`: compares the built site with `budgets.json`. */
import { parseArgs } from 'node:util';
import { siteBudgets } from './budgets/site-budgets.ts';
import { BuiltSite } from './built-site/site.ts';
import { command, ROOT } from './command.ts';

await command(() => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const { passed, output } = siteBudgets(ROOT, new BuiltSite(positionals[0] ?? 'dist', '/'));
  console.log(output);
  return passed;
});
