/**
 * psql, as far as it is more than SQL: variables, conditions, what sends a statement and how its result is
 * printed. It lasts from one script to the next, until the database is reset.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html
 */
import type { Statement } from '../../sql/statements.ts';
import { Execution } from '../execution.ts';
import { settingNotices } from '../settings.ts';
import { NotHere, readCommand } from './arguments.ts';
import { runCommand } from './commands.ts';
import { Conditions } from './conditions.ts';
import { DONE, FAILED, type Here, type Outcome } from './outcome.ts';
import { defaultSettings, isDefault, type PrintSettings } from './print-settings.ts';
import { printResult } from './printing.ts';
import { sendBy } from './sending.ts';
import { startsTransaction } from './transactions.ts';
import { Variables } from './variables.ts';

/** A server of one session forgets who it began with. */
const RESETS_USER =
  /^(?:RESET\s+SESSION\s+AUTHORIZATION|SET\s+(?:(?:SESSION|LOCAL)\s+)?SESSION\s+AUTHORIZATION\s+DEFAULT|DISCARD\s+ALL)\b/i;

/** Tags of what may return rows that it has changed. */
const CHANGES_ROWS = /^(?:INSERT|UPDATE|DELETE|MERGE)\b/;

export class Psql {
  readonly variables: Variables;
  readonly conditions = new Conditions();
  settings: PrintSettings = defaultSettings();
  timing = false;
  /** What `\g` alone sends again. */
  lastQuery: Statement | null = null;
  lastError: string | null = null;

  constructor(variables = new Variables()) {
    this.variables = variables;
  }

  /** Another that goes on from here. To be called between two scripts. */
  copy(): Psql {
    const copy = new Psql(new Variables(this.variables.all));
    const { settings, timing, lastQuery, lastError } = this;
    return Object.assign(copy, { settings: { ...settings }, timing, lastQuery, lastError });
  }

  async run(statement: Statement, here: Here): Promise<Outcome> {
    const outcome = await this.runAny(statement, here);
    return outcome.failed && this.variables.isOn('ON_ERROR_STOP') && this.conditions.active
      ? { ...outcome, ends: true }
      : outcome;
  }

  /** To be called behind the last statement of a script. @returns whether something was left open. */
  end({ output, origin }: Pick<Here, 'output' | 'origin'>): boolean {
    if (!this.conditions.open) return false;
    this.conditions.clear();
    const message = 'reached the end without finding closing \\endif(s)';
    output.send({ kind: 'error', origin, severity: 'ERROR', code: '', message });
    return true;
  }

  private async runAny(statement: Statement, here: Here): Promise<Outcome> {
    if (statement.kind === 'sql') {
      if (!this.conditions.active) return DONE;
      if (statement.splitBy !== undefined) {
        return this.fail(
          here,
          `${statement.splitBy} stands inside a statement, which is not available here: the statement did not run`,
          'Let it choose between whole statements.',
        );
      }
      const filled: Statement = { ...statement };
      this.lastQuery = filled;
      return statement.sentBy === undefined
        ? this.send(filled, here)
        : this.sendBy(statement.sentBy, filled, here);
    }
    try {
      const command = readCommand(statement.text, this.variables);
      const { name, args } = command;
      if (name === 'if' || name === 'elif' || name === 'else' || name === 'endif') {
        const wrong = this.conditions.take(name, args.join(' '));
        return wrong === null ? DONE : this.fail(here, wrong);
      }
      if (!this.conditions.active) return DONE;
      if (/^(?:g|gx|gset|gexec|gdesc|watch|crosstabview)$/.test(name)) {
        if (!this.lastQuery)
          return name === 'gdesc' ? DONE : this.fail(here, `\\${name} has no statement to send`);
        return await this.sendBy(statement.text, this.lastQuery, here);
      }
      return await runCommand(this, command, statement, here);
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      return this.fail(here, error.message);
    }
  }

  private async sendBy(text: string, statement: Statement, here: Here): Promise<Outcome> {
    return sendBy(this, readCommand(text, this.variables), statement, here);
  }

