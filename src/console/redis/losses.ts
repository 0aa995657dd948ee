/** What a crash cost: every key as it was in memory, and as it is after the new start. */
import type { KeyView } from '../../engines/redis/emulator.ts';

/** `older`: there again with an earlier value or expiry. `back`: deleted before the crash, and there again. */
export type Fate = 'survived' | 'lost' | 'older' | 'back';

export interface KeyFate {
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

/**
 * Both views are of the same moment, with every element. The keys are in their order, first by
 * database, what was lost among what was not.
 */
export function compareKeyspaces(before: readonly KeyView[], after: readonly KeyView[]): KeyFate[] {
  const then = new Map(before.map((view) => [name(view), view]));
  const now = new Map(after.map((view) => [name(view), view]));
  return [...new Map([...then, ...now])]
    .map(([id, { db, key }]) => {
      const [was, is] = [then.get(id) ?? null, now.get(id) ?? null];
      return { db, key, fate: fateOf(was, is), before: was, after: is };
    })
    .sort((a, b) => a.db - b.db || (a.key < b.key ? -1 : 1));
}

const keys = (count: number): string => `${count} ${count === 1 ? 'key' : 'keys'}`;

/** The outcome in a sentence. */
export function summarize(fates: readonly KeyFate[]): string {
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
