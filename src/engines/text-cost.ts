/**
 * What a text costs a browser to lay out. Counting characters is not enough: a character that comes
 * from another font than the one before takes a hundred times as long as a letter of an English word.
 * The unit is such a letter, about 0.2 µs on a laptop and 0.8 µs on a phone, so that a limit on
 * characters means for plain text what it says. The numbers were measured in Chromium.
 */

/** What a table's value costs besides its text: its box. */
export const VALUE_COST = 85;
/** NULL is a word, and looks like no value. */
export const NULL_COST = 125;
/** A heading has two lines. */
export const HEADING_COST = 200;
/** What a line of a plan costs besides its text. */
export const LINE_COST = 16;
/** What an output costs besides its texts. */
export const OUTPUT_COST = 200;

/** Text whose every character costs 1. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u024f]*$/;

const LATIN = 1;
const EASTERN = 2;
const SYMBOLS = 3;
/** Spaces, digits: set in the font of what they stand behind. */
const COMMON = -1;
/** Marks, joiners: so too, and never cut off from it. */
const INHERITED = -2;
/** Shown by its number. */
const HIDDEN = -3;

/** A word of its own. */
const UNSEEN = 100;

/** Ranges by their last character: what it costs, and what it shares a font with (0: with its 256 neighbors). */
const RANGES: readonly (readonly [last: number, cost: number, kind: number])[] = [
  [0x08, UNSEEN, HIDDEN],
  [0x0a, 16, COMMON], // tab, line feed
  [0x1f, UNSEEN, HIDDEN],
  [0x40, 1, COMMON],
  [0x7e, 1, LATIN],
  [0x9f, UNSEEN, HIDDEN],
  [0x24f, 1, LATIN],
  [0x2ff, 2, LATIN],
  [0x36f, 16, INHERITED], // combining marks
  [0x8ff, 8, 0],
  [0xdff, 12, 0], // India's
  [0xeff, 20, 0], // Thai, Lao: words are found in a dictionary
  [0xfff, 8, 0],
  [0x109f, 16, 0], // Myanmar
  [0x10ff, 8, 0],
  [0x11ff, 4, EASTERN], // Hangul
  [0x177f, 8, 0],
  [0x17ff, 16, 0], // Khmer
  [0x1fff, 8, 0],
  [0x200a, 2, LATIN],
  [0x200f, UNSEEN, INHERITED], // joiners: most are shown by their numbers
  [0x2027, 2, LATIN], // dashes, quotes
  [0x202e, UNSEEN, HIDDEN],
  [0x205f, 2, LATIN],
  [0x206f, UNSEEN, HIDDEN],
  [0x20cf, 2, LATIN],
  [0x2e7f, 6, SYMBOLS],
  [0x9fff, 4, EASTERN],
  [0xabff, 8, 0],
  [0xd7ff, 4, EASTERN],
  [0xdfff, UNSEEN, HIDDEN], // half a character
  [0xf8ff, 8, 0],
  [0xfaff, 4, EASTERN],
  [0xfdff, 8, 0],
  [0xfe0f, 8, INHERITED], // variation selectors
  [0xfeff, 8, 0],
  [0xffef, 4, EASTERN],
  [0xffff, UNSEEN, HIDDEN],
  [0x1efff, 8, 0],
  [0x1ffff, 6, SYMBOLS],
  [0x3ffff, 4, EASTERN],
  [0x10ffff, UNSEEN, INHERITED], // tags
];

/** To another font, from a Latin letter or to one; between two others, each of which has to be found. */
const SWITCH = 24;
const STRANGE_SWITCH = 600;

/** How much of a text fits. */
export interface Fit {
  /** Where to cut, in UTF-16 code units: never within a character, nor before a mark. */
  end: number;
  /** What comes before it costs. */
  cost: number;
}

/**
 * The longest beginning of a text that costs no more than `room`. It looks no further than it has to:
 * the text may be endless.
 */
export function fitting(text: string, room: number): Fit {
  // The character behind it too: a mark would belong to it.
  if (PLAIN.test(text.slice(0, room + 1))) {
    const end = Math.min(text.length, Math.floor(room));
    return { end, cost: end };
  }
  let cost = 0;
  let before = LATIN;
  /** Behind the last character that may be cut behind, and the cost up to it. */
  let safe: Fit = { end: 0, cost: 0 };
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!;
    const [, price, kind] = RANGES[code < LOW.length ? LOW[code]! : rangeOf(code)]!;
    const so = { end: at, cost };
    if (kind !== INHERITED) safe = so;
    cost += price;
    if (kind >= 0) {
      const font = kind === 0 ? code | 0xff : kind;
      if (font !== before) cost += font === LATIN || before === LATIN ? SWITCH : STRANGE_SWITCH;
      before = font;
    }
    // A mark without end is no reason to show nothing.
    if (cost > room) return safe.end > 0 ? safe : so;
    at += code > 0xffff ? 2 : 1;
  }
  return { end: text.length, cost };
}

/** What the whole of a text costs. */
export const costOf = (text: string): number => fitting(text, Infinity).cost;

/** By bisection: the ranges are in order. */
function rangeOf(code: number): number {
  let low = 0;
  let high = RANGES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (RANGES[middle]![0] < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ranges of the letters that are in almost every text. */
const LOW = Uint8Array.from({ length: 0x300 }, (_, code) => rangeOf(code));
