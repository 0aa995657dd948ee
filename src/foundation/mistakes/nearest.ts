/** Which known name an author may have meant. */
import { slips } from './slips.ts';

/** How many slips make another word of it. */
const allowed = (length: number): number => (length < 3 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3);

/** @returns the known name that is closest to what was written, unless none is close. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  // Of numbers any is close to any: 1.9 says nothing of 1.1.
  if (!/\p{L}/u.test(written)) return undefined;
  const word = written.toLowerCase();
  let best: string | undefined;
  let least = allowed(word.length) + 1;
  for (const name of known) {
    const distance = slips(word, name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/**
 * The sentence that proposes it, to be put behind a message: with a space before it, or empty.
 *
 * @param shown how a name is written where it was expected: `<Timer>`.
 */
export function didYouMean(
  written: string,
  known: Iterable<string>,
  shown = (name: string): string => `"${name}"`,
): string {
  const name = nearest(written, known);
  return name === undefined ? '' : ` Did you mean ${shown(name)}?`;
}
