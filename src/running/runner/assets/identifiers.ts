/** Makes acorn use the browser's own knowledge of Unicode. Node only. */
import type { Plugin } from 'rolldown';

/** At the end of its input acorn asks for a character that is not there: the code is `NaN`. */
const LETTER = '0 <= code && code <= 0x10ffff';

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/^var astralIdentifierCodes = \[.*\];$/m, ''],
  [/^var astralIdentifierStartCodes = \[.*\];$/m, ''],
  [/^var nonASCIIidentifierChars = ".*";$/m, ''],
  [/^var nonASCIIidentifierStartChars = ".*";$/m, ''],
  [
    /^var nonASCIIidentifierStart = new RegExp\(.*\);$/m,
    'var nonASCIIidentifierStart = /\\p{ID_Start}/u;',
  ],
  [
    /^var nonASCIIidentifier = new RegExp\(.*\);$/m,
    'var nonASCIIidentifier = /[\\p{ID_Continue}\\u200c\\u200d]/u;',
  ],
  [
    /return isInAstralSet\(code, astralIdentifierStartCodes\)$/m,
    `return ${LETTER} && nonASCIIidentifierStart.test(String.fromCodePoint(code))`,
  ],
  [
    /return isInAstralSet\(code, astralIdentifierStartCodes\) \|\| .*$/m,
    `return ${LETTER} && nonASCIIidentifier.test(String.fromCodePoint(code))`,
  ],
];

/**
 * acorn brings tables of the letters that a name may hold, for engines that do not know them. Every
 * browser that runs the course does (`\p{ID_Start}`), and the tables are a twentieth of the worker.
 *
 * @throws Error if acorn is not written as it was: a new version has to be looked at.
 */
export const ownIdentifiers: Plugin = {
  name: 'own-identifiers',
  transform: (code, id) =>
    /acorn[\\/]dist[\\/]acorn\.mjs$/.test(id) ? withOwnIdentifiers(code) : null,
};

/** @param code acorn's module. */
export function withOwnIdentifiers(code: string): string {
  return REPLACEMENTS.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text))
      throw new Error(
        `acorn has changed: ${String(pattern)} is not in it (src/running/runner/assets/identifiers.ts)`,
      );
    return text.replace(pattern, () => replacement);
  }, code);
}
