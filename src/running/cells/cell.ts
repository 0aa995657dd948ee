/**
 * A runnable cell, as an author wrote it and as the page, the build and the tests pass it on.
 * It is plain data: JSON carries it from the build into the page.
 */
import type { EngineName, Output, RunSummary, Script } from '../../engines/engine.ts';
import type { PlacedBet } from './bets/bet.ts';
import type { MaskName } from './output/mask.ts';

export interface Cell extends Script {
  /** Unique on its page, and lasting: others link to it. */
  id: string;
  engine: EngineName;
  /** What the cell shows, in words. */
  title: string;
  /** Name of the dataset that the database holds before the cell runs; without one it is empty. */
  dataset?: string;
  /** Cells of the same session on a page share a database, in page order. */
  session?: string;
  /**
   * `error`: an error is the lesson, and the cell must end with one. `any`: it may, as the start of an
   * exercise, which is not finished.
   */
  expect?: 'error' | 'any';
  /** Parts of the output that differ from run to run, by the names of the declared rules. */
  masks: MaskName[];
}

/** A cell and where its author wrote it. */
export interface PlacedCell extends Cell {
  /** Path from the project's root. */
  file: string;
  /** Line of the fence, from 1. */
  line: number;
  /** What it asks before it shows. */
  bet?: PlacedBet;
  /** The cell whose bet the output of this one would tell. */
  foldedBy?: { id: string; title: string };
}

/** What the build got by running a cell. */
export interface CellResult {
  outputs: Output[];
  summary: RunSummary;
}
