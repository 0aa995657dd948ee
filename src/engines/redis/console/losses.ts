/** What a crash cost: every key as it was in memory, and as it is after the new start. */
import type { KeyView } from '../emulator.ts';
import { nameOf, previewOf } from './keys.ts';
import { MOST_ROWS } from './limits.ts';
import type { CrashReport, Fate, FateRow } from './messages.ts';

interface KeyFate {
  db: number;
  key: string;
  fate: Fate;
  before: KeyView | null;
  after: KeyView | null;
}

const name = ({ db, key }: KeyView): string => `${db} ${key}`;

function same(a: KeyView, b: KeyView): boolean {
  return (
    a.type === b.type &&
    a.size === b.size &&
    a.ttl === b.ttl &&
    a.preview.every((element, index) => element === b.preview[index])
  );
}

function fateOf(before: KeyView | null, after: KeyView | null): Fate {
  if (!before) return 'back';
  if (!after) return 'lost';
  return same(before, after) ? 'survived' : 'older';
}

function compareKeyspaces(before: readonly KeyView[], after: readonly KeyView[]): KeyFate[] {
  const then = new Map(before.map((view) => [name(view), view]));
  const now = new Map(after.map((view) => [name(view), view]));
  return [...new Map([...then, ...now])]
    .map(([id, { db, key }]) => {
      const [was, is] = [then.get(id) ?? null, now.get(id) ?? null];
      return { db, key, fate: fateOf(was, is), before: was, after: is };
    })
    .sort((a, b) => a.db - b.db || (a.key < b.key ? -1 : 1));
}

const keys = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'key' : 'keys'}`;

/** The outcome in a sentence. */
function summarize(fates: readonly KeyFate[]): string {
  const count = (fate: Fate): number => fates.filter((each) => each.fate === fate).length;
  if (fates.length === 0) return 'There were no keys to lose.';
  const damage = [
    [count('lost'), 'lost'],
    [count('older'), 'back at an older value'],
    [count('back'), 'that had been deleted there again'],
  ] as const;
  const told = damage.filter(([n]) => n > 0).map(([n, what]) => `${keys(n)} ${what}`);
  const survived = `${keys(count('survived'))} survived`;
  return told.length === 0 ? `Nothing was lost: ${survived}.` : `${told.join(', ')}; ${survived}.`;
}

const rowOf = (fate: KeyFate): FateRow => ({
  name: nameOf(fate),
  fate: fate.fate,
  before: fate.before && previewOf(fate.before),
  after: fate.after && previewOf(fate.after),
});

/**
 * Both views are of the same moment, with every element. The keys are in their order, first by
 * database, what was lost among what was not.
 */
export function lossesOf(
  before: readonly KeyView[],
  after: readonly KeyView[],
): Pick<CrashReport, 'summary' | 'rows' | 'count'> {
  const fates = compareKeyspaces(before, after);
  const rows = fates.slice(0, MOST_ROWS).map(rowOf);
  return { summary: summarize(fates), rows, count: fates.length };
}
