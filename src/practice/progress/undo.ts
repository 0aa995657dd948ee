/** The way back from an import: what stood there before, kept for a day. */
import { Kept } from '../../foundation/kept/kept.ts';
import { answers } from '../quiz/answers.ts';
import { reads, reviews, runs, solutions } from '../record/record.ts';

/** A thing that an import has changed. */
export interface Change {
  kind: keyof typeof KINDS;
  id: string;
  /** Its value before; without one there was none. */
  before?: unknown;
}

/** An import that can be undone. */
export interface Import {
  /** The name of the file. */
  file: string;
  /** When, in milliseconds since 1970. */
  at: number;
  changes: (Change & { after: unknown })[];
}

const KINDS = { read: reads, ran: runs, solved: solutions, review: reviews, answer: answers };
/** Milliseconds. */
const DAY = 86_400_000;

const kept = new Kept('import', 1, importFrom);

/** @returns whether it can be undone after a reload. */
export const keepImport = (file: string, changes: readonly Change[], now: Date): boolean =>
  kept.set('', {
    file,
    at: now.getTime(),
    changes: changes.map((change) => ({ ...change, after: KINDS[change.kind].get(change.id) })),
  });

/** The last import, as long as it can be undone. */
export function lastImport(now: Date): Import | undefined {
  const last = kept.get();
  if (!last) return undefined;
  const age = now.getTime() - last.at;
  // A clock that was ahead keeps nothing longer.
  if (age <= DAY && age >= -DAY) return last;
  kept.remove();
  return undefined;
}

/** @returns how many things are as they were, and how many stay because the reader went on with them. */
export function undoImport({ changes }: Import): { undone: number; stayed: number } {
  let stayed = 0;
  for (const { kind, id, before, after } of changes) {
    const things = KINDS[kind] as Kept<unknown>;
    if (JSON.stringify(things.get(id)) !== JSON.stringify(after)) stayed += 1;
    else if (before === undefined) things.remove(id);
    else things.set(id, before);
  }
  kept.remove();
  return { undone: changes.length - stayed, stayed };
}

/** Nothing is left to undo. */
export const forgetImport = (): void => kept.clear();

function importFrom(data: unknown): Import | undefined {
  const { file, at, changes } = data as Import;
  const fits =
    typeof file === 'string' &&
    Number.isSafeInteger(at) &&
    changes.every(({ kind, id }) => Object.hasOwn(KINDS, kind) && typeof id === 'string');
  return fits ? { file, at, changes } : undefined;
}
