import { describe, expect, it } from 'vitest';
import { highlight, knowsLanguage } from './highlight.ts';

const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('highlighted code', () => {
  it.each([
    ['sql', 'SELECT \'<b>\' AS "a&b" -- done\nFROM t\n\nWHERE x < 1;'],
    ['python', 'class Base(DeclarativeBase):\n    pass  # nothing\n'],
    ['', 'plain <text> & more'],
  ])('in %s keeps every character', async (lang, code) => {
    expect(textOf(await highlight(code, lang))).toBe(code);
  });

  it('marks keywords, strings, numbers and comments by class, not by style', async () => {
    const html = await highlight("SELECT 'navy', 220; -- volts", 'sql');
    expect(html).toContain('<span class="t-k">SELECT </span>');
    expect(html).toMatch(/<span class="t-s">'navy'<\/span>/);
    expect(html).toContain('<span class="t-c">220</span>');
    expect(html).toContain('<span class="t-m">-- volts</span>');
    expect(html).not.toContain('style=');
  });

  it('takes a column for a column, whatever SQL calls it elsewhere', async () => {
    const html = await highlight('SELECT name, key, owner FROM accounts', 'sql');
    expect(textOf(html.replace(/<span class="t-k">[^<]*<\/span>/g, '|'))).toBe(
      '|name, key, owner | accounts',
    );
  });

  it('is there for the languages of the course, by all their names', () => {
    for (const lang of ['sql', 'sqlite', 'mongosh', 'redis', 'python', 'json', ''])
      expect(knowsLanguage(lang), lang).toBe(true);
    expect(knowsLanguage('cobol')).toBe(false);
  });
});
