/** What an input may go on with. */

export interface Suggestion {
  /** What is inserted, and shown unless there is a {@link label}. */
  text: string;
  label?: string;
  /** What it is: `string command`, `key`, `index`. */
  detail?: string;
}

export interface Completion {
  /** Where the word begins that a suggestion takes the place of; it ends at the caret. */
  from: number;
  suggestions: readonly Suggestion[];
}

/** How many are offered at once: more is a list to read, not a help. */
export const MOST_SUGGESTIONS = 12;

/** The short ones first: `GET` before `GETRANGE`. */
export const shortestFirst = (a: string, b: string): number =>
  a.length - b.length || a.localeCompare(b);

/**
 * Puts a suggestion in the place of the word at the caret.
 *
 * @returns the text and where the caret stands then.
 */
export function applySuggestion(
  text: string,
  caret: number,
  from: number,
  suggestion: Suggestion,
): { text: string; caret: number } {
  const before = text.slice(0, from) + suggestion.text;
  return { text: before + text.slice(caret), caret: before.length };
}

/** The names that begin like a word, whatever its case, the word itself left out. */
export function startingWith(names: Iterable<string>, word: string): string[] {
  const typed = word.toLowerCase();
  return [...new Set(names)].filter(
    (name) => name.toLowerCase().startsWith(typed) && name !== word,
  );
}
