/** What kind of values a result's columns hold. */
import type { Column } from '../engine.ts';
import type { Statement } from '../sql/statements.ts';
import { SqliteError, type Connection, type StorageClass } from './connection.ts';

/** The storage classes met in each column of a result. */
export class SeenClasses {
  private readonly seen: Set<StorageClass>[];

  constructor(columns: number) {
    this.seen = Array.from({ length: columns }, () => new Set<StorageClass>());
  }

  add(column: number, storage: StorageClass): void {
    if (storage !== 'NULL') this.seen[column]?.add(storage);
  }

  of(column: number): readonly StorageClass[] {
    return [...(this.seen[column] ?? [])];
  }
}

/**
 * The declared type where a column comes from a table's; else the storage class of the values, if
 * they agree. In SQLite a type belongs to the value, so what is numeric is told by the values.
 *
 * @param declared by {@link declaredTypes}.
 */
export function describeColumns(
  names: readonly string[],
  declared: readonly string[],
  seen: SeenClasses,
): Column[] {
  return names.map((name, index) => {
    const classes = seen.of(index);
    const type = declared[index] || (classes.length > 0 ? classes.join(' or ') : '');
    const numeric =
      classes.length > 0
        ? classes.every((storage) => storage === 'INTEGER' || storage === 'REAL')
        : /INT|REAL|FLOA|DOUB|NUM|DEC/i.test(type);
    return { name, type, numeric };
  });
}

/**
 * The types with which the columns of a query's result were declared, `''` for an expression's.
 *
 * `sqlite3_column_decltype` is not in this build, but a view over the query tells the same. (It says
 * `BLOB` for a column declared with no type, so that BLOB is left to the values, too.)
 */
export function declaredTypes(statement: Statement, connection: Connection): string[] {
  const view = 'temp.course_result_types';
  const query = statement.text.replace(/;\s*$/, '');
  try {
    connection.query(`CREATE TEMP VIEW course_result_types AS ${query}`);
  } catch (error) {
    // A query that cannot be a view (with RETURNING, a PRAGMA) has no declared types to tell.
    if (error instanceof SqliteError) return [];
    throw error;
  }
  try {
    const rows = connection.query("PRAGMA temp.table_info('course_result_types')");
    return rows.map(([, , type]) => (type === 'BLOB' ? '' : (type ?? '')));
  } finally {
    connection.query(`DROP VIEW ${view}`);
  }
}
