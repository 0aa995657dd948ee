/** Whether a bet is right, and how far off. The one place that decides it; it knows neither the page nor its words. */
import { normalized } from '../../../foundation/markup/normalized.ts';
import { numberIn } from './number.ts';

/** `free`: think, then look. There is nothing to judge. */
export type BetKind = 'number' | 'word' | 'choice' | 'order' | 'free';

/** What a bet is judged by. It is plain data: the page carries it. */
export interface Key {
  kind: BetKind;
  /**
   * What the build found: of `number` and `word` one text, of `choice` the place of the option, of `order` the places of
   * the items as they are shown, in the right order.
   */
  truth: string[];
  /** Of `number`: how far off still is right, as a number, or as a share of the truth. */
  near?: { by: number; share: boolean };
}

/** A reader's bet, in the form of {@link Key.truth}. */
export type Given = readonly string[];

export interface Verdict {
  right: boolean;
  /** Right to the last digit, the last item. */
  exact: boolean;
  /** Of `number`: what was said less what is. */
  off?: number;
  /** Of `order`: how many are in their place. */
  hits?: number;
}

/** @returns nothing if it is no bet of this kind: a text without a number, or nothing at all. */
export function judge({ kind, truth, near }: Key, given: Given): Verdict | undefined {
  const [first = ''] = given;
  const [is = ''] = truth;
  switch (kind) {
    case 'free':
      return undefined;
    case 'number': {
      const number = numberIn(first);
      if (number === undefined) return undefined;
      const known = numberIn(is)!;
      const off = number - known;
      const room = near ? (near.share ? Math.abs(known) * near.by : near.by) : 0;
      // Rounding: 0.1 + 0.2 is no other number than 0.3.
      const exact = Math.abs(off) <= Number.EPSILON * Math.max(1, Math.abs(known)) * 4;
      return { right: exact || Math.abs(off) <= room * (1 + 1e-9), exact, off: exact ? 0 : off };
    }
    case 'word': {
      if (normalized(first) === '') return undefined;
      const right = sameWord(first, is);
      return { right, exact: right };
    }
    case 'choice': {
      if (!/^\d+$/.test(first)) return undefined;
      return { right: first === is, exact: first === is };
    }
    case 'order': {
      if (given.length !== truth.length) return undefined;
      const hits = truth.filter((one, index) => one === given[index]).length;
      return { right: hits === truth.length, exact: hits === truth.length, hits };
    }
  }
}

/** Case, spaces, quotes, brackets and a final mark do not count, nor how a number or nothing at all is written. */
export function sameWord(one: string, other: string): boolean {
  const [a = '', b = ''] = [one, other].map(plain);
  return a === b;
}

const NUMBER = /^[\s$€]*[-−]?[\d,. ]+$/;
const NOTHING = /^(nil|null|none|nothing|empty)$/;

function plain(text: string): string {
  const word = normalized(text.replace(/^\s*\(integer\)/, '').replace(/[()[\]]/g, ''));
  if (NOTHING.test(word)) return 'null';
  const number = NUMBER.test(word) ? numberIn(word) : undefined;
  return number === undefined ? word : String(number);
}
