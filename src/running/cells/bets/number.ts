/** Numbers as people write them, in a bet and in what a database prints. */

/** Longer is no bet; it is cut off before anything looks at it. */
export const LONGEST = 60;

const NONE = /^\s*(none|nothing|zero|nil)\b/i;
const NUMBER = /[-−]?(?:\d{1,3}(?:[,’'\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|[-−]?\.\d+/g;

/**
 * `1,000`, `1000`, `1 000`, `$8.50`, `35 values`, `none`.
 *
 * @returns `undefined` if the text holds no number, or several.
 */
export function numberIn(text: string): number | undefined {
  if (NONE.test(text)) return 0;
  const found = text.slice(0, LONGEST).match(NUMBER) ?? [];
  if (found.length !== 1) return undefined;
  const number = Number(found[0].replace('−', '-').replace(/[^\d.-]/g, ''));
  return Number.isFinite(number) ? number : undefined;
}

/** As it is read in English: `1,000.5`. */
export const numberText = (number: number): string =>
  number.toLocaleString('en-US', { maximumFractionDigits: 6 });
