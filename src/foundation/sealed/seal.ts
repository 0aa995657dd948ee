/**
 * Text that nobody reads by a glance at a page’s source: answers, and notes for the teacher. It is no
 * secret. Whoever wants to read it can, with this file; whoever only looks does not.
 *
 * Letters and digits change places, and all is turned around: what is repeated in a text stays repeated,
 * so that it is compressed as well as before.
 */

/** Signs that mean something in HTML, and what stands for them: nobody takes sealed text for a tag. */
const MARKUP = '<>&"';
const PRIVATE = 0xe000;

/** @returns the sealed text; `unseal` gives the text back. */
export const seal = (text: string): string => [...text].reverse().map(changed).join('');

/** @param sealed what `seal` made. */
export const unseal = seal;

/** Each sign changes with another one, so that what is changed twice is what it was. */
function changed(sign: string): string {
  const code = sign.charCodeAt(0);
  if (MARKUP.includes(sign)) return String.fromCharCode(PRIVATE + code);
  if (
    code > PRIVATE &&
    code < PRIVATE + 128 &&
    MARKUP.includes(String.fromCharCode(code - PRIVATE))
  )
    return String.fromCharCode(code - PRIVATE);
  if (/[a-z]/i.test(sign)) {
    const first = code < 97 ? 65 : 97;
    return String.fromCharCode(first + ((code - first + 13) % 26));
  }
  return /\d/.test(sign) ? String((Number(sign) + 5) % 10) : sign;
}
