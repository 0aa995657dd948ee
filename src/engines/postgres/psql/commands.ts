/** psql's own commands: those that are answered here, and for the others a word on what to do instead. */
import { DatabaseError } from './database-error.ts';
import type { Statement } from '../../sql/statements.ts';
import type { PsqlCommand } from './arguments.ts';
import { copy } from './copy.ts';
import { columnsOf, findRelations, footerOf, notFound, titleOf } from './describe.ts';
import { INSTEAD, isKnown, OVERVIEW } from './elsewhere.ts';
import type { List } from './list.ts';
import { listOf, listRelations, sourceOf } from './lists.ts';
import { PatternError } from './patterns.ts';
import { changeSetting } from './print-settings.ts';
import { DONE, FAILED, type Here, type Outcome } from './outcome.ts';
import type { Psql } from './shell.ts';
import { booleanOf } from './variables.ts';

type Command = (
  psql: Psql,
  command: PsqlCommand,
  here: Here,
  statement: Statement,
) => Outcome | Promise<Outcome>;

export async function runCommand(
  psql: Psql,
  command: PsqlCommand,
  statement: Statement,
  here: Here,
): Promise<Outcome> {
  const { name } = command;
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (known) return await known(psql, command, here, statement);
    return (await describe(psql, command, here)) ?? notHere(psql, name, here);
  } catch (error) {
    if (error instanceof PatternError) return psql.fail(here, error.message);
    if (error instanceof DatabaseError) {
      const { severity = 'ERROR', code = '', message } = error;
      here.output.send({ kind: 'error', origin: here.origin, severity, code, message });
      return FAILED;
    }
    throw error;
  }
}

function notHere(psql: Psql, name: string, here: Here): Outcome {
  if (!isKnown(name)) return psql.fail(here, `invalid command \\${name}`, 'Try \\? for help.');
  const instead =
    INSTEAD[name] ?? (/^d/.test(name) ? 'The catalogs, pg_catalog, have it all.' : '');
  return psql.fail(
    here,
    `\\${name} is a command of the psql program; it is not available here`,
    instead === '' ? '\\? lists what is.' : instead,
  );
}

/** `\d` and all that lists things. @returns `null` if the command is none of them. */
async function describe(
  psql: Psql,
  { name, args }: PsqlCommand,
  here: Here,
): Promise<Outcome | null> {
  const [, base = '', endsWithX = '', letters = ''] =
    /^(l|list|z|d[a-zA-Z]*?)(x?)([S+]*)$/.exec(name) ?? [];
  if (base === '') return null;
  // `\dx` lists extensions; behind any other command, x asks for the expanded look.
  const plain = base === 'd' && endsWithX !== '' ? 'dx' : base;
  const expanded = endsWithX !== '' && plain === base;
  // A second argument of `\df` are types; nobody else takes one.
  const pattern = (args[0] ?? '').replace(/;+$/, '');
  const options = { pattern, system: letters.includes('S'), more: letters.includes('+') };
  if (plain === 'd' && pattern !== '') return describeRelations(psql, options, here);
  const list = plain === 'd' ? listRelations('', options) : listOf(plain, options);
  if (list === null) return null;
  const { settings } = psql;
  if (expanded) psql.settings = { ...settings, expanded: 'on' };
  try {
    return await printList(psql, list, here);
  } finally {
    psql.settings = settings;
  }
}

async function printList(psql: Psql, list: List, here: Here): Promise<Outcome> {
  if (list.none !== undefined) {
    // psql looks first whether there is anything.
    const found = await here.session.query(`SELECT EXISTS (${list.sql})`);
    if (found[0]?.[0] !== 't') return psql.fail(here, list.none);
  }
  return (await psql.print(list.sql, here)) ? DONE : FAILED;
}

async function describeRelations(
  psql: Psql,
  { pattern, system, more }: { pattern: string; system: boolean; more: boolean },
  here: Here,
): Promise<Outcome> {
  const ask = (sql: string): Promise<(string | null)[][]> => here.session.query(sql);
  const found = await findRelations(pattern, system, ask);
  if (found.length === 0) return psql.fail(here, notFound(pattern));
  for (const relation of found) {
    psql.say(here, titleOf(relation));
    if (!(await psql.print(columnsOf(relation, more), here))) return FAILED;
    const footer = await footerOf(relation, more, ask);
    if (footer.length > 0) psql.say(here, footer.join('\n'));
  }
  return DONE;
}

/** Short for an option of `\pset`. */
const pset =
  (option: string): Command =>
  (psql, { args }, here) =>
    setOption(psql, option, args[0], here);

function setOption(psql: Psql, option: string, value: string | undefined, here: Here): Outcome {
  const changed = changeSetting(psql.settings, option, value);
  return 'says' in changed
    ? tell(psql, here, changed.says)
    : psql.fail(here, changed.refused, changed.hint);
}

/** What psql says only where it is not told to be quiet. */
const tell = (psql: Psql, here: Here, text: string): Outcome =>
  text === '' || psql.variables.isOn('QUIET') ? DONE : psql.say(here, text);

const echo: Command = (psql, { args }, here) => {
  const [first, ...rest] = args;
  return psql.say(here, (first === '-n' ? rest : args).join(' '));
};

