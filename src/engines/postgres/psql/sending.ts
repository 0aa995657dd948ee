/** What sends a statement in place of its semicolon: `\g`, `\gx`, `\gset`, `\gexec`, `\gdesc` and the like. */
import type { Statement } from '../../sql/statements.ts';
import type { PsqlCommand } from './arguments.ts';
import { changeSetting } from './print-settings.ts';
import { DONE, FAILED, type Here, type Outcome } from './outcome.ts';
import type { Psql } from './shell.ts';
import { literal } from './variables.ts';

export async function sendBy(
  psql: Psql,
  command: PsqlCommand,
  statement: Statement,
  here: Here,
): Promise<Outcome> {
  switch (command.name) {
    case 'gset':
      return gset(psql, command.args[0] ?? '', statement, here);
    case 'gexec':
      return gexec(psql, statement, here);
    case 'gdesc':
      return gdesc(psql, statement, here);
    case 'watch':
    case 'crosstabview': {
      const outcome = await psql.send(statement, here);
      const what =
        command.name === 'watch' ? 'runs a query again and again' : 'makes columns of rows';
      psql.fail(here, `\\${command.name} ${what}, and is not available here: the query ran once`);
      return { ...outcome, failed: true };
    }
    default:
      return g(psql, command, statement, here);
  }
}

/** `\g`, `\gx`, with options in parentheses, or with a file or a program that cannot be had. */
async function g(
  psql: Psql,
  { name, rest }: PsqlCommand,
  statement: Statement,
  here: Here,
): Promise<Outcome> {
  const settings = { ...psql.settings };
  if (name === 'gx') settings.expanded = 'on';
  const [, options, target = ''] = /^(?:\(([^)]*)\))?\s*([^]*?)[\s;]*$/.exec(rest) ?? [];
  for (const option of options?.split(/\s+/).filter(Boolean) ?? []) {
    const [key = '', value] = option.split('=');
    const changed = changeSetting(settings, key, value);
    if ('refused' in changed) return psql.fail(here, changed.refused, changed.hint);
  }
  const outcome = await psql.send(statement, here, settings);
  if (target === '') return outcome;
  const what = target.startsWith('|') ? 'programs' : 'files';
  psql.fail(here, `There are no ${what} here: what \\${name} ${target} would get is printed above`);
  return { ...outcome, failed: true };
}

async function gset(
  psql: Psql,
  prefix: string,
  statement: Statement,
  here: Here,
): Promise<Outcome> {
  const execution = psql.execute(statement, here);
  await execution.run(here.session);
  const failed = execution.sendError();
  psql.remember(execution);
  if (failed) return FAILED;
  const returned = execution.results.at(-1)?.returned;
  if (!returned) return psql.fail(here, 'no rows returned for \\gset');
  const { rows, names } = {
    rows: returned.table.kept,
    names: returned.fields.map(({ name }) => name),
  };
  if (returned.table.count === 0) return psql.fail(here, 'no rows returned for \\gset');
  if (returned.table.count > 1) return psql.fail(here, 'more than one row returned for \\gset');
  for (const [index, name] of names.entries()) {
    const value = rows[0]?.[index] ?? null;
    if (value === null) psql.variables.unset(prefix + name);
    else {
      const wrong = psql.variables.set(prefix + name, value);
      if (wrong?.refused) return psql.fail(here, wrong.says);
    }
  }
  return DONE;
}

/** Runs every value of the result as a statement. */
async function gexec(psql: Psql, statement: Statement, here: Here): Promise<Outcome> {
  const execution = psql.execute(statement, here);
  await execution.run(here.session);
  const failed = execution.sendError();
  psql.remember(execution);
  if (failed) return FAILED;
  const table = execution.results.at(-1)?.returned?.table;
  if (!table) return DONE;
  const left = table.count - table.kept.length;
  if (left > 0)
    return psql.fail(
      here,
      `\\gexec runs ${table.kept.length} rows at most here; the result has ${table.count}, and none ran`,
    );
  let outcome: Outcome = DONE;
  for (const text of table.kept.flat()) {
    if (text === null) continue;
    const one = await psql.sendText(text, here);
    if (one.failed) outcome = FAILED;
  }
  return outcome;
}

/** The columns that a query would have. */
async function gdesc(psql: Psql, statement: Statement, here: Here): Promise<Outcome> {
  const execution = psql.execute(statement, here);
  const fields = await execution.describe(here.session);
  if (execution.sendError()) return FAILED;
  if (fields.length === 0)
    return psql.say(here, 'The command has no result, or the result has no columns.');
  const rows = fields.map(
    ({ name, dataTypeID, dataTypeModifier }) =>
      `(${literal(name)}, pg_catalog.format_type(${dataTypeID}, ${dataTypeModifier}))`,
  );
  return (await psql.print(
    `SELECT name AS "Column", tp AS "Type" FROM (VALUES ${rows.join(', ')}) AS s (name, tp)`,
    here,
  ))
    ? DONE
    : FAILED;
}
