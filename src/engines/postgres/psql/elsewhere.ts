/** psql's commands that are not to be had here, and what does the same. */

/** Every command of psql 18 that has no answer here. */
const OTHERS = new Set(
  (
    '! bind bind_named cd close_prepared dA dAc dAf dAo dAp dC dF dFd dFp dFt dFv dO dP dX dRp dRs dc dd ddp ' +
    'des det deu dew dl do drds drg e ed edit ef endpipeline ev flush flushrequest getenv getresults gexec H html i include ' +
    'include_relative ir lo_export lo_import lo_list lo_unlink o out parse password prompt restrict s sendpipeline setenv startpipeline ' +
    'syncpipeline T unrestrict w write dP'
  ).split(' '),
);

/** @param name without its backslash; `S` and `+` behind it say only how much is shown. */
export const isKnown = (name: string): boolean =>
  OTHERS.has(name) || OTHERS.has(name.replace(/[S+x]+$/, ''));

const NO_FILES = 'There are no files here.';
const NO_EDITOR = 'The editor is the page’s own.';
const EXTENDED = 'PREPARE and EXECUTE take parameters in SQL.';

export const INSTEAD: Readonly<Record<string, string>> = {
  '!': 'There is no shell behind it.',
  bind: EXTENDED,
  bind_named: EXTENDED,
  parse: EXTENDED,
  close_prepared: 'DEALLOCATE does it in SQL.',
  cd: NO_FILES,
  dd: 'SELECT * FROM pg_description; has every comment.',
  dC: 'SELECT * FROM pg_cast; has every cast.',
  do: 'SELECT * FROM pg_operator; has every operator.',
  drds: 'SELECT * FROM pg_db_role_setting; has them.',
  drg: 'SELECT * FROM pg_auth_members; has every membership.',
  e: NO_EDITOR,
  ed: NO_EDITOR,
  edit: NO_EDITOR,
  ef: NO_EDITOR,
  ev: NO_EDITOR,
  H: '\\pset format csv and unaligned are there.',
  html: '\\pset format csv and unaligned are there.',
  i: NO_FILES,
  include: NO_FILES,
  ir: NO_FILES,
  include_relative: NO_FILES,
  o: NO_FILES,
  out: NO_FILES,
  w: NO_FILES,
  write: NO_FILES,
  password: 'Nobody has to log in here.',
  prompt: '\\set NAME VALUE gives a variable its value.',
  s: 'The arrow keys of a console bring back what you ran.',
};

export const OVERVIEW = `What of psql is here:
  \\d [NAME]  \\dt \\di \\dv \\dm \\ds \\dE  \\dn \\df \\da \\du \\dT \\dD \\dp \\dx \\dy \\dL \\db \\dconfig \\l  (S: system objects, +: more; a pattern may follow)
  \\sf NAME  \\sv NAME  the source of a function, of a view
  \\g \\gx \\gset \\gexec \\gdesc  in place of a semicolon   \\p \\r  the statement so far
  \\copy … from stdin, … to stdout
  \\set \\unset  :name :'name' :"name"   \\if \\elif \\else \\endif   \\echo \\warn \\qecho
  \\x \\t \\a \\f \\C \\pset  how results are printed   \\timing   \\errverbose   \\conninfo   \\encoding`;
