/**
 * `npm run cells -- 4.1`: the cells of a page in the terminal, each with what it answers. The quick
 * look for authors: no site is built. Pages are named by number (`4.1`, `4` for a whole part) or by
 * path; `--only id` prints one cell, `--quiet` nothing but mistakes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { settle } from '../../src/running/cells/bets/truth.ts';
import { type PlacedCell } from '../../src/running/cells/cell.ts';
import { checkComparison } from '../../src/running/cells/compare/check.ts';
import {
  closeDatabases,
  executeCell,
  type Execution,
} from '../../src/running/cells/execute/execute.ts';
import { mistakesInComponents } from '../../src/lecture/markdown/component-use.ts';
import { cellsBefore, collectPage } from '../../src/running/cells/fence/collect.ts';
import type { Output } from '../../src/engines/engine.ts';
import { command, ROOT } from '../process/command.ts';
import { lecturePages } from '../build/lecture-pages.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new Error('Which page? npm run cells -- 4.1');
  const known = lecturePages(courseRoot(ROOT));
  const files = positionals.flatMap((name) => {
    if (name.endsWith('.mdx')) return [name];
    const found = known.filter(({ id }) => id === name || id.startsWith(`${name}.`));
    if (found.length === 0) throw new Error(`No page has the number ${name}.`);
    return found.map(({ source }) => source);
  });
  let failures = 0;
  for (const file of files) failures += await showPage(file, values.only, values.quiet);
  await closeDatabases();
  return failures === 0;
});

/** @returns how many cells and comparisons an author has to mend. */
async function showPage(file: string, only: string | undefined, quiet: boolean): Promise<number> {
  let failures = 0;
  const trying = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      failures += 1;
      console.error(`✗ ${error.message}\n`);
    }
  };
  const source = readFileSync(join(courseRoot(ROOT), file), 'utf8');
  const { cells, comparisons } = collectPage(source, file);
  for (const mistake of mistakesInComponents(source, file))
    await trying(() => Promise.reject(mistake));
  const results = new Map<PlacedCell, Execution>();
  for (const cell of cells) {
    if (only !== undefined && cell.id !== only) continue;
    await trying(async () => {
      const result = await executeCell(cell, cellsBefore<PlacedCell>(cells, cell));
      results.set(cell, result);
      if (!quiet) console.log(shown(cell, result.outputs));
      const bet = cell.bet && settle(cell.bet, result.outputs, cell.masks);
      if (bet && !quiet) console.log(`? ${bet.predict}\n  ${bet.truth || '(free)'}\n`);
    });
  }
  for (const comparison of comparisons) {
    const [first, second] = comparison.cells.map((cell) => results.get(cell));
    if (!first || !second) continue;
    await trying(() => checkComparison(comparison, cells, [first, second]));
  }
  const compared = comparisons.length > 0 ? `, ${comparisons.length} compared` : '';
  console.log(`${file}: ${cells.length} cells${compared}, ${failures} to mend`);
  return failures;
}

function shown(cell: PlacedCell, outputs: readonly Output[]): string {
  const rule = '─'.repeat(20);
  const code = cell.files.map((one) =>
    cell.files.length > 1 ? `[${one.name}]\n${one.code}` : one.code,
  );
  return [`${rule} ${cell.id} (${cell.engine})`, ...code, '', ...outputs.map(text), ''].join('\n');
}

function text(output: Output): string {
  switch (output.kind) {
    case 'table':
      return [
        output.columns.map(({ name }) => name).join(' | '),
        ...output.rows.map((row) => row.map((value) => value ?? 'NULL').join(' | ')),
        `(${output.rowCount} rows)`,
      ].join('\n');
    case 'command':
      return output.tag;
    case 'plan':
      return output.lines.join('\n');
    case 'transcript':
      return [
        `${output.client && `${output.client}: `}${output.prompt}${output.input}`,
        output.reply,
      ]
        .filter(Boolean)
        .join('\n');
    case 'text':
      return output.text;
    case 'limit':
      return output.message;
    case 'notice':
    case 'error':
      return [`${output.severity}: ${output.message}`, output.detail, output.hint]
        .filter(Boolean)
        .join('\n');
  }
}
