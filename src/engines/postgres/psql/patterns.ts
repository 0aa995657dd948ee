/**
 * The patterns of `\d` and its like, as conditions in SQL: what psql makes of them (`processSQLNamePattern`).
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, "Patterns"
 */
import { literal } from './variables.ts';

export interface Pattern {
  /** The regular expressions of the parts between dots, the name last; `null` where any name will do. */
  parts: (string | null)[];
}

/** @param text `public.user*`, as it was typed, quotes included. */
export function readPattern(text: string): Pattern {
  const parts: string[] = [''];
  let quoted = false;
  const add = (piece: string): void => void (parts[parts.length - 1]! += piece);
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '"') {
      if (quoted && text[at + 1] === '"') {
        add('"');
        at += 1;
      } else quoted = !quoted;
    } else if (quoted) add(/[\\|*+?()[\]{}.^$]/.test(character) ? `\\${character}` : character);
    else if (character === '*') add('.*');
    else if (character === '?') add('.');
    else if (character === '.') parts.push('');
    // The one sign of regular expressions that names have, and that no pattern needs.
    else if (character === '$') add('\\$');
    // `[]` behind a type is no class of characters.
    else if (character === '[' && text[at + 1] === ']') add('\\[');
    else add(character.toLowerCase());
  }
  return { parts: parts.map((part) => (part === '' || part === '.*' ? null : `^(${part})$`)) };
}

export interface PatternColumns {
  /** Column with the schema's name; `null` for what stands in none. */
  schema: string | null;
  name: string;
  /** Another name by which a thing may be meant. */
  other?: string;
  /** Condition by which a thing is meant without its schema. */
  visible?: string;
}

/** What is wrong with a pattern, in psql's words. */
export class PatternError extends Error {}

/** @returns conditions; none without a pattern but that of visibility. @throws PatternError */
export function conditionsOf(
  text: string,
  columns: PatternColumns,
  database = 'postgres',
): string[] {
  const { schema, name, other, visible } = columns;
  if (text === '') return visible === undefined ? [] : [visible];
  const parts = [...readPattern(text).parts];
  const most = schema === null ? 1 : 3;
  if (parts.length > most)
    throw new PatternError(
      schema === null && parts.length === 2
        ? `improper qualified name (too many dotted names): ${text}`
        : `improper qualified name (too many dotted names): ${text}`,
    );
  if (parts.length === 3) {
    const of = parts.shift();
    if (of !== undefined && of !== null && of !== `^(${database})$`)
      throw new PatternError(`cross-database references are not implemented: ${text}`);
  }
  const wanted = parts.pop() ?? null;
  const conditions: string[] = [];
  if (wanted !== null) {
    const matches = (column: string): string =>
      `${column} OPERATOR(pg_catalog.~) ${literal(wanted)} COLLATE pg_catalog.default`;
    conditions.push(
      other === undefined ? matches(name) : `(${matches(name)} OR ${matches(other)})`,
    );
  }
  const [within] = parts;
  if (parts.length === 0) {
    if (visible !== undefined) conditions.push(visible);
  } else if (within !== undefined && within !== null)
    conditions.push(
      `${schema} OPERATOR(pg_catalog.~) ${literal(within)} COLLATE pg_catalog.default`,
    );
  return conditions;
}