  /**
   * Sends a statement with its variables filled in, and prints what comes back.
   *
   * @param settings how results are printed; nothing: as set.
   */
  async send(statement: Statement, here: Here, settings = this.settings): Promise<Outcome> {
    const { session, types, output, origin } = here;
    if (
      !this.variables.isOn('AUTOCOMMIT') &&
      !session.inTransaction &&
      startsTransaction(statement, here.code)
    )
      await session.query('BEGIN');
    const execution = this.execute(statement, here);
    const began = performance.now();
    await execution.run(session);
    const time = performance.now() - began;
    const quiet = this.variables.isOn('QUIET');
    for (const { tag, returned } of execution.results) {
      if (!returned) {
        if (!quiet) output.send({ kind: 'command', origin, tag });
        continue;
      }
      const columns = await types.columns(returned.fields, session);
      if (!isDefault(settings)) {
        returned.table.sendText((rows, rowCount) =>
          printResult({ columns, rows, rowCount }, settings),
        );
        if (!quiet && CHANGES_ROWS.test(tag)) output.send({ kind: 'command', origin, tag });
      } else if (tag === 'EXPLAIN') returned.table.sendPlan();
      else returned.table.send(tag, columns, settings.null === '' ? null : settings.null);
    }
    const failed = execution.sendError();
    this.remember(execution);
    if (!failed) {
      if (RESETS_USER.test(statement.text))
        await session.query('SET SESSION AUTHORIZATION postgres');
      for (const notice of settingNotices(statement, here.code, origin)) output.send(notice);
    }
    if (this.timing) output.send({ kind: 'text', origin, text: `Time: ${time.toFixed(3)} ms` });
    return {
      failed,
      leftData: failed && statement.copyDataFrom !== undefined && !execution.readData,
    };
  }

  /** Sends a text that is no part of the script. */
  sendText(text: string, here: Here): Promise<Outcome> {
    return this.send({ kind: 'sql', text, start: 0, tokens: [] }, here);
  }

  /** A statement about to be run, with its variables filled in. */
  execute(statement: Statement, here: Here): Execution {
    const { text, written } = this.variables.fillIn(statement, here.code);
    return new Execution({ ...statement, text }, written, here.code, here.origin, here.output);
  }

  /** Keeps what psql's variables tell of the last statement. */
  remember({ error, results }: Execution): void {
    const { variables } = this;
    variables.keep('ERROR', String(error !== null));
    variables.keep('SQLSTATE', error?.code ?? '00000');
    const count = error ? '0' : (/\d+$/.exec(results.at(-1)?.tag ?? '')?.[0] ?? '0');
    variables.keep('ROW_COUNT', count);
    if (!error) return;
    variables.keep('LAST_ERROR_SQLSTATE', error.code ?? '');
    variables.keep('LAST_ERROR_MESSAGE', error.message);
    this.lastError = [
      `${error.severity ?? 'ERROR'}:  ${error.code ?? ''}: ${error.message}`,
      ...(error.detail === undefined ? [] : [`DETAIL:  ${error.detail}`]),
      ...(error.hint === undefined ? [] : [`HINT:  ${error.hint}`]),
      ...(error.routine === undefined
        ? []
        : [`LOCATION:  ${error.routine}, ${error.file}:${error.line}`]),
    ].join('\n');
  }

  /** Runs a query of the shell's own, and prints its result. */
  async print(sql: string, here: Here): Promise<boolean> {
    const { session, types, output } = here;
    const query: Statement = { kind: 'sql', text: sql, start: 0, tokens: [] };
    const execution = new Execution(query, () => 0, here.code, here.origin, output);
    await execution.run(session);
    for (const { tag, returned } of execution.results) {
      if (!returned) continue;
      const columns = await types.columns(returned.fields, session);
      const { settings } = this;
      if (isDefault(settings))
        returned.table.send(tag, columns, settings.null === '' ? null : settings.null);
      else
        returned.table.sendText((rows, rowCount) =>
          printResult({ columns, rows, rowCount }, settings),
        );
    }
    return !execution.sendError({ withoutPosition: true });
  }

  say(here: Here, text: string): Outcome {
    here.output.send({ kind: 'text', origin: here.origin, text });
    return DONE;
  }

  fail(
    { output, origin }: Pick<Here, 'output' | 'origin'>,
    message: string,
    hint?: string,
  ): Outcome {
    const error = { kind: 'error', origin, severity: 'ERROR', code: '', message } as const;
    output.send(hint === undefined ? error : { ...error, hint });
    return FAILED;
  }
}
