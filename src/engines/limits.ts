/**
 * Keeps what a run prints within its limits, the same way for every engine. What does not fit is
 * counted and dropped, and the reader is told in words.
 */
import {
  type Column,
  type ErrorOutput,
  type Limits,
  MOST_COLUMNS,
  type NoticeOutput,
  type Origin,
  type Output,
} from './engine.ts';
import { fitting, HEADING_COST, NULL_COST, OUTPUT_COST, VALUE_COST } from './text-cost.ts';

/** Of a column's name, and of its type. */
const MOST_OF_NAME = 300;
/** Of what went wrong, even where a run has used up its allowance. */
const LEAST_OF_MESSAGE = 200;

/**
 * Hands outputs on until a run's allowance of outputs and of characters is used up. A character is
 * what a letter costs to lay out: others, values and outputs cost more (`text-cost.ts`).
 */
export class LimitedOutput {
  private sent = 0;
  private dropped = 0;
  private cut = false;
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
    if (this.sent >= this.limits.outputs) return this.drop();
    this.sent += 1;
    this.emit(this.fit(output));
    // After it: what one output leaves room for is the same however small it was.
    this.spend(OUTPUT_COST);
    return true;
  }

  /** Counts an output that is not sent. */
  drop(): false {
    this.dropped += 1;
    return false;
  }

  /** Collects one result's rows, as many as are allowed. */
  table(origin: Origin, columns: Column[]): LimitedTable {
    return new LimitedTable(this, origin, columns, this.limits.rows);
  }

  /** To be called once, when the script is through: says what is missing of all that it printed. */
  finish(): void {
    const origin = this.lastOrigin;
    if (!origin) return;
    if (this.dropped > 0) {
      const shown = count(this.sent, 'output');
      const missing = `${format(this.dropped)} more ${this.dropped === 1 ? 'was' : 'were'} left out.`;
      this.emit({ kind: 'limit', origin, message: `Showing the first ${shown}; ${missing}` });
    } else if (this.cut) {
      const message = 'Some text was cut: this run printed as much as one run may.';
      this.emit({ kind: 'limit', origin, message });
    }
  }

  /** Whether so much may still be printed. */
  hasRoom(cost = 1): boolean {
    return this.characters >= cost && this.sent < this.limits.outputs;
  }

  /** {@link Limits.characters} of the run. */
  get characterLimit(): number {
    return this.limits.characters;
  }

  /** Takes from the allowance, as much as is left of it. */
  spend(cost: number): void {
    this.characters = Math.max(0, this.characters - cost);
  }

  /**
   * Takes the text's cost from the allowance; what does not fit is replaced by an ellipsis.
   *
   * @param atLeast how much is kept even if the allowance is used up.
   * @param atMost how much is kept at most.
   */
  take(text: string, atLeast = 0, atMost = Infinity): string {
    const { end, cost } = fitting(text, Math.min(atMost, Math.max(this.characters, atLeast)));
    this.spend(cost);
    return end === text.length ? text : `${text.slice(0, end)}…`;
  }

  /** As {@link take}; the end of the run tells that something was cut. */
  private takeText(text: string, atLeast = 0): string {
    const taken = this.take(text, atLeast);
    if (taken !== text) this.cut = true;
    return taken;
  }

  private fit(output: Output): Output {
    switch (output.kind) {
      case 'notice':
      case 'error':
        return this.fitMessage(output);
      case 'command':
        return { ...output, tag: this.takeText(output.tag, LEAST_OF_MESSAGE) };
      case 'text':
        return { ...output, text: this.takeText(output.text) };
      case 'transcript':
        return {
          ...output,
          input: this.takeText(output.input),
          reply: this.takeText(output.reply),
        };
      // The values of a table or a plan were taken from the allowance row by row.
      case 'table':
      case 'plan':
      case 'limit':
        return output;
    }
  }

  /** The message before what only explains it. */
  private fitMessage<Message extends NoticeOutput | ErrorOutput>(output: Message): Message {
    const fitted = { ...output, message: this.takeText(output.message, LEAST_OF_MESSAGE) };
    for (const field of ['detail', 'hint', 'context'] as const) {
      const text = (output as ErrorOutput)[field];
      if (text !== undefined)
        (fitted as ErrorOutput)[field] = this.takeText(text, LEAST_OF_MESSAGE);
    }
    return fitted;
  }
}

