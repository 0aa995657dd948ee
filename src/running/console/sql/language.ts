/** psql and sqlite3, for a console. */
import type { Language } from '../session/language.ts';
import { completeSql, isCompleteSql } from './completion.ts';
import { inspectSql } from './inspection.ts';

function language(
  engine: 'postgres' | 'sqlite',
  shell: string,
  prompt: string,
  examples: string[],
): Language {
  return {
    shell,
    words: { relations: 'Tables', relation: 'Table', size: 'Rows', fields: 'Columns' },
    examples,
    prompt: () => prompt,
    isComplete: (text) => isCompleteSql(text, engine),
    complete: (text, caret, catalog) => completeSql(text, caret, catalog, engine),
    hint: (text) =>
      text.trim() === '' || isCompleteSql(text, engine)
        ? null
        : { syntax: ';', summary: 'ends the statement. Until then Enter begins a new line.' },
    // Not after BEGIN: a query of ours would be the first of the reader's transaction.
    mayChange: (input) =>
      /\b(create|alter|drop|insert|update|delete|truncate|replace|copy|commit|end|rollback|merge|do|call)\b/i.test(
        input,
      ),
    inspect: (ask) => inspectSql(engine, ask),
    asText: (output) => (output.kind === 'text' ? { text: output.text, failed: false } : null),
  };
}

const TABLE = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);';

export const psql = language('postgres', 'psql', 'postgres=#', [
  TABLE,
  "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob') RETURNING *;",
  'SELECT * FROM users;',
  '\\d users',
]);
export const sqlite3 = language('sqlite', 'sqlite3', 'sqlite>', [
  TABLE,
  "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob') RETURNING *;",
  'SELECT * FROM users;',
]);
