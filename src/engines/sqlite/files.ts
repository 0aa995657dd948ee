/** There are no files: one would outlive its database, and with it every reset. */
import { SqliteError, type Connection } from './connection.ts';

/** SQLite's result code for a file that cannot be opened. */
const CANTOPEN = 14;

/** What has no file: a database in memory, and one that SQLite deletes as soon as it is closed. */
const WITHOUT_FILE: readonly (string | null | undefined)[] = [':memory:', ''];

/**
 * To be asked before a statement runs. What it would do is not read from its text but from the program
 * that SQLite makes of it (https://sqlite.org/opcode.html).
 *
 * @throws SqliteError if the statement would make a file.
 */
export function refuseFiles(sql: string, connection: Connection): void {
  if (!/attach|vacuum/i.test(sql)) return;
  const program = programOf(sql, connection);
  for (const [at, [, opcode, , second, , fourth]] of program.entries()) {
    if (opcode === 'Vacuum' && second !== '0')
      throw new SqliteError(CANTOPEN, 'VACUUM INTO makes a file, and there are no files here');
    if (opcode === 'Function' && fourth?.startsWith('sqlite_attach(')) {
      // Its arguments are in registers from the second operand on, the file's name first.
      const loads = program.slice(1, at);
      const name = loads.find(([, , , register]) => register === second);
      if (!loads.every(isLiteral) || !WITHOUT_FILE.includes(name?.[5]))
        throw new SqliteError(CANTOPEN, "only ':memory:' can be attached here: there are no files");
    }
  }
}

/** Whether the instruction loads what stands in the statement: a name that is computed may be any. */
const isLiteral = ([, opcode]: (string | null)[]): boolean =>
  opcode === 'String8' || opcode === 'Null';

/** The rows of `EXPLAIN`: address, opcode, operands 1 to 5, comment. */
function programOf(sql: string, connection: Connection): (string | null)[][] {
  try {
    return connection.query(`EXPLAIN ${sql}`);
  } catch (error) {
    // What does not compile does not run, and says so itself.
    if (error instanceof SqliteError) return [];
    throw error;
  }
}
