/**
 * How far a reader came in a challenge, kept in this browser over reloads and never sent anywhere. Where storage is
 * denied it lives as long as the page. The code itself is the drafts of the cells.
 */
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
const visit = new Map<string, Kept>();

export const nothingKept = (): Kept => ({ met: {}, failed: [], all: false });
const key = (challenge: string): string => `course-challenge:${challenge}`;

/** @param challenge a lasting id: `1.1.x-catalog-design`. */
export function keptOf(challenge: string): Kept {
  const mine = visit.get(challenge) ?? nothingKept();
  try {
    const stored = localStorage.getItem(key(challenge));
    return stored === null ? mine : parseKept(stored);
  } catch {
    return mine;
  }
}

/** @returns whether it will survive a reload. */
export function keep(challenge: string, kept: Kept): boolean {
  visit.set(challenge, kept);
  try {
    localStorage.setItem(key(challenge), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** From a text that anybody may have written: what has not this shape is left out. */
export function parseKept(text: string): Kept {
  try {
    const { met, failed, all } = JSON.parse(text) as Partial<Kept>;
    return {
      met: Object.fromEntries(
        Object.entries(typeof met === 'object' ? met : {})
          .filter(([, one]) => isMet(one))
          .slice(0, MOST)
          .map(([stage, { code, measures }]) => [
            stage,
            { code, measures: onlyMeasures(measures) },
          ]),
      ),
      failed: Array.isArray(failed)
        ? failed.filter((one) => typeof one === 'string').slice(0, MOST)
        : [],
      all: all === true,
    };
  } catch {
    return nothingKept();
  }
}

function isMet(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { code, measures } = data as Partial<Met>;
  return (
    typeof code === 'string' &&
    typeof measures === 'object' &&
    measures !== null &&
    MEASURES.every((name) => Number.isSafeInteger(measures[name]) && measures[name] >= 0)
  );
}

const onlyMeasures = (measures: Measures): Measures =>
  Object.fromEntries(MEASURES.map((name) => [name, measures[name]])) as unknown as Measures;
