import { readFile } from 'node:fs/promises';
import * as acorn from 'acorn';
import { expect, it } from 'vitest';
import { withOwnKnowledge } from './acorn.ts';

/** What acorn exports, and its types leave out. */
interface Identifiers {
  isIdentifierStart(code: number, astral: boolean): boolean;
  isIdentifierChar(code: number, astral: boolean): boolean;
}

const source = withOwnKnowledge(await readFile('node_modules/acorn/dist/acorn.mjs', 'utf8'));
const own = (await import(
  `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
)) as Identifiers & typeof acorn;
const theirs = acorn as unknown as Identifiers;

const LETTERS = [...'aZ$_9 é ß Ω я ÷ × · 名 ー \u200d ⅷ ℘ ゛ 𝒳 𠮷 𝟘 😀 '].map((letter) =>
  letter.codePointAt(0)!,
);
/** What is no letter: beyond the end of a text, half an astral letter, the last code point and the next. */
const EDGES = [
  NaN,
  -1,
  0,
  0x7f,
  0xd800,
  0xdbff,
  0xdc00,
  0xdfff,
  0xffff,
  0x10ffff,
  0x110000,
  Infinity,
];

it.each([...LETTERS, ...EDGES])('tells names from other text as acorn does: %d', (code) => {
  for (const asks of ['isIdentifierStart', 'isIdentifierChar'] as const)
    for (const astral of [true, false])
      expect([asks, astral, own[asks](code, astral)]).toEqual([
        asks,
        astral,
        theirs[asks](code, astral),
      ]);
});

/** Programs that end where a name, a number, a text or a pattern may go on. */
const ENDS = [
  ...[
    '',
    ' ',
    '5',
    '2 + 2',
    'let x = 5',
    '0x1',
    '1e',
    '1n',
    '.5',
    'a',
    '𠮷',
    '𝒳 = 1',
    '"',
    '`',
    '`${',
  ],
  ...[
    '/a',
    '/a/',
    '/a/g',
    '\\',
    '\\u',
    '\\u{',
    '\\u{6',
    '#',
    '@',
    '😀',
    '\ud835',
    '\udcb3',
    '1\ud835',
    'a.',
    'a?',
  ],
];

/** Regular expressions; and what is none. */
const PATTERNS = [
  ...[
    '/a/',
    '/a/dgimsy',
    '/[\\p{Lu}--[A-Z]]/v',
    '/\\p{Script=Greek}/u',
    '/(?<y>\\d{4})-\\k<y>/',
    '/(?i:a)b/',
  ],
  ...[
    '/a{2,1}/',
    '/(/',
    '/[/',
    '/[b-a]/',
    '/)/',
    '/*/',
    '/a**/',
    '/\\/',
    '/(?<a>.)(?<a>.)/',
    '/(?<1>.)/',
  ],
  ...['/a/gg', '/a/x', '/a/uv', '/\\p{Nothing}/u', '/{/u', '/\\k<x>/u'],
];

it.each([...ENDS, ...PATTERNS])('reads a text as acorn does, wherever it ends: %j', (text) => {
  const read = ({ parse }: Pick<typeof acorn, 'parse'>): unknown => {
    try {
      return JSON.parse(
        JSON.stringify(parse(text, { ecmaVersion: 'latest' }), (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        ),
      );
    } catch (error) {
      return [(error as Error).name, (error as Error).message];
    }
  };
  expect(read(own)).toEqual(read(acorn));
});

it.each(['/\\u{110000}/u', '/(?<=a)+/u'])('refuses %s in the words of the browser', (text) => {
  expect(() => own.parse(text, { ecmaVersion: 'latest' })).toThrow(
    `Invalid regular expression: ${text.slice(0, -1)}: Invalid`,
  );
});

it('refuses an acorn that is written in another way', () => {
  expect(() => withOwnKnowledge('export const parse = 1;')).toThrow('acorn has changed');
});
