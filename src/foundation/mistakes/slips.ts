/** How many slips of the finger a word is away from another: one letter more, less, other, or two swapped. */

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
