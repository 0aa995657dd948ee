/**
 * Whether an answer is right. The one place that decides it, for the page and the tests; it knows
 * neither the page nor the texts of a question.
 */
import { normalized } from '../../foundation/markup/normalized.ts';

/** How a question is answered: by choosing, by sorting, by matching, by typing. */
export type Way = 'one' | 'several' | 'order' | 'match' | 'type';

/** What a right answer is. */
export interface Key {
  way: Way;
  /**
   * `one`, `several`: the places of the right options, as they are shown. `order`: the places of the
   * steps as they are shown, in the right order. `match`: for each left side the place of its right
   * one. `type`: all accepted forms.
   */
  right: string[];
}

/** A reader's answer, in the form of {@link Key.right}; of `type` there is one text. */
export type Given = readonly string[];

export interface Verdict {
  right: boolean;
  /** How many of the parts are right, and of how many. */
  hits: number;
  of: number;
}

export function judge({ way, right }: Key, given: Given): Verdict {
  if (way === 'type') {
    const typed = normalized(given[0] ?? '');
    const hit = right.some((form) => normalized(form) === typed);
    return { right: hit, hits: Number(hit), of: 1 };
  }
  const inPlace = way === 'order' || way === 'match';
  const hits = inPlace
    ? right.filter((one, index) => one === given[index]).length
    : right.filter((one) => given.includes(one)).length;
  return { right: hits === right.length && given.length === right.length, hits, of: right.length };
}

/** Whether there is an answer to judge: something was chosen, matched everywhere, or typed. */
export const isComplete = ({ way, right }: Key, given: Given): boolean =>
  given.length > 0 &&
  given.every((one) => one.trim() !== '') &&
  (way === 'order' || way === 'match' ? given.length === right.length : true);
