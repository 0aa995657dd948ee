/** Runs scripts on PostgreSQL as psql does: statement by statement, on past an error. */
import {
  DEFAULT_LIMITS,
  type Database,
  type Limits,
  type Origin,
  type Output,
  PartMissing,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../engine.ts';
import { LimitedOutput } from '../limits.ts';
import { positionAt } from '../sql/position.ts';
import { splitStatements } from '../sql/statements.ts';
import { needRest, RestNeeded } from './halves/attach.ts';
import { Psql } from './psql/shell.ts';
import { serverStopped } from './reports.ts';
import { isPristine, removeEverything } from './reset.ts';
import type { Rest } from './rest.ts';
import type { SavedServer } from './server.ts';
import { type Session, SessionLost } from './session.ts';
import { collectStatistics } from './statistics.ts';
import { TypeNames } from './types.ts';
import { Catalogs, SystemNames } from './vouch.ts';
import { type Pristine, whyNotVouched } from './vouching.ts';

/** A dataset whose script takes longer, in milliseconds, is kept when it has run for the first time. */
const RUN_ONCE = 50;

/** One PostgreSQL server in memory. */
export class PostgresDatabase implements Database {
  private readonly start: () => Promise<Session>;
  private readonly rest: Rest;
  private types = new TypeNames();
  private session: Session;
  /** The reader's psql, with its variables and settings. */
  private psql = new Psql();
  private hasLibraries = false;
  /** The script of the dataset that the database holds untouched; `null` if it is empty. */
  private holds: string | null | undefined;
  /** The dataset whose script ran last. */
  private ran: string | null = null;
  /** PostgreSQL's own catalogs, once a judge has asked for them. */
  private pristine: Pristine | undefined;
  /** What the server was before any script of a reader's ran, by the dataset's script that it held. */
  private readonly saved = new Map<string | null, SavedServer>();

  /**
   * @param start starts a session without data.
   * @param session one that has just been started.
   * @param rest what the sessions lack if they have the first half of PostgreSQL.
   * @param holds script of the dataset that the session has started with; `null` for none.
   */
  constructor(
    start: () => Promise<Session>,
    session: Session,
    rest: Rest,
    holds: string | null = null,
  ) {
    this.start = start;
    this.session = session;
    this.rest = rest;
    this.save(holds);
  }

  /** Only running a script shows whether it needs the rest: this is called when it has. */
  async loadParts(): Promise<void> {
    if (this.session.lacksRest) await this.rest.load();
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    try {
      await this.resetTo(dataset);
    } catch (error) {
      if (!(error instanceof RestNeeded)) throw error;
      await this.rest.load();
      await this.restart();
      await this.resetTo(dataset);
    }
  }

  private async resetTo(dataset: ScriptFile | null): Promise<void> {
    const script = dataset?.code ?? null;
    this.psql = new Psql();
    if (this.holds === script) return;
    this.types = new TypeNames();
    if (!this.hasLibraries) await this.loadLibraries();
    if (this.goBackTo(script)) return;
    if (this.holds !== null && !this.goBackTo(null)) await this.makePristine();
    if (!dataset) return;
    const began = performance.now();
    this.holds = undefined;
    const emit = (output: Output): void => {
      if (output.kind !== 'error') return;
      const { message, origin, position } = output;
      throw new Error(`${dataset.name}:${position?.line ?? origin.line}: ${message}`);
    };
    // Whoever follows how far a dataset's script is follows `run`. What needs the rest is begun again by `reset`.
    if (this.session.lacksRest) await this.runScript({ files: [dataset] }, DEFAULT_LIMITS, emit);
    else await this.run({ files: [dataset] }, emit);
    if (this.session.inTransaction)
      throw new Error(`${dataset.name}: it leaves a transaction open`);
    await collectStatistics(this.session);
    // To keep the result takes a while as well, and pays when it is asked for again.
    if (this.ran === script || performance.now() - began > RUN_ONCE) this.save(script);
    this.ran = this.holds = script;
  }

  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    const before = this.session.lacksRest ? await this.keep() : null;
    // What the page asks by itself changes nothing.
    if (!script.aside) this.holds = undefined;
    try {
      return await this.runScript(script, limits, emit);
    } catch (error) {
      if (!(error instanceof RestNeeded) || !before) throw error;
      await before.goBack();
      throw new PartMissing('PostgreSQL’s first half does not do for it');
    } finally {
      before?.forget();
    }
  }

  /** What it takes to undo the next script, should it turn out in its middle that the rest is needed; `null` if it is here. */
  private async keep(): Promise<{ goBack(): Promise<void> | void; forget(): void } | null> {
    const { holds } = this;
    if (holds !== undefined)
      return { goBack: () => this.comeBackTo(holds), forget: () => undefined };
    const [like] = this.saved.values();
    const kept = this.session.keep(needRest, like);
    if (!kept) {
      await this.rest.load();
      return null;
    }
    const psql = this.psql.copy();
    const goBack = (): void => {
      kept.goBack();
      this.psql = psql;
      this.types = new TypeNames();
    };
    return { ...kept, goBack };
  }

  /** @throws RestNeeded where the first half does not do; then the session is in pieces. */
  private async runScript(
    script: Script,
    limits: Limits,
    emit: (output: Output) => void,
  ): Promise<RunSummary> {
    const output = new LimitedOutput(emit, limits);
    const summary: RunSummary = { milliseconds: 0, statements: 0, errors: 0 };
    /** @returns whether the judge is answered by PostgreSQL itself; if not, that is said. */
    const trusted = async (origin: Origin): Promise<boolean> => {
      const untrusted = await this.vouch();
      if (untrusted === null) return true;
      output.send({ kind: 'error', origin, severity: 'ERROR', code: '', message: untrusted });
      output.finish();
      summary.errors += 1;
      return false;
    };
    if (script.judge && !(await trusted({ file: 0, line: 1, statement: 0 }))) return summary;
    // A reader's transaction, when it ends, takes back what was reset inside it, and may do what it had put off.
    let inReaders = script.judge === true && this.session.inTransaction;
    // What a judge asks, or the page, is neither printed otherwise nor kept from running by what a reader set.
    const psql = script.judge || script.aside ? new Psql() : this.psql;
    for (const [file, { code }] of script.files.entries()) {
      let ended = false;
      let origin: Origin = { file, line: 1, statement: summary.statements };
      const statements = splitStatements(code, 'postgres');
      for (
        let statement = statements.shift();
        statement && !ended;
        statement = statements.shift()
      ) {
        const line = positionAt(code, statement.start).line;
        origin = { file, line, statement: summary.statements };
        summary.statements += 1;
        const began = performance.now();
        try {
          const here = { session: this.session, types: this.types, output, origin, code };
          const { failed, ends = false, leftData = false } = await psql.run(statement, here);
          if (failed) summary.errors += 1;
          ended = ends;
          // psql reads on there, too: what should have been data is SQL.
          if (leftData)
            statements.unshift(...splitStatements(code, 'postgres', statement.copyDataFrom));
        } catch (error) {
          if (!(error instanceof SessionLost)) throw error;
          summary.errors += 1;
          await this.recover(origin, output);
          output.finish();
          return summary;
        } finally {
          summary.milliseconds += performance.now() - began;
        }
        if (!inReaders || this.session.inTransaction) continue;
        inReaders = false;
        if (!(await trusted(origin))) return summary;
      }
      if (psql.end({ output, origin })) summary.errors += 1;
      if (ended) break;
    }
    output.finish();
    return summary;
  }

  async close(): Promise<void> {
    await this.session.close();
  }

  /** @returns why the database would not answer a judge by itself, in words for the reader; `null` if it does. */
  private vouch(): Promise<string | null> {
    return whyNotVouched(this.session, async () => (this.pristine ??= await this.readPristine()));
  }

  /** PostgreSQL's own catalogs, read as they were before any script, for which the server goes back for a moment. */
  private async readPristine(): Promise<PostgresDatabase['pristine']> {
    const [pristine] = this.saved.values();
    if (!pristine) return undefined;
    return this.session.inEarlier(pristine, async () => ({
      catalogs: await Catalogs.read(this.session),
      names: await SystemNames.read(this.session),
    }));
  }

  /** Keeps what the server is now, holding the dataset untouched. */
  private save(holds: string | null): void {
    // Two at a time: the empty database, and the dataset that was asked for last.
    if (holds !== null)
      for (const known of this.saved.keys()) if (known !== null) this.saved.delete(known);
    const [like] = this.saved.values();
    this.saved.set(holds, this.session.save(like));
    this.holds = holds;
  }

  /** @returns whether the server holds that dataset again, as if nothing had run since. */
  private goBackTo(holds: string | null): boolean {
    const saved = this.saved.get(holds);
    if (!saved || !this.session.restore(saved)) return false;
    this.holds = holds;
    return true;
  }

  /** Back to a dataset's script that the database held, from a session in pieces. */
  private async comeBackTo(script: string | null): Promise<void> {
    this.psql = new Psql();
    this.types = new TypeNames();
    if (this.goBackTo(script)) return;
    await this.restart();
    if (script !== null) await this.reset({ name: 'the dataset', code: script });
  }

  /** Not before a first script has run: its reader waits for the start as well. */
  private async loadLibraries(): Promise<void> {
    const [startedWith = null] = this.saved.keys();
    if (!this.goBackTo(startedWith)) return this.restart();
    await this.session.loadLibraries();
    this.hasLibraries = true;
    // What was saved without them must not come back.
    this.save(startedWith);
  }

  /** Empties a server that started with a dataset; starts a new one if that is not to be had. */
  private async makePristine(): Promise<void> {
    const [startedWith] = this.saved.keys();
    // Once no reader's script has run, what the dataset's own made can be removed, and looked after: which takes the rest.
    const isWhole = !this.session.lacksRest && this.rest.noted === null;
    if (isWhole && startedWith !== undefined && this.goBackTo(startedWith)) {
      try {
        await removeEverything(this.session);
        if (await isPristine(this.session)) {
          this.save(null);
          return;
        }
      } catch {
        // Whatever it was that could not be undone is gone with the server.
      }
    }
    await this.restart();
  }

  private async restart(): Promise<void> {
    // A server that broke off may not be able to close either, and is to be left to itself then.
    await this.session.close().catch(() => undefined);
    this.saved.clear();
    this.session = await this.start();
    await this.session.loadLibraries();
    this.hasLibraries = true;
    this.save(null);
  }

  /** psql loses its connection in such a case, and what the script has left to say is never sent. */
  private async recover(origin: Origin, output: LimitedOutput): Promise<void> {
    await this.restart();
    output.send(serverStopped(origin));
  }
}
