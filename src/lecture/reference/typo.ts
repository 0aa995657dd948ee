/** Which word somebody meant who slipped while typing. */
import { slips } from '../../foundation/mistakes/slips.ts';

/** How many slips are forgiven in a word of this length. */
export const forgiven = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * Whether `typed` is meant for `word`, or for how it begins: somebody may still be typing.
 *
 * The first letter has to be right. People rarely miss it, and without it too much is alike.
 */
export function isTypoOf(typed: string, word: string): boolean {
  const limit = forgiven(typed.length);
  if (limit === 0 || typed[0] !== word[0] || word.length < typed.length - limit) return false;
  for (let length = typed.length - limit; length <= typed.length + limit; length++)
    if (length <= word.length && slips(typed, word.slice(0, length)) <= limit) return true;
  return false;
}
