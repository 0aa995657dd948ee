import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standsAt } from './history.ts';
import { readFragment, shareLink } from './share.ts';

const file = (code: string) => [{ name: 'query.sql', code }];

const step = (code: string) => ({ files: file(code) });

describe('a database’s history', () => {
  const wanted = { dataset: 'catalog-eav', steps: [step('CREATE TABLE toys ();')] };

  it('fits when the database has been through exactly what the cell needs', () => {
    expect(standsAt(structuredClone(wanted), wanted)).toBe(true);
  });

  it.each([
    ['nothing is known', null],
    ['another dataset was loaded', { ...wanted, dataset: 'catalog-wide' }],
    ['an earlier cell has not run', { ...wanted, steps: [] }],
    ['the cell itself has run already', { ...wanted, steps: [...wanted.steps, step('SELECT 1;')] }],
    ['an earlier cell was edited since', { ...wanted, steps: [step('CREATE TABLE games ();')] }],
  ])('does not fit when %s', (_why, history) => {
    expect(standsAt(history, wanted)).toBe(false);
  });
});

describe('a link with code', () => {
  const names = ['query.sql'];
  const encoded = (data: unknown) =>
    Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64url');

  it('carries any code there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (code) => {
        fc.pre(code.isWellFormed() && !code.includes('\r'));
        const link = shareLink(
          'https://course.example/the-problem/?x=1#old',
          'eav-cast',
          file(code),
        );
        const { hash, search } = new URL(link!);
        expect(search).toBe('?x=1');
        expect(readFragment(hash, 'eav-cast', names)).toEqual({ files: file(code) });
      }),
    );
  });

  it('has the line ends of a page: what is shown is what runs', () => {
    const link = shareLink(
      'https://course.example/',
      'a',
      file('SELECT 1;\r\n-- \rDROP TABLE toys;'),
    );
    expect(readFragment(new URL(link!).hash, 'a', names)).toEqual({
      files: file('SELECT 1;\n-- \nDROP TABLE toys;'),
    });
  });

  it('is refused when it would be too long to survive', () => {
    expect(shareLink('https://course.example/', 'a', file('x'.repeat(20_000)))).toBeNull();
  });

  it('brings files in the order of the cell', () => {
    const [one, two] = [
      { name: 'web', code: 'GET a' },
      { name: 'worker', code: 'SET a 1' },
    ];
    expect(readFragment(`#a:${encoded([two, one])}`, 'a', ['web', 'worker'])).toEqual({
      files: [one, two],
    });
  });

  it.each(['', '#a', '#b:W10', '#eav-cast', '#A:W10', 'a:W10'])('is not seen in %j', (fragment) => {
    expect(readFragment(fragment, 'a', names)).toBeNull();
  });

  it.each([
    ['nothing', '', /damaged/],
    ['what is no base64', '%%%', /damaged/],
    ['what is no UTF-8', 'gICA', /damaged/],
    ['what is no JSON', 'bm9wZQ', /damaged/],
    ['no list', encoded({ length: 1, 0: file('x')[0] }), /damaged/],
    ['an empty list', encoded([]), /damaged/],
    ['nothing but null', encoded([null]), /damaged/],
    ['a path as a name', encoded([{ name: '../query.sql', code: 'x' }]), /damaged/],
    ['code that is no text', encoded([{ name: 'query.sql', code: 1 }]), /damaged/],
    [
      'files by way of a prototype',
      encoded(`[{"__proto__":{"name":"query.sql","code":"x"}}]`),
      /damaged/,
    ],
    ['thirteen files', encoded(Array.from({ length: 13 }, () => file('x')[0])), /damaged/],
    ['lists in lists', encoded(`${'['.repeat(2900)}${']'.repeat(2900)}`), /damaged/],
    ['a million characters', 'W'.repeat(1_000_000), /longer than any/],
    [
      'two files of one name',
      encoded([...file('x'), ...file('y')]),
      /not for this cell, which has the file query.sql/,
    ],
    [
      'a file too many',
      encoded([...file('x'), { name: 'more.sql', code: 'y' }]),
      /not for this cell/,
    ],
    ['another file', encoded([{ name: 'package.json', code: '{}' }]), /not for this cell/],
  ])('that holds %s is refused in a sentence', (_what, code, sentence) => {
    expect(readFragment(`#a:${code}`, 'a', names)).toEqual({
      refused: expect.stringMatching(sentence) as string,
    });
  });

  it('brings of each file its name and code, and nothing else', () => {
    const more = encoded('[{"name":"query.sql","code":"y","extra":1,"constructor":{}}]');
    expect(readFragment(`#a:${more}`, 'a', names)).toEqual({ files: file('y') });
  });
});
