/** How far a reader came in a challenge, kept in this browser. The code itself is the drafts of the cells. */
import { Kept as KeptKind } from '../../../foundation/kept/kept.ts';
import type { Measures } from '../measures.ts';

/** A stage that was met. */
export interface Met {
  /** The code that met it: another one has to be checked again. */
  code: string;
  measures: Measures;
}

export interface Kept {
  /** By the name of the stage. */
  met: Record<string, Met>;
  /** Stages in which a check has failed. */
  failed: string[];
  /** All stages are shown, met or not. */
  all: boolean;
}

const MEASURES = ['migrations', 'tables', 'columns', 'cells', 'nulls', 'joins', 'scans'] as const;
/** Far more than a challenge has. */
const MOST = 50;

/** By lasting id: `1.1.x-catalog-design`. */
const challenges = new KeptKind('challenge', 1, keptFrom);

export const nothingKept = (): Kept => ({ met: {}, failed: [], all: false });

/** @param challenge a lasting id: `1.1.x-catalog-design`. */
export const keptOf = (challenge: string): Kept => challenges.get(challenge) ?? nothingKept();

/** @returns whether it will survive a reload. */
export const keep = (challenge: string, kept: Kept): boolean => challenges.set(challenge, kept);

/** From what anybody may have written: what has not this shape is left out. */
export function keptFrom(data: unknown): Kept {
  const { met, failed, all } = data as Partial<Kept>;
  return {
    met: Object.fromEntries(
      Object.entries(met ?? {})
        .filter(([, one]) => isMet(one))
        .slice(0, MOST)
        .map(([stage, { code, measures }]) => [stage, { code, measures: onlyMeasures(measures) }]),
    ),
    failed: Array.isArray(failed)
      ? failed.filter((one) => typeof one === 'string').slice(0, MOST)
      : [],
    all: all === true,
  };
}

function isMet(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { code, measures } = data as { code?: unknown; measures?: Partial<Met['measures']> | null };
  return (
    typeof code === 'string' &&
    typeof measures === 'object' &&
    measures !== null &&
    MEASURES.every((name) => Number.isSafeInteger(measures[name]) && measures[name]! >= 0)
  );
}

const onlyMeasures = (measures: Measures): Measures =>
  Object.fromEntries(MEASURES.map((name) => [name, measures[name]])) as unknown as Measures;
