import { describe, expect, it } from 'vitest';
import { brief, textNodes, visible } from './text.ts';
import { toHtml } from './tree.ts';

const html = (text: string): string => textNodes(text).map(toHtml).join('');

describe('a text as it is shown', () => {
  it.each([
    ['English', 'The café’s naïve façade — 5 € … ½'],
    ['several lines and tabs', 'a\tb\n  c'],
    ['Arabic', 'مرحبا بالعالم'],
    ['Arabic’s own sign for a number', '\u0600123'],
    ['Hebrew with all its points', 'בְּרֵאשִׁ֖ית'],
    ['Persian with its joiners', 'می‌خواهم'],
    ['Devanagari, joined', 'क्‍ष नमस्ते'],
    ['Sinhala', 'ශ්‍රී'],
    ['Thai', 'สวัสดี'],
    ['Tibetan', 'བརྒྱ'],
    ['Vietnamese, decomposed', 'tie\u0302\u0301ng Vie\u0323\u0302t'],
    ['Chinese and a variant of a character', '漢字 葛\u{e0100}'],
    ['emoji', '😀 ❤️ 👍🏽 🇩🇪 1️⃣'],
    [
      'a family, a flag of a country and one of a part of it',
      '👨‍👩‍👧‍👦 🏳️‍🌈 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
  ])('stays as it is: %s', (_, text) => {
    expect(visible(text)).toBe(text);
    expect(html(text)).toBe(text);
  });

  it.each([
    ['controls of direction', 'user\u202etxt.exe', 'user<U+202E>txt.exe'],
    ['isolates', '\u2067a\u2069', '<U+2067>a<U+2069>'],
    ['marks of direction', 'a\u200eb\u200fc\u061cd', 'a<U+200E>b<U+200F>c<U+061C>d'],
    ['zero-width characters', 'pass\u200bword\ufeff', 'pass<U+200B>word<U+FEFF>'],
    ['a joiner that joins nothing', 'a\u200db', 'a<U+200D>b'],
    ['a variant of nothing', 'a\ufe0f', 'a<U+FE0F>'],
    ['fillers', 'a\u3164\u115fb\u034f', 'a<U+3164 U+115F>b<U+034F>'],
    ['a soft hyphen', 'soft\u00adhyphen', 'soft<U+00AD>hyphen'],
    ['control characters', '\0\x1b[31m\x7f\x85', '<U+0000 U+001B>[31m<U+007F U+0085>'],
    ['returns', 'one\r\ntwo\r', 'one<U+000D>\ntwo<U+000D>'],
    ['separators', 'a\u2028b\u2029', 'a<U+2028>b<U+2029>'],
    ['half a character', '\ud800x\udc00', '<U+D800>x<U+DC00>'],
    ['tags that are no flag', 'a\u{e0041}\u{e0042}', 'a<U+E0041 U+E0042>'],
  ])('has its %s shown by numbers', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('looks different where something stands for a character', () => {
    expect(html('a\u202e\u202db')).toBe('a<span class="hidden-character">U+202E U+202D</span>b');
    expect(html('aU+202Eb')).toBe('aU+202Eb');
  });

  it('counts what is there many times', () => {
    expect(visible(`a${'\u200b'.repeat(200_000)}b`)).toBe('a<U+200B×200,000>b');
    expect(html(`a${'\0'.repeat(100_000)}b`).length).toBeLessThan(130);
  });

  it('has no more marks on a letter than any language, and says how many are missing', () => {
    expect(visible(`a${'\u0301'.repeat(190_000)}b`)).toBe(
      `a${'\u0301'.repeat(8)}<189,992 more marks>b`,
    );
    expect(visible(`e${'\u0323\u0301'.repeat(4)}\u0302`)).toMatch(/<1 more mark>$/);
  });

  it('stays one text while it is short, whatever it is', () => {
    expect(textNodes('x'.repeat(4000))).toHaveLength(1);
    expect(textNodes('')).toEqual([]);
  });

  it('loses nothing in pieces: neither a character nor what belongs together', () => {
    const text = 'naïve 😀 नमस्ते e\u0301 '.repeat(3000);
    const pieces = textNodes(text);
    expect(pieces.length).toBeGreaterThan(10);
    const shown = pieces.map((piece) => toHtml(piece).replace(/<[^>]*>/g, ''));
    expect(shown.join('')).toBe(text);
    expect(shown.every((piece) => piece.isWellFormed() && !/^\p{M}/u.test(piece))).toBe(true);
  });

  it('is cut where only its beginning is wanted', () => {
    expect(brief('products')).toBe('products');
    expect(brief('n'.repeat(1e6)).length).toBeLessThan(130);
    expect(brief(`a${'\u0301'.repeat(1e6)}`).length).toBeLessThan(60);
    expect(brief('x\u202e')).toBe('x<U+202E>');
  });
});
