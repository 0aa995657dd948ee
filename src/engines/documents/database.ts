/** Runs mongosh scripts: every input prints what the shell prints, and an error does not stop the next. */
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
import { LimitedOutput } from '../limits.ts';
import { countingIds } from './api/store.ts';
import { loadParts } from './parts/parts.ts';
import { printedError } from './shell/errors.ts';
import type { Evaluator } from './shell/scope.ts';
import { Leaving, Shell } from './shell/shell.ts';
import { type Input, inputsOf, type SyntaxFault } from './shell/statements.ts';

/**
 * The time that generated ObjectIds tell: fixed, so that what the build prints under a cell is what
 * the reader's browser prints too. `new Date()` and `$$NOW` are the real time.
 */
const ID_TIME = new Date('2025-01-15T10:30:00Z');

/** What a page says where a terminal would be closed. */
const LEFT = 'The script ends here. The shell stays: there is no terminal to leave.';

export class DocumentDatabase implements Database {
  private readonly evaluator: Evaluator;
  private shell: Shell;
  private print: (text: string) => void = () => undefined;
  /** Of the input that runs, or ran last. */
  private origin: Origin = { file: 0, line: 1, statement: 0 };
  /** Whether the script that runs has left the shell. */
  private left = false;
  /** The script of the dataset that the shell holds untouched; `null` if it is empty. */
  private holds: string | null | undefined = null;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
    this.shell = this.newShell();
  }

  private newShell(): Shell {
    return new Shell({
      evaluator: this.evaluator,
      print: (text) => {
        this.print(text);
      },
      newId: countingIds(() => ID_TIME),
    });
  }

  loadParts({ files }: Script): Promise<void> {
    return loadParts(files);
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    if (dataset) await loadParts([dataset]);
    if (this.holds === (dataset?.code ?? null)) return;
    this.shell = this.newShell();
    if (dataset) await this.fill(dataset);
    this.holds = dataset?.code ?? null;
  }

  private async fill(dataset: ScriptFile): Promise<void> {
    await this.run({ files: [dataset] }, (output) => {
      if (output.kind !== 'error') return;
      const { severity, message, origin, position } = output;
      throw new Error(
        `${dataset.name}:${String(position?.line ?? origin.line)}: ${severity}: ${message}`,
      );
    });
  }

  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    await loadParts(script.files);
    this.holds = undefined;
    const output = new LimitedOutput(emit, limits);
    const summary: RunSummary = { milliseconds: 0, statements: 0, errors: 0 };
    this.shell.beginRun();
    if (script.judge) this.shell.restoreBuiltins();
    this.left = false;
    script: for (const [file, { code }] of script.files.entries()) {
      let failedLine = false;
      for (const input of inputsOf(code)) {
        const origin: Origin = { file, line: input.line, statement: summary.statements };
        // Of several statements on one line the shell prints the last, and runs none after an error.
        const { continued } = input.kind === 'syntax error' ? { continued: false } : input;
        if (!failedLine) {
          summary.statements += 1;
          const began = performance.now();
          const went = this.runInput(input, origin, output);
          failedLine = !(typeof went === 'boolean' ? went : await went);
          this.print = () => undefined;
          summary.milliseconds += performance.now() - began;
          if (failedLine) summary.errors += 1;
          if (this.hasLeft()) break script;
        }
        if (!continued) failedLine = false;
      }
    }
    await this.finish(summary, output);
    output.finish();
    return summary;
  }

  /** Timers that a script has set still fire. What they print belongs to its last input. */
  private async finish(summary: RunSummary, output: LimitedOutput): Promise<void> {
    const { origin } = this;
    this.print = (text) => {
      output.send({ kind: 'text', origin, text });
    };
    await this.shell.finish((error) => {
      summary.errors += 1;
      this.sendError(error, origin, output);
    });
    this.print = () => undefined;
  }

  private sendError(error: unknown, origin: Origin, output: LimitedOutput): void {
    const { name, ...rest } = printedError(error);
    output.send({ kind: 'error', origin, severity: name, ...rest });
  }

  /** @returns whether it went well; a promise only where there is something to wait for. */
  private runInput(
    input: Input | SyntaxFault,
    origin: Origin,
    output: LimitedOutput,
  ): boolean | Promise<boolean> {
    this.origin = origin;
    if (input.kind === 'syntax error') {
      const { message, position, frame } = input;
      output.send({
        kind: 'error',
        origin,
        severity: 'SyntaxError',
        code: '',
        message,
        detail: frame,
        position,
      });
      return false;
    }
    this.print = (text) => {
      output.send({ kind: 'text', origin, text });
    };
    const { shell } = this;
    const show = (value: unknown): boolean => {
      const text = input.continued ? '' : shell.text(value);
      if (text !== '') output.send({ kind: 'text', origin, text });
      return true;
    };
    const fail = (error: unknown): boolean => {
      if (error instanceof Leaving) {
        this.left = true;
        output.send({ kind: 'text', origin, text: LEFT });
        return true;
      }
      this.sendError(error, origin, output);
      return false;
    };
    try {
      const value = shell.run(input);
      if (!shell.waits(input, value)) return show(value);
      const settled = shell.settle(value).then((answer) => show(answer.value));
      return settled.catch(fail).then((well) => this.wentWell(origin, output) && well);
    } catch (error) {
      if (!shell.waits(input)) return fail(error);
      fail(error);
      return shell.rest().then(() => this.wentWell(origin, output) && false);
    }
  }

  /** Tells of promises that were rejected meanwhile. @returns whether there was none. */
  private wentWell(origin: Origin, output: LimitedOutput): boolean {
    const rejections = this.shell.rejections();
    for (const reason of rejections) this.sendError(reason, origin, output);
    return rejections.length === 0;
  }

  private hasLeft(): boolean {
    return this.left;
  }

  async close(): Promise<void> {
    this.shell = this.newShell();
  }
}
