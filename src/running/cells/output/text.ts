/**
 * A database's text as a reader may trust it and a browser can lay it out: what cannot be seen is
 * shown by its number, marks do not pile up without end, and a long text stands in pieces.
 */
import { fitting } from '../../../engines/text-cost.ts';
import { h, type Node } from './tree.ts';

/** Marks on one letter. A language needs four; Tibetan stacks six. */
const MOST_MARKS = 8;

/** More of one invisible character in a row are counted. */
const MOST_ALIKE = 4;

/**
 * What a piece may cost to lay out: a browser's time for a paragraph grows with more than its length.
 * A text that costs no more stands as it is.
 */
export const LONG_TEXT = 16_000;

/** Scripts that write with joiners: between their letters they are not strange. */
const JOINING = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya'],
  ...['Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** What is no use to a reader as it is: it cannot be seen, or it changes the order in which the rest is seen. */
const UNSEEN = [
  // Marks of numbers in Arabic and Syriac are of this category and can be seen.
  '(?![\\t\\n\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}])',
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]',
].join('');

/** Of these characters, what is part of something that can be seen. */
const SEEN = [
  // A family of emoji, a keycap, the flag of Scotland.
  '(?<=[\\p{Extended_Pictographic}\\u{1f3fb}-\\u{1f3ff}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  '(?<=\\u{1f3f4}[\\u{e0061}-\\u{e007a}]{0,6})[\\u{e0061}-\\u{e007a}\\u{e007f}]',
  // Variants of Chinese characters.
  '(?<=\\p{Ideographic})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
  `(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`,
].join('|');

const HIDDEN = `(?!${SEEN})${UNSEEN}`;
const STRANGE = new RegExp(`(?:${HIDDEN})+|(?<=\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu');
/** The most texts have nothing of the kind, and that can be seen at a glance. */
const PLAIN =
  /^[\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff]*$/;
/** What is not cut apart: it is counted, or shown as one. */
const TOGETHER = new RegExp(`(?:\\p{M}|${UNSEEN})*`, 'uy');

/** `U+202E`, as in code that is not the course's. */
const numberOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** What is shown in the place of characters that cannot be. */
function shownFor(characters: string): string {
  if (/^\p{M}/u.test(characters) && !/^\p{Default_Ignorable_Code_Point}/u.test(characters)) {
    const many = [...characters].length;
    return `${counted(many)} more ${many === 1 ? 'mark' : 'marks'}`;
  }
  return characters
    .replace(/(.)\1*/gsu, (alike: string, one: string) => {
      const many = alike.length / one.length;
      return many > MOST_ALIKE
        ? `${numberOf(one)}×${counted(many)} `
        : `${numberOf(one)} `.repeat(many);
    })
    .trimEnd();
}

const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** The text with everything in it to be seen, as a text: what stands for something else is in angles. */
export const visible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(STRANGE, (strange) => `<${shownFor(strange)}>`);

/** The text with everything in it to be seen; what stands for something else looks so. */
export function visibleNodes(text: string): Node[] {
  if (PLAIN.test(text)) return text === '' ? [] : [text];
  const nodes: Node[] = [];
  let from = 0;
  for (const { 0: strange, index } of text.matchAll(STRANGE)) {
    if (index > from) nodes.push(text.slice(from, index));
    nodes.push(h('span', { class: 'hidden-character' }, shownFor(strange)));
    from = index + strange.length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

/**
 * A text of any length: {@link visibleNodes}, in pieces that each stand for themselves if it is long.
 * A piece ends with a line where that is possible.
 */
export function textNodes(text: string): Node[] {
  const pieces = piecesOf(text);
  if (pieces.length === 1) return visibleNodes(text);
  // The end of a piece is the end of a line.
  return pieces.map((piece) =>
    h('span', { class: 'piece' }, ...visibleNodes(piece.replace(/\n$/, ''))),
  );
}

/** Whether a text is so long that it stands in pieces. */
export const isLong = (text: string): boolean => fitting(text, LONG_TEXT).end < text.length;

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length || pieces.length === 0;) {
    const rest = text.slice(from);
    let { end } = fitting(rest, LONG_TEXT);
    if (end < rest.length) end = rest.lastIndexOf('\n', end - 1) + 1 || end;
    TOGETHER.lastIndex = end;
    end += TOGETHER.exec(rest)![0].length;
    pieces.push(rest.slice(0, end));
    from += end;
  }
  return pieces;
}

/** A name, or what else is short: visible, and no more than so many characters of it. */
export function brief(text: string, most = 120): string {
  const { end } = fitting(text, most);
  return visible(end < text.length ? `${text.slice(0, end)}…` : text);
}
