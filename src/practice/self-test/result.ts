/** What a test says about its reader: by part, and by idea. */
import type { BankEntry } from '../quiz/bank/entries.ts';

/** How a question ended. */
export type Outcome = 'right' | 'wrong' | 'passed';

export interface Result {
  asked: number;
  right: number;
  wrong: number;
  /** Not known, or left open. */
  passed: number;
  /** In the order of the parts. */
  parts: { part: string; asked: number; right: number }[];
  /** In the order in which they were asked. An idea that was missed once is to reread. */
  ideas: { idea: string; known: boolean; questions: string[] }[];
}

/**
 * @param entries the questions of the test, in its order.
 * @param outcomes by lasting id; a question without one was left open, which counts as passed.
 */
export function resultOf(
  entries: readonly BankEntry[],
  outcomes: ReadonlyMap<string, Outcome>,
): Result {
  const of = ({ id }: BankEntry): Outcome => outcomes.get(id) ?? 'passed';
  const count = (outcome: Outcome, some = entries): number =>
    some.filter((entry) => of(entry) === outcome).length;
  const parts = [...new Set(entries.map(({ part }) => part))].sort((a, b) => Number(a) - Number(b));
  const ideas = [...new Set(entries.map(({ idea }) => idea))];
  return {
    asked: entries.length,
    right: count('right'),
    wrong: count('wrong'),
    passed: count('passed'),
    parts: parts.map((part) => {
      const some = entries.filter((entry) => entry.part === part);
      return { part, asked: some.length, right: count('right', some) };
    }),
    ideas: ideas.map((idea) => {
      const some = entries.filter((entry) => entry.idea === idea);
      return {
        idea,
        known: count('right', some) === some.length,
        questions: some.map(({ id }) => id),
      };
    }),
  };
}

/** `You knew 14 of 20.`, and what to do about it. */
export function inWords({ asked, right, wrong, passed }: Result): {
  score: string;
  advice: string;
} {
  const missed = [
    ...(wrong > 0 ? [`${counted(wrong)} not right at the first answer`] : []),
    ...(passed > 0 ? [`${counted(passed)} passed or left open`] : []),
  ].join(', ');
  return {
    score:
      right === asked && asked > 1 ? `You knew all ${asked}.` : `You knew ${right} of ${asked}.`,
    advice: missed
      ? `${missed[0]!.toUpperCase()}${missed.slice(1)}. Reread those below first. In a few days, draw others: what comes back after a break stays.`
      : 'Draw others in a few days: what comes back after a break stays.',
  };
}

const counted = (count: number): string => `${count} ${count === 1 ? 'was' : 'were'}`;
