/** What an input of SQL may go on with: keywords, tables, and the columns of the tables it names. */
import type { Dialect } from '../../../engines/sql/lexer.ts';
import { isTrivia, tokenAt } from '../../../engines/sql/lexer.ts';
import { splitStatements } from '../../../engines/sql/statements.ts';
import type { Catalog } from '../session/language.ts';
import { startingWith, type Completion, type Suggestion } from '../terminal/completion.ts';

const KEYWORDS =
  'SELECT FROM WHERE GROUP ORDER BY HAVING LIMIT OFFSET DISTINCT AS AND OR NOT NULL IS IN BETWEEN LIKE EXISTS JOIN LEFT INNER ON USING UNION ALL INSERT INTO VALUES UPDATE SET DELETE RETURNING CREATE TABLE INDEX UNIQUE VIEW DROP ALTER ADD COLUMN PRIMARY KEY REFERENCES FOREIGN CHECK DEFAULT CONSTRAINT WITH RECURSIVE CASE WHEN THEN ELSE END ASC DESC COUNT SUM AVG MIN MAX COALESCE BEGIN COMMIT ROLLBACK EXPLAIN ANALYZE INTEGER TEXT NUMERIC BOOLEAN'.split(
    ' ',
  );
const OF_POSTGRES =
  'JSONB TIMESTAMPTZ ILIKE GIN CONFLICT DO NOTHING LATERAL GENERATE_SERIES SERIAL'.split(' ');
const OF_SQLITE = 'PRAGMA QUERY PLAN REPLACE STRICT JSON_EXTRACT'.split(' ');

export function completeSql(
  text: string,
  caret: number,
  { relations }: Catalog,
  dialect: Dialect,
): Completion | null {
  const before = text.slice(0, caret);
  const word = /[A-Za-z_][\w$]*$/.exec(before)?.[0] ?? '';
  const from = before.length - word.length;
  if (inLiteral(before, dialect)) return null;
  const owner = /([A-Za-z_]\w*)\.$/.exec(before.slice(0, from))?.[1];
  if (owner !== undefined) {
    const columns = relations.find(({ name }) => name === aliasOf(text, owner))?.fields ?? [];
    return offer(from, suggest(columns, word, 'column'));
  }
  if (word === '') return null;
  const named = relations.filter(({ name }) => new RegExp(`\\b${escape(name)}\\b`, 'i').test(text));
  const columns = (named.length > 0 ? named : relations).flatMap(({ fields }) => fields);
  const afterFrom = /\b(FROM|JOIN|INTO|UPDATE|TABLE|ON)\s+$/i.test(before.slice(0, from));
  const tables = suggest(
    relations.map(({ name }) => name),
    word,
    'table',
  );
  const keywords = [...KEYWORDS, ...(dialect === 'postgres' ? OF_POSTGRES : OF_SQLITE)];
  return offer(from, [
    ...(afterFrom ? tables : suggest(columns, word, 'column')),
    ...(afterFrom ? [] : tables),
    ...startingWith(keywords, word)
      .filter((keyword) => keyword !== word.toUpperCase())
      .map((keyword) => ({ text: `${keyword} `, label: keyword })),
  ]);
}

/** What an input of SQL is to be ended with, as far as it is. */
export type OpenEnd = ';' | '\\.' | '\\endif';

/** @returns `null` if Enter runs the text: its last statement has its end, or it is a command of the shell. */
export function openEndOf(text: string, dialect: Dialect): OpenEnd | null {
  // A word more: where nothing is open, it is a statement of its own.
  const statements = splitStatements(`${text}\nx`, dialect);
  const last = statements.at(-1);
  if (last?.copyDataFrom !== undefined) return '\\.';
  if (last?.text !== 'x') return ';';
  let conditions = 0;
  for (const statement of statements) {
    if (statement.kind !== 'shell-command') continue;
    if (/^\\if\b/.test(statement.text)) conditions += 1;
    if (/^\\endif\b/.test(statement.text)) conditions -= 1;
  }
  return conditions > 0 ? '\\endif' : null;
}

export const isCompleteSql = (text: string, dialect: Dialect): boolean =>
  openEndOf(text, dialect) === null;

/** The table that a name in front of a dot stands for. */
function aliasOf(text: string, name: string): string {
  const alias = new RegExp(`\\b(?:FROM|JOIN)\\s+(\\w+)\\s+(?:AS\\s+)?${escape(name)}\\b`, 'i').exec(
    text,
  );
  return alias?.[1] ?? name;
}

function suggest(names: readonly string[], word: string, detail: string): Suggestion[] {
  return startingWith(names, word).map((name) => ({
    text: /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`,
    label: name,
    detail,
  }));
}

const offer = (from: number, suggestions: Suggestion[]): Completion | null =>
  suggestions.length === 0 ? null : { from, suggestions };

const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether the text ends inside a string or a comment. */
function inLiteral(text: string, dialect: Dialect): boolean {
  let at = 0;
  let last: { start: number; end: number; trivia: boolean } | null = null;
  while (at < text.length) {
    const token = tokenAt(text, at, dialect);
    last = { start: token.start, end: token.end, trivia: isTrivia(token) };
    at = token.end;
  }
  if (!last) return false;
  const token = text.slice(last.start, last.end);
  if (last.trivia) return token.startsWith('--') ? !token.endsWith('\n') : token.startsWith('/*');
  return /^['$]/.test(token) && !(token.length > 1 && token.endsWith("'"));
}
