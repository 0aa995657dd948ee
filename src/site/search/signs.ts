/**
 * The words of a course about databases that are no words for an index: `$lookup`, `->>`, `@>`. The build
 * looks for them in the pages' code, and the search in what somebody typed.
 */

/** `$lookup`, but not the parameter `$1`. */
const DOLLAR = /\$[a-z]\w*/gi;
/** What PostgreSQL makes operators of, the cast and JavaScript’s arrow among them. */
const OPERATOR = /[-+*/<>=~!@#%^&|?:]+/g;

/** @returns every operator and `$word` of a piece of code, in lower case, as often as it stands there. */
export const signsInCode = (code: string): string[] =>
  [...code.matchAll(DOLLAR), ...code.replace(DOLLAR, ' ').matchAll(OPERATOR)].map(([sign]) =>
    sign.toLowerCase(),
  );

/**
 * The signs of a text that is no code: a query, or a name. A single one counts unless it is at a word, as
 * the question mark at the end of a question and a hyphen are.
 */
export const signsInText = (text: string): string[] => {
  const single = new Set(
    [...text.matchAll(/(?<![\p{L}\p{N}])[^\s\p{L}\p{N}](?![\p{L}\p{N}])/gu)].map(([sign]) => sign),
  );
  return [...new Set(signsInCode(text))].filter((sign) => sign.length > 1 || single.has(sign));
};

/** The query without its signs, for an index of words. */
export const withoutSigns = (query: string): string =>
  query
    .replace(/[^\p{L}\p{N}"'’._-]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])[-'’._]+|[-'’._]+(?![\p{L}\p{N}])/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
