/**
 * What a database has been through, and what a cell needs it to have been through.
 *
 * The rule that a reader can rely on: running a cell always gives dataset, then the earlier cells of
 * its session as they stand now, then the cell itself. When the database has just been through exactly
 * that much, only the cell runs; otherwise everything runs again from the pristine state. So a second
 * click never meets the leftovers of the first.
 */
import type { ScriptFile } from '../../../engines/engine.ts';

/** One script that has run, or has to. */
export interface Step {
  readonly files: readonly ScriptFile[];
  /** As of a script. */
  readonly judge?: boolean | undefined;
}

export interface History {
  /** Name of the dataset; `null` for an empty database. */
  dataset: string | null;
  steps: readonly Step[];
}

/** Whether the database stands exactly where the wanted history ends. */
export function standsAt(current: History | null, wanted: History): boolean {
  return current !== null && JSON.stringify(current) === JSON.stringify(wanted);
}
