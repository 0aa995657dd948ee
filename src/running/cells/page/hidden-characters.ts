/**
 * Characters that nobody sees, and those that turn the direction of a line: with them code can read otherwise than it
 * runs (CVE-2021-42574). Code that is not the course's shows them as what they are. Letters stay as they are, those of
 * right-to-left scripts too; so do the joiners that such scripts, and emoji, are written with.
 */
import type { ScriptFile } from '../../../engines/engine.ts';

/** What a joiner or a variation selector belongs to: an emoji, a mark, a letter of a script that joins. */
const JOINED = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\ufe0f]|(?![\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}])\p{L})`;

/** Each match is one character. */
export const HIDDEN = new RegExp(
  [
    String.raw`[\0-\x08\v-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb]`,
    String.raw`(?![\u200c\u200d\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}`,
    String.raw`(?!${JOINED}|\ufe0f\u20e3)[\u200c\u200d\ufe00-\ufe0f]`,
  ].join('|'),
  'gu',
);

const NAMES: Readonly<Record<string, string>> = {
  '\0': 'null',
  '\u00ad': 'soft hyphen',
  '\u061c': 'Arabic letter mark',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u200d': 'zero width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'end of embedding or override',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'end of isolate',
  '\u3164': 'Hangul filler',
  '\ufeff': 'byte order mark',
};

export const holdsHidden = (files: readonly ScriptFile[]): boolean =>
  files.some(({ code }) => code.search(HIDDEN) >= 0);

/** Stands in the place of a hidden character: `U+202E`, with its name for who points at it. */
export function markOf(character: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'hidden-character';
  mark.textContent = numberOf(character);
  mark.title = NAMES[character] ?? 'invisible character';
  return mark;
}

const numberOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Code as nodes, its hidden characters marked. */
export function marked(code: string): (string | HTMLElement)[] {
  const nodes: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { 0: character, index } of code.matchAll(HIDDEN)) {
    nodes.push(code.slice(end, index), markOf(character));
    end = index + character.length;
  }
  return [...nodes, code.slice(end)];
}
