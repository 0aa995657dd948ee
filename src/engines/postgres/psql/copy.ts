/** `\copy`: files of the reader's machine, of which there are none, and its standard streams, which are the script. */
import type { Statement } from '../../sql/statements.ts';
import type { PsqlCommand } from './arguments.ts';
import type { Here, Outcome } from './outcome.ts';
import type { Psql } from './shell.ts';

/** `\copy … from stdin` and `\copy … to stdout` are COPY. */
export async function copy(
  psql: Psql,
  { rest }: PsqlCommand,
  here: Here,
  statement: Statement,
): Promise<Outcome> {
  const [, what, direction, where = '', options = ''] =
    /^(\([^]*\)|[^(]*?(?:\([^)]*\))?)\s*\b(from|to)\s+('(?:[^']|'')*'|\S+)\s*([^]*?)[\s;]*$/i.exec(
      rest,
    ) ?? [];
  if (what === undefined || direction === undefined)
    return psql.fail(here, '\\copy: parse error at end of line');
  if (!/^p?std(in|out)$/i.test(where)) {
    const isProgram = /^program$/i.test(where);
    return psql.fail(
      here,
      `\\copy: there are no ${isProgram ? 'programs' : 'files'} here`,
      /^from$/i.test(direction)
        ? 'COPY … FROM STDIN reads the lines below it, up to a line \\. of its own.'
        : 'COPY … TO STDOUT prints the rows.',
    );
  }
  const sql = `COPY ${what} ${direction.toUpperCase()} ${/in$/i.test(where) ? 'STDIN' : 'STDOUT'} ${options}`;
  return psql.send({ ...statement, kind: 'sql', text: sql, tokens: [] }, here);
}
