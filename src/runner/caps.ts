/**
 * The worker's side of the limits. An engine counts its own rows; this stands behind it, so that
 * whatever it (or a reader's program in it) prints, the page gets no more than it allows.
 */
import type { Limits, Output, TableOutput } from '../engines/engine.ts';
import { allowanceFor, TEXT_COST } from './protocol.ts';

const cost = (text: string | null) => (text === null ? 0 : text.length + TEXT_COST);

/** What the texts of an output cost, counted as the page counts them. */
function costOf(output: Output): number {
  let total = 0;
  const add = (value: unknown) => {
    if (typeof value === 'string') total += cost(value);
    else if (Array.isArray(value)) value.forEach(add);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  add(output);
  return total;
}

/** The table with as many of its rows as the budget allows; none if not even its header fits. */
function cutTable(table: TableOutput, rows: number, budget: number): TableOutput | null {
  let left = budget - costOf({ ...table, rows: [] });
  if (left < 0) return null;
  const kept = [];
  for (const row of table.rows.slice(0, rows)) {
    for (const value of row) left -= cost(value);
    if (left < 0) break;
    kept.push(row);
  }
  return { ...table, rows: kept };
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
  let said = false;

  const say = (after: Output, message: string) => {
    if (said) return;
    said = true;
    pass({ kind: 'limit', origin: after.origin, message });
  };
  const send = (output: Output, price: number) => {
    outputs--;
    characters -= price;
    pass(output);
  };

  return (output) => {
    if (outputs <= 0) return say(output, `Showing the first ${limits.outputs} outputs.`);
    const price = costOf(output);
    const tall = output.kind === 'table' && output.rows.length > limits.rows;
    if (price <= characters && !tall) return send(output, price);
    if (output.kind === 'table') {
      const cut = cutTable(output, limits.rows, characters);
      if (cut) {
        send(cut, costOf(cut));
        const all = output.rowCount.toLocaleString('en-US');
        return say(output, `Showing the first ${cut.rows.length} of ${all} rows.`);
      }
    } else if (output.kind === 'text') {
      const room = characters - costOf({ ...output, text: '' });
      if (room > 0) send({ ...output, text: output.text.slice(0, room) }, characters);
    }
    say(output, 'The rest is not shown: this is more text than a page can take.');
  };
}
