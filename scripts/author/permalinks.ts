/**
 * `npm run permalinks`: records the lasting ids that are new in the course, in `content/permalinks.json`.
 *
 * `--redirect 1.2.old 1.2.new` says where the links of an id lead whose thing is gone, `--moved 1.2`
 * that an id leads to the same thing at a new place. `--check` only tells what is wrong.
 *
 * `--retire 2` deletes a section or a whole part with all that belongs to it, and asks where its links shall lead
 * (`--to 3.1`, or `--to gone` for the page that says so, answers ahead). `--move 1.3 1.5` gives a section another
 * number, everywhere.
 */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { collectPermalinks } from '../../src/sharing/permalinks/collect.ts';
import {
  compareLedger,
  GONE,
  LEDGER,
  problemsOf,
  readLedger,
  writeLedger,
  type Ledger,
} from '../../src/sharing/permalinks/ledger.ts';
import { mentionsOf, moveSection, removePages } from '../../src/sharing/permalinks/relocate.ts';
import {
  withMoved,
  withNew,
  withRedirect,
  withRetired,
} from '../../src/sharing/permalinks/record.ts';
import { command, ROOT } from '../process/command.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      moved: { type: 'string', multiple: true, default: [] },
      redirect: { type: 'string' },
      retire: { type: 'string' },
      to: { type: 'string' },
      move: { type: 'string' },
    },
  });
  const before = readLedger(courseRoot(ROOT));
  let ledger: Ledger = before;
  const told = (what: string, files: readonly string[]): void =>
    console.log([what, ...files.map((file) => `  ${file}`)].join('\n'));
  const [second] = positionals;
  if (values.move !== undefined) {
    if (second === undefined) throw new Error('Where to? npm run permalinks -- --move 1.3 1.5');
    told('Changed:', moveSection(values.move, second, ROOT));
    const left = mentionsOf(values.move, ROOT);
    if (left.length > 0) told(`These lines still hold ${values.move}. Look at each:`, left);
  }
  const retiredTo =
    values.retire === undefined ? undefined : (values.to ?? (await askWhere(values.retire)));
  if (values.retire !== undefined) told('Deleted:', removePages(values.retire, ROOT));
  const permalinks = collectPermalinks(courseRoot(ROOT));
  if (values.retire !== undefined)
    ledger = withRetired(ledger, permalinks, values.retire, retiredTo!);
  else if (values.move !== undefined)
    ledger = withRetired(ledger, permalinks, values.move, second!);
  else if (values.redirect !== undefined) {
    if (second === undefined)
      throw new Error('Where to? npm run permalinks -- --redirect 1.2.old 1.2.new');
    ledger = withRedirect(ledger, permalinks, values.redirect, second);
  } else if (positionals.length > 0)
    throw new Error(
      `What about ${positionals.join(' ')}? Ids stand behind --redirect, --moved, --retire or --move; without them, new ids are recorded.`,
    );
  for (const id of values.moved) ledger = withMoved(ledger, permalinks, id);
  if (!values.check) {
    ledger = withNew(ledger, permalinks);
    writeLedger(courseRoot(ROOT), ledger);
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

/** @throws Error where nobody can be asked. */
async function askWhere(id: string): Promise<string> {
  const how = `npm run permalinks -- --retire ${id} --to <id>, or --to ${GONE} for the page that says that it is gone`;
  if (!process.stdin.isTTY) throw new Error(`Where shall the links to ${id} lead? ${how}`);
  const dialogue = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await dialogue.question(
    `Where shall links to ${id} and what is on it lead? An id (1.2), or nothing for the page that says that it is gone: `,
  );
  dialogue.close();
  return answer.trim() || GONE;
}
