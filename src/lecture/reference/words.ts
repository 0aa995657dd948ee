/** Texts as the filter compares them: words of lowercase letters and digits. */

export interface Word {
  text: string;
  /** Where it stands in the text, for marks. */
  start: number;
  end: number;
}

/** `$lookup` is the word `lookup`, `embed, or reference` are three. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    text: folded(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Without case and accents; as long as before, so that places stay. */
function folded(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.length === text.length ? plain : text.toLowerCase();
}
