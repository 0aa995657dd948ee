/** What psql says, and what this engine does, in one form. */
import type { Output } from '../../engine.ts';
import { linesOf, type Heard } from '../../sql/judged/chapters.ts';
import { positionAt } from '../../sql/position.ts';
import { splitStatements } from '../../sql/statements.ts';
import { defaultSettings } from '../psql/print-settings.ts';
import { printResult } from '../psql/printing.ts';

/** @param outputs of one input. */
export function heardHere(input: string, outputs: readonly Output[]): Heard {
  const heard: Heard = { printed: [], remarks: [] };
  for (const output of outputs) {
    switch (output.kind) {
      case 'table':
        heard.printed.push(...linesOf(printResult(output, defaultSettings())));
        // psql says so of what changes rows.
        if (/^(INSERT|UPDATE|DELETE|MERGE)\b/.test(output.tag)) heard.printed.push(output.tag);
        break;
      case 'plan':
        heard.printed.push(
          ...linesOf(
            printResult(
              {
                columns: [{ name: 'QUERY PLAN', numeric: false }],
                ...planRows(output.lines),
              },
              defaultSettings(),
            ),
          ),
        );
        break;
      case 'command':
        // Of rows that were printed, psql does not say how many there are.
        if (!/\bto\s+stdout\b/i.test(input)) heard.printed.push(output.tag);
        break;
      case 'text':
        heard.printed.push(...linesOf(output.text));
        break;
      case 'notice':
      case 'error': {
        const { severity, message, detail, hint } = output;
        const code = output.kind === 'error' && output.code !== '' ? `${output.code}: ` : '';
        const context = output.kind === 'error' ? output.context : undefined;
        const position = output.kind === 'error' ? output.position : undefined;
        const isShells = output.kind === 'error' && output.code === '';
        heard.remarks.push(
          ...(isShells ? linesOf(message) : [`${severity}: ${code}${message}`]),
          ...(position ? [placeIn(input, position)] : []),
          ...(detail === undefined ? [] : linesOf(`DETAIL: ${detail}`)),
          // psql says so at a terminal alone.
          ...(hint === undefined || hint === 'Try \\? for help.'
            ? []
            : linesOf(isShells ? hint : `HINT: ${hint}`)),
          ...(context === undefined ? [] : linesOf(`CONTEXT: ${context}`)),
        );
        break;
      }
      default:
        heard.printed.push(output.kind);
    }
  }
  return inOneForm(input, heard);
}

/** A plan in another format than text is one value of several lines. */
const planRows = (lines: readonly string[]): { rows: string[][]; rowCount: number } => {
  const rows = /^\[|^<|^- /.test(lines[0] ?? '')
    ? [[lines.join('\n')]]
    : lines.map((line) => [line]);
  return { rows, rowCount: rows.length };
};

/** psql counts lines and columns from the beginning of the statement. */
function placeIn(input: string, { line, column }: { line: number; column: number }): string {
  const starts = splitStatements(input, 'postgres').map(({ start }) => positionAt(input, start));
  const start = starts.findLast(
    (one) => one.line < line || (one.line === line && one.column <= column),
  ) ?? { line: 1, column: 1 };
  return `at ${line - start.line + 1}:${line === start.line ? column - start.column + 1 : column}`;
}

/** Where psql shows but a part of a long line: what it leaves out before that. */
function leftOut(input: string, shown: string): number {
  const part = shown.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  const at = shown.startsWith('...') ? input.indexOf(part) : -1;
  return at < 0 ? 0 : at - 3;
}

/** @param stdout, stderr of psql, run with `VERBOSITY` verbose, for one input. */
export function heardOfPsql(input: string, stdout: string, stderr: string): Heard {
  const remarks: string[] = [];
  let before = '';
  for (const line of stderr.split('\n')) {
    const caret = /^ *\^$/.exec(line);
    const quoted = /^LINE (\d+): /.exec(before);
    if (caret && quoted)
      remarks.push(
        `at ${quoted[1]}:${line.length - quoted[0].length + leftOut(input, before.slice(quoted[0].length))}`,
      );
    else if (
      !/^(LINE \d+: |LOCATION: |QUERY: |(SCHEMA|TABLE|COLUMN|DATATYPE|CONSTRAINT) NAME: )/.test(
        line,
      )
    )
      remarks.push(
        ...linesOf(
          line
            .replace(/^(NOTICE|WARNING|INFO|LOG): {2}\w{5}: /, '$1: ')
            .replace(/^([A-Z]+): {2}/, '$1: '),
        ),
      );
    before = line;
  }
  return inOneForm(input, { printed: linesOf(stdout), remarks });
}

/** psql heads its lists, and counts the rows of a description by none. */
function inOneForm(input: string, { printed, remarks }: Heard): Heard {
  const isList = /^\\(d|l|z)/.test(input);
  return {
    printed: printed
      .filter((line) => !/^ *(List of \w[\w ]*|Access privileges)$/.test(line))
      // A title stands in the middle above a table of psql's.
      .map((line) => (/^ *[A-Z][\w ]+ "[^"]+\..+"$/.test(line) ? line.trim() : line))
      .filter((line) => !isList || !/^\(\d+ rows?\)$/.test(line))
      .map((line) =>
        line.replace(
          /^Asynchronous notification ("\w+"(?: with payload ".*")?) received from server process with PID \d+\.$/,
          'Notification on $1',
        ),
      ),
    remarks,
  };
}
