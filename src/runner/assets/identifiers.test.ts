import { readFile } from 'node:fs/promises';
import * as acorn from 'acorn';
import { expect, it } from 'vitest';
import { withOwnIdentifiers } from './identifiers.ts';

/** What acorn exports, and its types leave out. */
interface Identifiers {
  isIdentifierStart(code: number, astral: boolean): boolean;
  isIdentifierChar(code: number, astral: boolean): boolean;
}

it('tells names from other text as acorn does by its own tables', async () => {
  const source = withOwnIdentifiers(await readFile('node_modules/acorn/dist/acorn.mjs', 'utf8'));
  const own = (await import(
    `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
  )) as Identifiers;
  const theirs = acorn as unknown as Identifiers;
  const letters = 'aZ$_9 é ß Ω я ÷ × · 名 ー \u200d ⅷ ℘ ゛ 𝒳 𠮷 𝟘 😀 ';
  for (const character of letters) {
    const code = character.codePointAt(0)!;
    for (const asks of ['isIdentifierStart', 'isIdentifierChar'] as const)
      expect([character, asks, own[asks](code, true)]).toEqual([
        character,
        asks,
        theirs[asks](code, true),
      ]);
  }
});

it('refuses an acorn that is written in another way', () => {
  expect(() => withOwnIdentifiers('export const parse = 1;')).toThrow('acorn has changed');
});
