/** What is said to a bet. Pure text; the page puts it where screen readers hear it. */
import type { Given, Key, Verdict } from './judge.ts';
import { numberIn, numberText } from './number.ts';

export interface Said {
  /** In a word or two. */
  head: string;
  /** The bet beside what is. */
  text: string;
}

/**
 * @param shown options or items, in the order in which the key counts them.
 * @param unit of a number.
 */
export function saidTo(
  { kind, truth }: Key,
  given: Given,
  { right, exact, off = 0, hits = 0 }: Verdict,
  shown: readonly string[],
  unit = '',
): Said {
  const head = exact ? 'Right.' : right ? 'Close enough.' : 'Not right.';
  const [bet = ''] = given;
  const [is = ''] = truth;
  switch (kind) {
    case 'number': {
      const of = (number: number): string => `${numberText(number)}${unit && ` ${unit}`}`;
      const [said, known] = [numberIn(bet) ?? 0, numberIn(is) ?? 0];
      return {
        head,
        text: exact
          ? `You bet ${of(said)}.`
          : `You bet ${of(said)}. It is ${of(known)}: your bet is ${numberText(Math.abs(off))} too ${off > 0 ? 'high' : 'low'}.`,
      };
    }
    case 'word':
      return {
        head,
        text: right ? `You bet “${bet.trim()}”.` : `You bet “${bet.trim()}”. It is “${is}”.`,
      };
    case 'choice': {
      const [said, known] = [bet, is].map((place) =>
        (shown[Number(place)] ?? '').replace(/\.$/, ''),
      );
      return { head, text: right ? `You bet “${said}”.` : `You bet “${said}”. It is “${known}”.` };
    }
    case 'order': {
      const inOrder = truth.map((place) => shown[Number(place)]).join(', ');
      return {
        head,
        text: right
          ? `You bet: ${inOrder}.`
          : `${hits} of ${truth.length} are in their place. The order is: ${inOrder}.`,
      };
    }
    case 'free':
      return { head: '', text: '' };
  }
}

/** What to do where there is no bet yet. */
export const HINTS: Readonly<Record<Key['kind'], string>> = {
  number: 'Type one number first, such as 12.',
  word: 'Type your bet first.',
  choice: 'Choose one first.',
  order: '',
  free: '',
};
