/** How many slips of the finger a word is away from another: one letter more, less, other, or two swapped. */

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

/** The distance of Damerau and Levenshtein in which no letter is touched twice. */
export function slips(a: string, b: string): number {
  const width = b.length + 1;
  const rows = Array.from({ length: 3 }, () => new Uint8Array(width));
  let [before, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j < width; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    for (let j = 1; j < width; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row[j] = least;
    }
    [before, last, row] = [last, row, before];
  }
  return last[b.length]!;
}
