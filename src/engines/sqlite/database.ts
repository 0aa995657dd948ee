/** Runs scripts on SQLite as the sqlite3 shell does: statement by statement, on past an error. */
import {
  DEFAULT_LIMITS,
  type Database,
  type Limits,
  type Origin,
  type Output,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../engine.ts';
import { count, LimitedOutput } from '../limits.ts';
import { positionAt } from '../sql/position.ts';
import { splitStatements, type Statement } from '../sql/statements.ts';
import { declaredTypes, describeColumns, SeenClasses } from './columns.ts';
import { Connection, SqliteError, type PreparedStatement, type Sqlite } from './connection.ts';
import { errorOutput } from './errors.ts';
import { refuseFiles } from './files.ts';
import { planLines } from './plan.ts';
import { shellCommandOutput } from './shell-commands.ts';

/** One SQLite database in memory. */
export class SqliteDatabase implements Database {
  private readonly sqlite: Sqlite;
  private connection: Connection;

  constructor(sqlite: Sqlite) {
    this.sqlite = sqlite;
    this.connection = new Connection(sqlite);
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    this.connection.close();
    this.connection = new Connection(this.sqlite);
    if (!dataset) return;
    await this.run({ files: [dataset] }, (output) => {
      if (output.kind !== 'error') return;
      const { message, origin, position } = output;
      throw new Error(`${dataset.name}:${position?.line ?? origin.line}: ${message}`);
    });
  }

  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    const output = new LimitedOutput(emit, limits);
    const summary: RunSummary = { milliseconds: 0, statements: 0, errors: 0 };
    for (const [file, { code }] of script.files.entries()) {
      for (const statement of splitStatements(code, 'sqlite')) {
        const line = positionAt(code, statement.start).line;
        const origin: Origin = { file, line, statement: summary.statements };
        summary.statements += 1;
        const began = performance.now();
        try {
          if (statement.kind === 'shell-command') {
            summary.errors += 1;
            output.send(shellCommandOutput(statement.text, origin));
          } else {
            this.runStatement(statement, code, origin, output);
          }
        } catch (error) {
          if (!(error instanceof SqliteError)) throw error;
          summary.errors += 1;
          output.send(errorOutput(error, origin, statement, code, this.connection));
        }
        summary.milliseconds += performance.now() - began;
      }
    }
    output.finish();
    return summary;
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private runStatement(
    statement: Statement,
    code: string,
    origin: Origin,
    output: LimitedOutput,
  ): void {
    const words = statement.tokens
      .filter((token) => token.kind === 'word')
      .map((token) => code.slice(token.start, token.end).toUpperCase());
    refuseFiles(statement.text, this.connection);
    const prepared = this.connection.prepare(statement.text);
    if (!prepared) return;
    try {
      if (prepared.columnNames.length === 0) {
        while (prepared.step());
        const tag = changesRows(words) ? this.changedTag() : 'done';
        output.send({ kind: 'command', origin, tag });
      } else if (words.slice(0, 3).join(' ') === 'EXPLAIN QUERY PLAN') {
        const table = output.table(origin, []);
        while (prepared.step()) table.add(() => prepared.row());
        table.sendPlan(planLines(table.kept));
      } else {
        this.sendRows(prepared, statement, changesRows(words), origin, output);
      }
    } finally {
      prepared.finalize();
    }
  }

  private sendRows(
    prepared: PreparedStatement,
    statement: Statement,
    changes: boolean,
    origin: Origin,
    output: LimitedOutput,
  ): void {
    const seen = new SeenClasses(prepared.columnNames.length);
    const table = output.table(origin, []);
    while (prepared.step()) {
      table.add(() => {
        prepared.columnNames.forEach((_, column) =>
          seen.add(column, prepared.storageClass(column)),
        );
        return prepared.row();
      });
    }
    const tag = changes ? this.changedTag() : count(table.count, 'row');
    prepared.finalize();
    const declared = changes ? [] : declaredTypes(statement, this.connection);
    table.send(tag, describeColumns(prepared.columnNames, declared, seen));
  }

  private changedTag(): string {
    return `${count(this.connection.changes(), 'row')} changed`;
  }
}

/** Whether the statement's own verb, which may follow a WITH clause, is one that changes rows. */
function changesRows(words: readonly string[]): boolean {
  const verb = words.find((word) => /^(SELECT|VALUES|INSERT|REPLACE|UPDATE|DELETE)$/.test(word));
  if (words[0] !== 'WITH') return words[0] === verb && /^[IRUD]/.test(verb ?? '');
  // In `WITH x AS (SELECT …) DELETE …` the verb that counts is behind the parentheses.
  return words.some((word) => /^(INSERT|REPLACE|UPDATE|DELETE)$/.test(word));
}
