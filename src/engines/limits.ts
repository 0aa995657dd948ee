/**
 * Keeps what a run prints within its limits, the same way for every engine. What does not fit is
 * counted and dropped, and the reader is told in words.
 */
import type { Column, Limits, Origin, Output } from './engine.ts';

/** Hands outputs on until a run's allowance of outputs and of characters is used up. */
export class LimitedOutput {
  private sent = 0;
  private dropped = 0;
  private characters: number;
  private lastOrigin: Origin | null = null;
  private readonly emit: (output: Output) => void;
  private readonly limits: Limits;

  constructor(emit: (output: Output) => void, limits: Limits) {
    this.emit = emit;
    this.limits = limits;
    this.characters = limits.characters;
  }

  /**
   * Hands an output on, with its text cut to the characters left.
   *
   * @returns false if there were too many, and this one was only counted.
   */
  send(output: Output): boolean {
    this.lastOrigin = output.origin;
    if (this.sent >= this.limits.outputs) {
      this.dropped += 1;
      return false;
    }
    this.sent += 1;
    this.emit(this.fit(output));
    return true;
  }

  /** Collects one result's rows, as many as are allowed. */
  table(origin: Origin, columns: Column[]): LimitedTable {
    return new LimitedTable(this, origin, columns, this.limits.rows);
  }

  /** To be called once, when the script is through: says how many outputs are missing. */
  finish(): void {
    if (this.dropped === 0 || !this.lastOrigin) return;
    const shown = count(this.limits.outputs, 'output');
    const missing = `${format(this.dropped)} more ${this.dropped === 1 ? 'was' : 'were'} left out.`;
    const message = `Showing the first ${shown}; ${missing}`;
    this.emit({ kind: 'limit', origin: this.lastOrigin, message });
  }

  /** Whether any character may still be printed. */
  hasRoom(): boolean {
    return this.characters > 0 && this.sent < this.limits.outputs;
  }

  /** {@link Limits.characters} of the run. */
  get characterLimit(): number {
    return this.limits.characters;
  }

  /**
   * Takes the text's characters from the allowance; what does not fit is replaced by an ellipsis.
   *
   * @param atLeast how many characters are kept even if the allowance is used up.
   */
  take(text: string, atLeast = 0): string {
    const room = Math.max(this.characters, atLeast);
    // An empty value costs as well: a million NULLs are not free to send.
    this.characters = Math.max(0, this.characters - Math.max(1, text.length));
    if (text.length <= room) return text;
    const kept = text.slice(0, room);
    // Half of a character outside the basic plane is not text.
    return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
  }

  private fit(output: Output): Output {
    switch (output.kind) {
      case 'notice':
      case 'error':
        return {
          ...output,
          message: this.take(output.message, 500),
          ...(output.detail !== undefined && { detail: this.take(output.detail, 500) }),
        };
      case 'text':
        return { ...output, text: this.take(output.text) };
      case 'transcript':
        return { ...output, input: this.take(output.input), reply: this.take(output.reply) };
      // The values of a table or a plan were taken from the allowance row by row.
      case 'table':
      case 'plan':
      case 'command':
      case 'limit':
        return output;
    }
  }
}

/** The rows of one result. */
export class LimitedTable {
  private readonly rows: (string | null)[][] = [];
  private rowCount = 0;
  private cut = false;
  private readonly output: LimitedOutput;
  private readonly origin: Origin;
  private readonly columns: Column[];
  private readonly rowLimit: number;

  constructor(output: LimitedOutput, origin: Origin, columns: Column[], rowLimit: number) {
    this.output = output;
    this.origin = origin;
    this.columns = columns;
    this.rowLimit = rowLimit;
  }

  /**
   * Counts one row, and keeps it if there is room.
   *
   * @param read the row's values as text; called only if the row is kept.
   */
  add(read: () => (string | null)[]): void {
    this.rowCount += 1;
    if (this.rows.length >= this.rowLimit || !this.output.hasRoom()) return;
    this.rows.push(
      read().map((value) => {
        const kept = this.output.take(value ?? '');
        if (kept !== (value ?? '')) this.cut = true;
        return value === null ? null : kept;
      }),
    );
  }

  /**
   * Sends the table, and what the reader has to know about its limits.
   *
   * @param tag what the database said when the statement had ended, given the number of rows.
   * @param columns the columns, if they are known better now than in the beginning.
   */
  send(tag: string, columns: Column[] = this.columns): void {
    const { origin, rows, rowCount } = this;
    const sent = this.output.send({ kind: 'table', origin, columns, rows, rowCount, tag });
    if (sent) this.sendLimit('row');
  }

  /**
   * Sends the rows as a plan: the values of the first column are its lines.
   *
   * @param lines if they were worked out from the rows.
   */
  sendPlan(lines: string[] = this.rows.flatMap(([value]) => (value ?? '').split('\n'))): void {
    const sent = this.output.send({ kind: 'plan', origin: this.origin, lines });
    if (sent) this.sendLimit('line');
  }

  private sendLimit(noun: string): void {
    const { origin, rows, rowCount } = this;
    if (rows.length < rowCount) {
      const message = `Showing the first ${format(rows.length)} of ${count(rowCount, noun)}.`;
      this.output.send({ kind: 'limit', origin, message });
    } else if (this.cut) {
      const message = 'Some values were cut: this run printed as much text as one run may.';
      this.output.send({ kind: 'limit', origin, message });
    }
  }

  /** How many rows were added. */
  get count(): number {
    return this.rowCount;
  }

  /** The rows that were kept. */
  get kept(): readonly (string | null)[][] {
    return this.rows;
  }
}

function format(number: number): string {
  return number.toLocaleString('en-US');
}

/** `1 row`, `1,000,000 rows`. */
export function count(number: number, noun: string): string {
  return `${format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
