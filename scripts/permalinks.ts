/**
 * `npm run permalinks`: records the lasting ids that are new in the course, in `content/permalinks.json`.
 *
 * `--redirect 1.2.old 1.2.new` says where the links of an id lead whose thing is gone, `--moved 1.2`
 * that an id leads to the same thing at a new place. `--check` only tells what is wrong.
 */
import { parseArgs } from 'node:util';
import { collectPermalinks } from '../src/sharing/permalinks/collect.ts';
import {
  compareLedger,
  LEDGER,
  problemsOf,
  readLedger,
  writeLedger,
  type Ledger,
} from '../src/sharing/permalinks/ledger.ts';
import { withMoved, withNew, withRedirect } from '../src/sharing/permalinks/record.ts';
import { command, ROOT } from './command.ts';

await command(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      moved: { type: 'string', multiple: true, default: [] },
      redirect: { type: 'string' },
    },
  });
  const permalinks = collectPermalinks(ROOT);
  const before = readLedger(ROOT);
  let ledger: Ledger = before;
  if (values.redirect !== undefined) {
    const [to] = positionals;
    if (to === undefined)
      throw new Error('Where to? npm run permalinks -- --redirect 1.2.old 1.2.new');
    ledger = withRedirect(ledger, permalinks, values.redirect, to);
  } else if (positionals.length > 0)
    throw new Error(
      `What about ${positionals.join(' ')}? Ids stand behind --redirect or --moved; without them, new ids are recorded.`,
    );
  for (const id of values.moved) ledger = withMoved(ledger, permalinks, id);
  if (!values.check) {
    ledger = withNew(ledger, permalinks);
    writeLedger(ROOT, ledger);
  }
  const difference = compareLedger(ledger, permalinks);
  const problems = problemsOf(difference);
  for (const problem of problems) console.error(problem);
  if (values.check && difference.added.length > 0)
    console.error(
      `${LEDGER}: ${difference.added.length} new ids are not recorded: ${difference.added.slice(0, 5).join(', ')}${difference.added.length > 5 ? ', …' : ''}. Record them: npm run permalinks`,
    );
  const recorded = Object.keys(ledger.ids).length - Object.keys(before.ids).length;
  console.log(
    `Permalinks: ${permalinks.length} in the course, ${recorded} newly recorded, ${Object.keys(ledger.redirects).length} redirected.`,
  );
  return problems.length === 0 && !(values.check && difference.added.length > 0);
});
