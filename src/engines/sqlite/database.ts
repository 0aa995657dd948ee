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
import { pragmaNotice } from './absent.ts';
import { declaredTypes, describeColumns, SeenClasses } from './columns.ts';
import { Connection, SqliteError, type PreparedStatement, type Sqlite } from './connection.ts';
import { errorOutput } from './errors.ts';
import { refuseFiles } from './files.ts';
import { planLines } from './plan.ts';
import { runCommand, type Answer } from './shell/commands.ts';
import { printRows, shown } from './shell/modes.ts';
import { defaultSettings, type ShellSettings } from './shell/settings.ts';

/** One SQLite database in memory. */
export class SqliteDatabase implements Database {
  private readonly sqlite: Sqlite;
  private connection: Connection;
  /** What the reader's commands of the shell have set. */
  private settings = defaultSettings();

  constructor(sqlite: Sqlite) {
    this.sqlite = sqlite;
    this.connection = new Connection(sqlite);
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    this.settings = defaultSettings();
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
    // What a judge asks, or the page, is printed as ever.
    const settings = script.judge || script.aside ? defaultSettings() : this.settings;
    let ended = false;
    for (const [file, { code }] of script.files.entries()) {
      for (const statement of splitStatements(code, 'sqlite')) {
        if (ended) break;
        const line = positionAt(code, statement.start).line;
        const origin: Origin = { file, line, statement: summary.statements };
        summary.statements += 1;
        const began = performance.now();
        let failed = false;
        try {
          if (statement.kind === 'shell-command') {
            const answer = runCommand(statement.text, settings, this.connection);
            failed = answer.error !== undefined;
            ended = answer.ends ?? false;
            sendAnswer(answer, origin, output);
          } else {
            this.runStatement(statement, { code, origin, output, settings });
          }
        } catch (error) {
          if (!(error instanceof SqliteError)) throw error;
          failed = true;
          output.send(errorOutput(error, origin, statement, code, this.connection));
        }
        const time = performance.now() - began;
        summary.milliseconds += time;
        if (failed) summary.errors += 1;
        ended ||= failed && settings.bail;
        if (statement.kind === 'sql' && settings.timer)
          output.send({ kind: 'text', origin, text: `Run Time: real ${(time / 1000).toFixed(3)}` });
      }
    }
    output.finish();
    return summary;
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private runStatement(statement: Statement, { code, origin, output, settings }: Here): void {
    const words = statement.tokens
      .filter((token) => token.kind === 'word')
      .map((token) => code.slice(token.start, token.end).toUpperCase());
    refuseFiles(statement.text, this.connection);
    const prepared = this.connection.prepare(statement.text);
    if (!prepared) return;
    try {
      if (settings.plans && words[0] !== 'EXPLAIN') this.sendPlan(statement, origin, output);
      if (prepared.columnNames.length === 0) {
        while (prepared.step());
        const tag = changesRows(words) ? this.changedTag() : 'done';
        output.send({ kind: 'command', origin, tag });
      } else if (words.slice(0, 3).join(' ') === 'EXPLAIN QUERY PLAN') {
        const table = output.table(origin, []);
        while (prepared.step()) table.add(() => prepared.row());
        table.sendPlan(planLines(table.kept));
      } else {
        this.sendRows(prepared, statement, changesRows(words), { code, origin, output, settings });
      }
    } finally {
      prepared.finalize();
    }
    if (settings.changes) {
      const [[changes, total] = []] = this.connection.query('SELECT changes(), total_changes()');
      output.send({
        kind: 'text',
        origin,
        text: `changes: ${changes}   total_changes: ${total}`,
      });
    }
    if (words[0] === 'PRAGMA') {
      const notice = pragmaNotice(statement.text, origin, this.connection);
      if (notice) output.send(notice);
    }
  }

  private sendPlan({ text }: Statement, origin: Origin, output: LimitedOutput): void {
    const table = output.table(origin, []);
    for (const row of this.connection.query(`EXPLAIN QUERY PLAN ${text}`)) table.add(() => row);
    if (table.count > 0) table.sendPlan(planLines(table.kept));
  }

  private sendRows(
    prepared: PreparedStatement,
    statement: Statement,
    changes: boolean,
    { origin, output, settings }: Here,
  ): void {
    const { mode, nullValue } = settings;
    const seen = new SeenClasses(prepared.columnNames.length);
    const table = output.table(origin, []);
    while (prepared.step()) {
      table.add(() => {
        if (mode !== null) return prepared.values().map((value) => shown(value, settings));
        prepared.columnNames.forEach((_, column) =>
          seen.add(column, prepared.storageClass(column)),
        );
        return prepared.row();
      });
    }
    const tag = changes ? this.changedTag() : count(table.count, 'row');
    prepared.finalize();
    if (mode !== null) {
      const names = prepared.columnNames;
      table.sendText((rows) => printRows(names, rows as string[][], { ...settings, mode }));
      return;
    }
    const declared = changes ? [] : declaredTypes(statement, this.connection);
    const columns = describeColumns(prepared.columnNames, declared, seen);
    table.send(tag, columns, nullValue === '' ? null : nullValue);
  }

  private changedTag(): string {
    return `${count(this.connection.changes(), 'row')} changed`;
  }
}

/** Where a statement stands, and what hears of it. */
interface Here {
  code: string;
  origin: Origin;
  output: LimitedOutput;
  settings: ShellSettings;
}

/** What a command of the shell came to, as outputs. */
function sendAnswer({ text, error, hint }: Answer, origin: Origin, output: LimitedOutput): void {
  if (text !== undefined && text !== '') output.send({ kind: 'text', origin, text });
  if (error === undefined) return;
  output.send({
    kind: 'error',
    origin,
    severity: 'ERROR',
    code: '',
    message: error,
    ...(hint !== undefined && { hint }),
  });
}

/** Whether the statement's own verb, which may follow a WITH clause, is one that changes rows. */
function changesRows(words: readonly string[]): boolean {
  const verb = words.find((word) => /^(SELECT|VALUES|INSERT|REPLACE|UPDATE|DELETE)$/.test(word));
  if (words[0] !== 'WITH') return words[0] === verb && /^[IRUD]/.test(verb ?? '');
  // In `WITH x AS (SELECT …) DELETE …` the verb that counts is behind the parentheses.
  return words.some((word) => /^(INSERT|REPLACE|UPDATE|DELETE)$/.test(word));
}
