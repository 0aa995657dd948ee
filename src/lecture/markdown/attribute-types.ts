/** Whether what an author wrote into an attribute is of the kind that its component reads. */
import { didYouMean } from '../../foundation/mistakes/nearest.ts';

/** As the Markdown parser has it: a text, code between braces, or nothing behind the name. */
type Written = string | { value: string } | null | undefined;

/**
 * @param type as TypeScript has it: `string | number`, `'light' | 'dark'`, `Row[]`.
 * @returns what is wrong, and what would be right, as the rest of a sentence.
 */
export function problemOfType(written: Written, type: string): string | undefined {
  const kinds = type.split('|').map((kind) => kind.trim());
  if (written === null || written === undefined)
    return kinds.includes('boolean') ? undefined : `needs a value: ${example(kinds)}.`;
  if (typeof written === 'string') return problemOfText(written, kinds);
  const code = written.value.trim();
  const fits =
    (/^-?[\d.]+$/.test(code) && kinds.includes('number')) ||
    (/^["'`]/.test(code) && kinds.includes('string')) ||
    (/^(true|false)$/.test(code) && kinds.includes('boolean')) ||
    (code.startsWith('[') && kinds.some(isList)) ||
    (code.startsWith('{') && kinds.some((kind) => !isPlain(kind) && !isList(kind)));
  return fits ? undefined : `cannot be ${code}. Write ${example(kinds)}.`;
}

const isList = (kind: string): boolean => /\[\]$|Array</.test(kind);
const isPlain = (kind: string): boolean => /^(string|number|boolean|'.*')$/.test(kind);

function problemOfText(text: string, kinds: readonly string[]): string | undefined {
  const words = kinds.filter((kind) => kind.startsWith("'")).map((kind) => kind.slice(1, -1));
  if (words.length > 0)
    return words.includes(text)
      ? undefined
      : `cannot be "${text}".${didYouMean(text, words)} Write one of ${words.join(', ')}.`;
  // A number may stand in quotes, as HTML has it.
  if (kinds.includes('number') && !(text.trim() !== '' && Number.isFinite(Number(text))))
    return `cannot be "${text}". Write ${example(kinds)}.`;
  if (kinds.includes('string') || kinds.includes('number')) return undefined;
  return `cannot be a text. Write ${example(kinds)}.`;
}

function example(kinds: readonly string[]): string {
  if (kinds.includes('number')) return kinds.includes('string') ? 'a number: "5"' : 'a number: {5}';
  if (kinds.includes('string')) return 'a text: "…"';
  if (kinds.includes('boolean')) return '{true} or {false}';
  return kinds.some(isList) ? 'a list: {[…]}' : `one of ${kinds.join(', ')}`;
}
