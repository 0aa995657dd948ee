import { describe, expect, it } from 'vitest';
import { HIDDEN, holdsHidden } from './hidden-characters.ts';

const found = (code: string): string[] =>
  [...code.matchAll(HIDDEN)].map(([character]) => character.codePointAt(0)!.toString(16));

describe('characters that nobody sees', () => {
  it.each([
    [
      'turn a line around',
      '/* \u202e \u2066 begin admins only */ \u2069\u202c \u202a\u202b\u202d\u2067\u2068',
      ['202e', '2066', '2069', '202c', '202a', '202b', '202d', '2067', '2068'],
    ],
    ['mark a direction', 'a\u200eb\u200fc\u061cd', ['200e', '200f', '61c']],
    ['split a word', 'sel\u200bect pass\u00adword \u2060\ufeff', ['200b', 'ad', '2060', 'feff']],
    [
      'look like a name, and are one',
      'const \u3164 = 1; a\uffa0, \u115f\u1160',
      ['3164', 'ffa0', '115f', '1160'],
    ],
    [
      'join Latin letters, which need no joiner',
      'ro\u200dw ro\u200cw e\ufe0f',
      ['200d', '200c', 'fe0f'],
    ],
    ['carry text of their own', '-- \u{e0041}\u{e0042}\u{e01ef}', ['e0041', 'e0042', 'e01ef']],
    [
      'move the cursor',
      'a\u0000\u0007\u0008\u001b[2Jb\u007f\u0085',
      ['0', '7', '8', '1b', '7f', '85'],
    ],
    [
      'end a line of a program, where nobody sees one',
      '// safe\u2028drop()\u2029',
      ['2028', '2029'],
    ],
  ])('are found where they %s', (_why, code, characters) => {
    expect(found(code)).toEqual(characters);
    expect(holdsHidden([{ name: 'query.sql', code }])).toBe(true);
  });

  it.each([
    "SELECT 'שלום עולם', 'مرحبا بالعالم';",
    "SELECT 'می\u200cخواهم';",
    "SELECT 'क्\u200dष', 'ক্\u200cত';",
    "SET mood '👩🏽\u200d🚀 ❤️ ❤️\u200d🔥 1️⃣'",
    'SELECT 1;\n\t-- über, naïve, 12\u00a0°C, Ω, Привет, 数据库',
  ])('are none in %j', (code) => {
    expect(found(code)).toEqual([]);
  });
});
