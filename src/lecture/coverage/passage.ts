/** The text of a passage of a built page: what a reader finds where a lasting link leads. */
import { Parser } from 'htmlparser2';

const HEADING = /^h([1-6])$/;
/** Not read by anybody. */
const SILENT = new Set(['script', 'style', 'template']);
/** Inside a word, so to speak: everything else parts words from each other. */
const INLINE = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'kbd', 'span', 'strong', 'tspan']);

/** What an author left out of the core path: `<Deeper>`. */
const isFold = (name: string, { class: classes }: Record<string, string>): boolean =>
  name === 'details' && (classes ?? '').split(' ').includes('deeper');

/**
 * @param html the page.
 * @param anchor the id of an element; empty for the whole of the page's `main`. A heading stands for
 * all that follows up to the next heading of its rank. What is folded away in it is left out: nothing of the notes may
 * stand there alone.
 * @returns its text with single spaces, or `null` if there is no such element.
 */
export function passage(html: string, anchor: string): string | null {
  let text = '';
  let found = false as boolean;
  let silent = 0;
  let depth = 0;
  /** How many elements are open around what is folded away and not read here. */
  let folded = Infinity;
  /** Where the passage ends: when this many elements are open, or at a heading of this rank. */
  let end: { depth: number } | { rank: number } | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      const rank = Number(HEADING.exec(name)?.[1] ?? 0);
      if (end && folded === Infinity && 'rank' in end && rank > 0 && rank <= end.rank) end = null;
      const starts = anchor === '' ? name === 'main' : attributes['id'] === anchor;
      if (!found && starts) {
        found = true;
        end = rank > 0 ? { rank } : { depth };
      }
      if (SILENT.has(name)) silent++;
      if (end && isFold(name, attributes)) folded = Math.min(folded, depth);
      if (!INLINE.has(name)) text += ' ';
      depth++;
    },
    ontext(data) {
      if (end && silent === 0 && folded === Infinity) text += data;
    },
    onclosetag(name) {
      depth--;
      if (depth === folded) folded = Infinity;
      if (SILENT.has(name)) silent--;
      if (!INLINE.has(name)) text += ' ';
      if (end && ('depth' in end ? depth === end.depth : name === 'main')) end = null;
    },
  });
  parser.end(html);
  return found ? text.replace(/\s+/g, ' ').trim() : null;
}