const COMMANDS: Readonly<Record<string, Command>> = {
  '?': (psql, _, here) => psql.say(here, OVERVIEW),
  a: (psql, _, here) =>
    setOption(psql, 'format', psql.settings.format === 'aligned' ? 'unaligned' : 'aligned', here),
  C: pset('title'),
  c: connect,
  connect,
  conninfo: (psql, _, here) =>
    psql.say(
      here,
      'You are connected to database "postgres" as user "postgres", inside your own browser.',
    ),
  copy,
  copyright: (psql, _, here) =>
    psql.say(
      here,
      'PostgreSQL is free software under the PostgreSQL License: https://www.postgresql.org/about/licence/',
    ),
  echo,
  encoding: (psql, { args: [encoding] }, here) =>
    encoding === undefined || /^utf-?8$/i.test(encoding)
      ? tell(psql, here, encoding === undefined ? 'UTF8' : '')
      : psql.fail(
          here,
          `${encoding}: this PostgreSQL, in your browser, converts no encodings: text is UTF8`,
        ),
  errverbose: (psql, _, here) => psql.say(here, psql.lastError ?? 'There is no previous error.'),
  f: pset('fieldsep'),
  h: help,
  help,
  p: printBuffer,
  print: printBuffer,
  pset(psql, { args: [option, value] }, here) {
    if (option !== undefined) return setOption(psql, option, value, here);
    const {
      border,
      csvFieldsep,
      expanded,
      fieldsep,
      footer,
      format,
      tuplesOnly,
      title,
      null: nulls,
    } = psql.settings;
    const all: Readonly<Record<string, string>> = {
      border: String(border),
      csv_fieldsep: `'${csvFieldsep}'`,
      expanded,
      fieldsep: `'${fieldsep}'`,
      footer: footer ? 'on' : 'off',
      format,
      null: `'${nulls}'`,
      title,
      tuples_only: tuplesOnly ? 'on' : 'off',
    };
    return psql.say(
      here,
      Object.entries(all)
        .map(([name, text]) => `${name.padEnd(24)} ${text}`.trimEnd())
        .join('\n'),
    );
  },
  q: quit,
  qecho: echo,
  quit,
  r: (psql, _, here) => tell(psql, here, 'Query buffer reset (cleared).'),
  reset: (psql, _, here) => tell(psql, here, 'Query buffer reset (cleared).'),
  set(psql, { args: [name, ...values] }, here) {
    if (name === undefined) {
      return psql.say(
        here,
        psql.variables.all.map(([it, value]) => `${it} = '${value}'`).join('\n'),
      );
    }
    const found = psql.variables.set(name, values.join(''));
    if (found?.refused) return psql.fail(here, found.says);
    return found ? psql.say(here, found.says) : DONE;
  },
  sf: (psql, { rest }, here) => source(psql, 'function', rest, here),
  'sf+': (psql, { rest }, here) => source(psql, 'function', rest, here),
  sv: (psql, { rest }, here) => source(psql, 'view', rest, here),
  'sv+': (psql, { rest }, here) => source(psql, 'view', rest, here),
  t: pset('tuples_only'),
  timing(psql, { args: [value] }, here) {
    const on = value === undefined ? !psql.timing : booleanOf(value);
    if (on === null)
      return psql.fail(here, `unrecognized value "${value}" for "\\timing": Boolean expected`);
    psql.timing = on;
    return tell(psql, here, `Timing is ${on ? 'on' : 'off'}.`);
  },
  unset(psql, { args: [name] }, here) {
    if (name === undefined) return psql.fail(here, '\\unset: missing required argument');
    psql.variables.unset(name);
    return DONE;
  },
  warn: echo,
  x: pset('expanded'),
};

function connect(
  psql: Psql,
  { args: [database = '-', user = '-'] }: PsqlCommand,
  here: Here,
): Outcome {
  return psql.fail(
    here,
    database === '-' && user === '-'
      ? '\\connect begins a new session, and there is one here for good'
      : `\\connect: there is one database here, "postgres", and one session, of user "postgres"`,
    user === '-'
      ? 'CREATE SCHEMA separates tables; DISCARD ALL makes a session forget its settings.'
      : 'SET ROLE makes you another user.',
  );
}

function printBuffer(psql: Psql, _: PsqlCommand, here: Here, { within }: Statement): Outcome {
  const buffer = (within ?? psql.lastQuery?.text ?? '').trimEnd();
  return psql.say(here, buffer === '' ? 'Query buffer is empty.' : buffer);
}

function quit(psql: Psql, { name }: PsqlCommand, here: Here): Outcome {
  psql.say(
    here,
    `\\${name} leaves psql. Here there is nothing to leave; what stands below it did not run.`,
  );
  return { failed: false, ends: true };
}

function help(psql: Psql, { rest }: PsqlCommand, here: Here): Outcome {
  const page = rest
    .replace(/[\s;*]+$/, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '');
  return psql.say(
    here,
    page === ''
      ? 'The manual lists every command of SQL: https://www.postgresql.org/docs/18/sql-commands.html'
      : `The manual has its syntax: https://www.postgresql.org/docs/18/sql-${page}.html`,
  );
}

async function source(
  psql: Psql,
  kind: 'function' | 'view',
  rest: string,
  here: Here,
): Promise<Outcome> {
  const name = rest.replace(/[\s;]+$/, '');
  if (name === '') return psql.fail(here, `${kind} name is required`);
  const rows = await here.session.query(sourceOf(kind, name));
  return psql.say(here, (rows[0]?.[0] ?? '').trimEnd());
}
