import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../kept/memory-storage.ts';
import { loadDraft, parseFiles, removeDraft, saveDraft } from './drafts.ts';
import { standsAt } from './history.ts';
import { readFragment, shareLink } from './share.ts';

const file = (code: string) => [{ name: 'query.sql', code }];

describe('a database’s history', () => {
  const wanted = { dataset: 'catalog-eav', steps: [file('CREATE TABLE toys ();')] };

  it('fits when the database has been through exactly what the cell needs', () => {
    expect(standsAt(structuredClone(wanted), wanted)).toBe(true);
  });

  it.each([
    ['nothing is known', null],
    ['another dataset was loaded', { ...wanted, dataset: 'catalog-wide' }],
    ['an earlier cell has not run', { ...wanted, steps: [] }],
    ['the cell itself has run already', { ...wanted, steps: [...wanted.steps, file('SELECT 1;')] }],
    ['an earlier cell was edited since', { ...wanted, steps: [file('CREATE TABLE games ();')] }],
  ])('does not fit when %s', (_why, history) => {
    expect(standsAt(history, wanted)).toBe(false);
  });
});

describe('a link with code', () => {
  it('carries any code there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (code) => {
        fc.pre(code.isWellFormed());
        const link = shareLink(
          'https://course.example/the-problem/?x=1#old',
          'eav-cast',
          file(code),
        );
        const { hash, search } = new URL(link!);
        expect(search).toBe('?x=1');
        expect(readFragment(hash)).toEqual({ cell: 'eav-cast', files: file(code) });
      }),
    );
  });

  it('is refused when it would be too long to survive', () => {
    expect(shareLink('https://course.example/', 'a', file('x'.repeat(20_000)))).toBeNull();
  });

  it.each([
    '',
    '#eav-cast',
    '#eav-cast:',
    '#eav-cast:%%%',
    '#eav-cast:bm9wZQ',
    '#Eav:W10',
    '#a:W10',
  ])('is not seen in %j', (fragment) => {
    expect(readFragment(fragment)).toBeNull();
  });

  it('brings no files but named texts', () => {
    expect(parseFiles('[{"name":"../x","code":"y"}]')).toBeNull();
    expect(parseFiles('[{"name":"x","code":1}]')).toBeNull();
    expect(parseFiles('{"name":"x"}')).toBeNull();
    expect(parseFiles('[{"name":"x.sql","code":"y","extra":1}]')).toEqual([
      { name: 'x.sql', code: 'y' },
    ]);
  });
});

describe('a draft', () => {
  let storage: MemoryStorage;

  beforeEach(() => {
    storage = new MemoryStorage();
    vi.stubGlobal('location', { pathname: '/the-problem/three-broken-solutions/' });
    vi.stubGlobal('localStorage', storage);
  });

  it('is kept for its page and cell until it is removed', () => {
    expect(saveDraft('kept', file('SELECT 1;'))).toBe(true);
    expect(Object.keys(storage)).toEqual([
      'nosql-awareness/draft//the-problem/three-broken-solutions/#kept',
    ]);
    expect(loadDraft('kept')).toEqual(file('SELECT 1;'));
    removeDraft('kept');
    expect(loadDraft('kept')).toBeNull();
  });

  it('that was damaged is as good as none', () => {
    const key = 'nosql-awareness/draft//the-problem/three-broken-solutions/#broken';
    storage.setItem(key, '[1,[{"name":');
    expect(loadDraft('broken')).toBeNull();
  });

  it('lives for the visit where storage is denied', () => {
    vi.stubGlobal('localStorage', deniedStorage);
    expect(saveDraft('visit', file('SELECT 2;'))).toBe(false);
    expect(loadDraft('visit')).toEqual(file('SELECT 2;'));
    removeDraft('visit');
    expect(loadDraft('visit')).toBeNull();
  });
});