/** The rows of one result. */
export class LimitedTable {
  private readonly rows: (string | null)[][] = [];
  private rowCount = 0;
  private cut = false;
  private full = false;
  /** Columns of the result, those left out included. */
  private width = 0;
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
    const { output } = this;
    if (this.full || this.rows.length >= this.rowLimit) return;
    const row = read();
    const shown = row.slice(0, MOST_COLUMNS);
    const headings = this.rows.length === 0 ? shown.length * HEADING_COST : 0;
    const boxes = shown.reduce(
      (sum, value) => sum + (value === null ? NULL_COST : VALUE_COST),
      headings,
    );
    // From a row that does not fit on there is no other: rows stand together.
    this.full = !output.hasRoom(Math.max(1, boxes));
    if (this.full) return;
    this.width = row.length;
    output.spend(boxes);
    this.rows.push(
      shown.map((value) => {
        if (value === null) return null;
        const kept = output.take(value);
        if (kept !== value) this.cut = true;
        return kept;
      }),
    );
  }

  /**
   * Sends the table, and what the reader has to know about its limits.
   *
   * @param tag what the database said when the statement had ended, given the number of rows.
   * @param columns the columns, if they are known better now than in the beginning.
   * @param nulls what stands in the place of NULL, where the reader wants to see something else.
   */
  send(tag: string, columns: Column[] = this.columns, nulls: string | null = null): void {
    const { origin, rows, rowCount, output } = this;
    this.width = columns.length;
    const shown = columns.slice(0, MOST_COLUMNS);
    if (rows.length === 0) {
      const headings = shown.length * HEADING_COST;
      if (!output.hasRoom(headings)) return void output.drop();
      output.spend(headings);
    }
    const sent = output.send({
      kind: 'table',
      origin,
      columns: shown.map(({ name, type, numeric }) => ({
        name: output.take(name, MOST_OF_NAME, MOST_OF_NAME),
        type: output.take(type, MOST_OF_NAME, MOST_OF_NAME),
        numeric,
      })),
      rows: nulls === null ? rows : rows.map((row) => row.map((value) => value ?? nulls)),
      rowCount,
      tag,
    });
    if (sent) this.sendLimit('row');
  }

  /**
   * Sends the rows as a text that a shell makes of them.
   *
   * @param print given the rows that were kept, and how many there were.
   */
  sendText(print: (rows: readonly (string | null)[][], rowCount: number) => string): void {
    const text = print(this.rows, this.rowCount);
    if (text === '') return;
    if (this.output.send({ kind: 'text', origin: this.origin, text })) this.sendLimit('row');
  }

  /**
   * Sends the rows as a plan: the values of the first column are its lines.
   *
   * @param lines if they were worked out from the rows.
   */
  sendPlan(lines: string[] = this.rows.flatMap(([value]) => (value ?? '').split('\n'))): void {
    this.width = 0;
    const sent = this.output.send({ kind: 'plan', origin: this.origin, lines });
    if (sent) this.sendLimit('line');
  }

  private sendLimit(noun: string): void {
    const { origin, rows, rowCount, width } = this;
    const missing = [
      ...(width > MOST_COLUMNS ? [`${format(MOST_COLUMNS)} of ${count(width, 'column')}`] : []),
      ...(rows.length < rowCount ? [`${format(rows.length)} of ${count(rowCount, noun)}`] : []),
    ];
    if (missing.length > 0) {
      const message = `Showing the first ${missing.join(' and the first ')}.`;
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
