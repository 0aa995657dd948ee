/** Where a statement or a command runs, and what became of it. */
import type { Origin } from '../../engine.ts';
import type { LimitedOutput } from '../../limits.ts';
import type { Session } from '../session.ts';
import type { TypeNames } from '../types.ts';

/** Where a statement runs, and what hears of it. */
export interface Here {
  session: Session;
  types: TypeNames;
  output: LimitedOutput;
  origin: Origin;
  /** The file that it stands in. */
  code: string;
}

/** What became of a statement. */
export interface Outcome {
  failed: boolean;
  /** Nothing below it runs. */
  ends?: boolean;
  /** It was to read the data below it, and did not come to it. */
  leftData?: boolean;
}

export const DONE: Outcome = { failed: false };
export const FAILED: Outcome = { failed: true };
