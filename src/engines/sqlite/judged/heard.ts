/** What sqlite3 says, and what this engine does, in one form. */
import type { Output } from '../../engine.ts';
import { linesOf, type Heard } from '../../sql/judged/chapters.ts';
import { splitStatements } from '../../sql/statements.ts';

/** What stands for NULL where the program is asked: nobody else would print it. */
export const NULL = '<NULL>';

/** @param outputs of one input. */
export function heardHere(input: string, outputs: readonly Output[]): Heard {
  const heard: Heard = { printed: [], remarks: [] };
  const statements = splitStatements(input, 'sqlite');
  for (const output of outputs) {
    switch (output.kind) {
      case 'table': {
        const rows = output.rows.map((row) => row.map((value) => value ?? NULL));
        const names = output.columns.map(({ name }) => name);
        if (rows.length > 0)
          heard.printed.push(...[names, ...rows].flatMap((row) => linesOf(row.join('|'))));
        break;
      }
      case 'plan':
        heard.printed.push(...output.lines);
        break;
      case 'text':
        heard.printed.push(...linesOf(output.text));
        break;
      case 'error': {
        const start = statements[output.origin.statement]?.start ?? 0;
        const lines = input.split('\n');
        const { line, column } = output.position ?? { line: 0, column: 0 };
        const before = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
        heard.remarks.push(
          ...linesOf(output.message),
          ...(output.position ? [`at ${before + column - 1 - start}`] : []),
          ...(output.hint === undefined ? [] : [`HINT: ${output.hint}`]),
        );
        break;
      }
      case 'notice':
        heard.remarks.push(`${output.severity}: ${output.message}`);
        break;
      // The program says nothing of what has gone well.
      case 'command':
        break;
      default:
        heard.printed.push(output.kind);
    }
  }
  return heard;
}

/** @param said by sqlite3 to one input: both its streams. */
export function heardOfSqlite3(said: string): Heard {
  const heard: Heard = { printed: [], remarks: [] };
  let isError = false;
  let isPlan = false;
  for (const line of linesOf(said.replaceAll('\r\n', '\n'))) {
    const error =
      /^(?:(?:Parse|Runtime) error near line \d+: |Error: near line \d+: |Error: )(.*?)(?: \(\d+\))?$/.exec(
        line,
      );
    if (error) {
      isError = true;
      heard.remarks.push(error[1]!);
    } else if (/^(Usage: |ERROR: |extra argument|unknown option)/.test(line))
      heard.remarks.push(line);
    else if (isError && /^ {2}/.test(line)) {
      // The text of the statement, and below it the place.
      if (/\^--- error here$|error here ---\^$/.test(line))
        heard.remarks.push(`at ${line.indexOf('^') - 2}`);
    } else {
      isError = false;
      if (line === 'QUERY PLAN') isPlan = true;
      else heard.printed.push(isPlan ? asPlan(line) : line);
    }
  }
  return heard;
}

/** A line of a plan, whose branches are drawn. */
const asPlan = (line: string): string =>
  line.replace(/^([ |]*)[|`]--/, (_, indent: string) =>
    ' '.repeat(Math.floor(indent.length / 3) * 2),
  );
