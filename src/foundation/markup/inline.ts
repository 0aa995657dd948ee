/** The little Markdown that short texts of an author may hold, questions and bets: `code`, **strong**, *emphasis*. */

/** A run of text of one kind. */
export interface Span {
  text: string;
  as?: 'code' | 'strong' | 'em';
}

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

/** @returns the spans of each paragraph; a blank line, or a folded one, separates two. */
export const paragraphs = (text: string): Span[][] => text.trim().split(/\n+/).map(spans);

/** @returns the spans of a line of text. What is marked in no known way stays as it was written. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    const [whole, code, strong, em] = match;
    if (code !== undefined) found.push({ text: code, as: 'code' });
    else if (strong !== undefined) found.push({ text: strong, as: 'strong' });
    else found.push({ text: em!, as: 'em' });
    at = match.index + whole.length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

/** Without its marks, for titles. */
export const plainText = (text: string): string =>
  paragraphs(text)
    .map((line) => line.map((span) => span.text).join(''))
    .join(' ');
