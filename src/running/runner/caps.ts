/**
 * The worker's side of the limits. An engine counts its own rows; this stands behind it, so that
 * whatever it (or a reader's program in it) prints, the page gets no more than it allows.
 */
import { type Limits, MOST_COLUMNS, type Output, type TableOutput } from '../../engines/engine.ts';
import {
  fitting,
  HEADING_COST,
  LINE_COST,
  NULL_COST,
  OUTPUT_COST,
  VALUE_COST,
} from '../../engines/text-cost.ts';
import { allowanceFor } from './protocol.ts';

/** What a text costs; more than anything if it does not fit. It may be endless. */
function priceOfText(text: string, room: number): number {
  const { end, cost } = fitting(text, Math.max(0, room));
  return end < text.length ? Infinity : cost;
}

/** What an output costs, counted as the page counts it; more than anything if it does not fit. */
function priceOf(output: Output, room: number): number {
  let price = OUTPUT_COST;
  const add = (value: unknown, box: number) => {
    price += value === null ? NULL_COST : box;
    if (typeof value === 'string') price += priceOfText(value, room - price);
  };
  for (const [name, value] of Object.entries(output))
    if (name !== 'kind' && typeof value === 'string') add(value, 0);
  if (output.kind === 'plan') for (const line of output.lines) add(line, LINE_COST);
  if (output.kind === 'table') {
    for (const { name, type } of output.columns) {
      add(name, HEADING_COST);
      add(type, 0);
    }
    for (const row of output.rows) for (const value of row) add(value, VALUE_COST);
  }
  return price;
}

/** The items that fit one after the other, each with what it costs. */
function fittingItems<Item>(
  items: readonly Item[],
  room: number,
  price: (item: Item, room: number) => number,
): Item[] {
  const kept: Item[] = [];
  for (const item of items) {
    room -= price(item, room);
    if (room < 0) break;
    kept.push(item);
  }
  return kept;
}

/** The table with as many of its columns and rows as the budget allows; none if its header does not fit. */
function cutTable(table: TableOutput, rows: number, budget: number): TableOutput | null {
  const bare = { ...table, columns: table.columns.slice(0, MOST_COLUMNS), rows: [] };
  const room = budget - priceOf(bare, budget);
  if (room < 0) return null;
  const shown = table.rows.slice(0, rows).map((row) => row.slice(0, MOST_COLUMNS));
  const ofRow = (row: (string | null)[], left: number) =>
    priceOf({ ...bare, columns: [], rows: [row], tag: '' }, left + OUTPUT_COST) - OUTPUT_COST;
  return { ...bare, rows: fittingItems(shown, room, ofRow) };
}

/** Any other output with its texts cut to what the budget allows. */
function cutTexts<Other extends Exclude<Output, TableOutput>>(
  output: Other,
  budget: number,
): Other {
  let room = budget - OUTPUT_COST;
  const fitted = Object.entries(output).map(([name, value]): [string, unknown] => {
    if (name === 'kind' || typeof value !== 'string') return [name, value];
    const { end, cost } = fitting(value, Math.max(0, room));
    room -= cost;
    return [name, value.slice(0, end)];
  });
  const cut = Object.fromEntries(fitted) as unknown as Other;
  if (cut.kind === 'plan')
    cut.lines = fittingItems(cut.lines, room, (line, left) => LINE_COST + priceOfText(line, left));
  return cut;
}

/** Characters and outputs kept back for the note that something was left out. */
const RESERVE = { characters: 1000, outputs: 2 };

/**
 * A sieve for the outputs of one run.
 *
 * @param pass gets what may be sent. Once something had to go, it gets one `limit` output that says
 *   so, and from then on what still fits.
 */
export function capped(limits: Limits, pass: (output: Output) => void): (output: Output) => void {
  const allowance = allowanceFor(limits);
  let { outputs, characters } = allowance;
  outputs -= RESERVE.outputs;
  characters -= RESERVE.characters;
  let sent = 0;
  let said = false;

  const say = (after: Output, message: string) => {
    if (said) return;
    said = true;
    pass({ kind: 'limit', origin: after.origin, message });
  };
  /** @returns whether it fits. */
  const send = (output: Output): boolean => {
    const price = priceOf(output, characters);
    if (price > characters) return false;
    sent++;
    characters -= price;
    pass(output);
    return true;
  };
  const counted = (count: number) => count.toLocaleString('en-US');

  return (output) => {
    if (sent >= outputs) return say(output, `Showing the first ${sent} outputs.`);
    const rest = 'The rest is not shown: this is more text than a page can take.';
    if (output.kind !== 'table') {
      if (send(output)) return;
      send(cutTexts(output, characters));
      return say(output, rest);
    }
    const { columns, rows, rowCount } = output;
    const within = rows.length <= limits.rows && columns.length <= MOST_COLUMNS;
    if (within && send(output)) return;
    const cut = cutTable(output, limits.rows, characters);
    if (!cut || !send(cut)) return say(output, rest);
    say(
      output,
      cut.rows.length === rows.length && columns.length > MOST_COLUMNS
        ? `Showing the first ${MOST_COLUMNS} of ${counted(columns.length)} columns.`
        : `Showing the first ${cut.rows.length} of ${counted(rowCount)} rows.`,
    );
  };
}
