import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HOSTILE_TEXTS } from '../../../foundation/kept/hostile-values.ts';
import { deniedStorage, MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { draftId, drafts, fitted } from './drafts.ts';
import { LASTS, MOST, OwnCode, PAUSE } from './own-code.ts';
import { PREFIX } from '../../../foundation/kept/prefix.ts';

const file = (code: string) => [{ name: 'query.sql', code }];
const NOW = Date.parse('2026-03-02T10:00:00Z');
/** In this test's storage, as the store names it. */
const DRAFT = `${PREFIX}draft//the-problem/three-broken-solutions/#eav-cast`;

/** Holds so many characters, keys included. */
class SmallStorage extends MemoryStorage {
  room = Infinity;
  override setItem(key: string, text: string): void {
    const others = Object.entries(this).filter(([name]) => name !== key && name !== 'room');
    const size = others.flat().join('').length + key.length + text.length;
    if (size > this.room) throw new DOMException('full', 'QuotaExceededError');
    super.setItem(key, text);
  }
}

let storage: SmallStorage;
/** Each test has a page of its own: what cannot be stored lives as long as the page. */
let cell: string;
let pages = 0;
const tab = () => new OwnCode(cell);
const codes = (own: OwnCode, now = NOW) => own.versions(now).map(({ files }) => files[0]!.code);

beforeEach(() => {
  storage = new SmallStorage();
  cell = 'eav-cast';
  pages += 1;
  vi.stubGlobal('location', { pathname: `/page-${pages}/` });
  vi.stubGlobal('localStorage', storage);
});

describe('a draft', () => {
  it('is kept for its page and cell until it is replaced by nothing', () => {
    vi.stubGlobal('location', { pathname: '/the-problem/three-broken-solutions/' });
    expect(tab().type(file('SELECT 1;'), NOW)).toBe(true);
    expect(storage.getItem(DRAFT)).toBe(
      `[2,{"files":[{"name":"query.sql","code":"SELECT 1;"}],"at":${NOW}}]`,
    );
    expect(tab().files).toEqual(file('SELECT 1;'));
    tab().replace(null, NOW);
    expect(tab().files).toBeNull();
    expect(codes(tab())).toEqual(['SELECT 1;']);
  });

  it('of an earlier release is read, and is a version before anything is written over it', () => {
    storage.setItem(
      `${PREFIX}draft/${draftId(cell)}`,
      JSON.stringify([1, file('SELECT old;\r\n')]),
    );
    const own = tab();
    expect(own.files).toEqual(file('SELECT old;\n'));
    own.type(file('SELECT new;'), NOW);
    expect(own.versions(NOW)).toEqual([{ files: file('SELECT old;\n'), at: 0 }]);
  });

  it.each(HOSTILE_TEXTS)('that is no draft is none: %.60j', (text) => {
    for (const kind of ['draft', 'version'])
      storage.setItem(
        `${PREFIX}${kind}/${draftId(cell)}${kind === 'version' ? `@${NOW}` : ''}`,
        text,
      );
    const own = tab();
    for (const one of own.files ?? []) expect(one.name).toMatch(/^[\w.-]{1,60}$/);
    expect(() => own.versions(NOW)).not.toThrow();
    expect(own.type(file('SELECT 1;'), NOW)).toBe(true);
    expect(tab().files).toEqual(file('SELECT 1;'));
  });

  it('fits a cell that has exactly its files', () => {
    const [web, worker] = [
      { name: 'web', code: 'GET a' },
      { name: 'worker', code: 'SET a 1' },
    ];
    expect(fitted([worker, web], ['web', 'worker'])).toEqual([web, worker]);
    for (const files of [[web], [web, web], [web, worker, worker], [web, { ...worker, name: 'x' }]])
      expect(fitted(files, ['web', 'worker'])).toBeNull();
  });

  it('lives for the visit where storage is denied, its versions too', () => {
    vi.stubGlobal('localStorage', deniedStorage);
    const own = tab();
    expect(own.type(file('SELECT 1;'), NOW)).toBe(false);
    expect(own.replace(file('SELECT 2;'), NOW)).toBe(false);
    expect(own.files).toEqual(file('SELECT 2;'));
    expect(codes(own)).toEqual(['SELECT 1;']);
  });
});

describe('versions', () => {
  it('are not made by typing on', () => {
    const own = tab();
    for (let key = 1; key <= 50; key += 1)
      own.type(file('SELECT 1;'.slice(0, key)), NOW + key * (PAUSE / 2));
    expect(own.versions(NOW + 25 * PAUSE)).toEqual([]);
  });

  it('are made by a pause, by a run, and by code that takes the place of the draft', () => {
    const own = tab();
    own.type(file('first'), NOW);
    own.type(file('second, after a pause'), NOW + PAUSE);
    own.seal();
    own.type(file('third, after a run'), NOW + PAUSE + 1);
    own.replace(file('fourth, of a link'), NOW + PAUSE + 2);
    own.type(file('fifth, typed in it'), NOW + PAUSE + 3);
    expect(codes(own)).toEqual([
      'fourth, of a link',
      'third, after a run',
      'second, after a pause',
      'first',
    ]);
  });

  it('are as many as are worth keeping, the latest ones, and no code is listed twice', () => {
    const own = tab();
    for (let turn = 0; turn < MOST + 5; turn += 1) own.replace(file(`SELECT ${turn};`), NOW + turn);
    own.replace(file('SELECT 9;'), NOW + 100);
    own.replace(file('SELECT 9, again;'), NOW + 101);
    const kept = codes(own);
    expect(kept).toHaveLength(MOST);
    expect(kept.slice(0, 3)).toEqual(['SELECT 9;', 'SELECT 14;', 'SELECT 13;']);
    expect(Object.keys(storage).filter((key) => key.includes('/version/'))).toHaveLength(MOST);
  });

  it('go after a week, those of other cells as well, and leave nothing behind', () => {
    const other = new OwnCode('eav-plan');
    other.type(file('other'), NOW);
    other.replace(null, NOW);
    const own = tab();
    own.type(file('mine'), NOW - 3 * LASTS);
    own.replace(null, NOW);
    expect(codes(own, NOW + LASTS - 1)).toEqual(['mine']);
    expect(codes(own, NOW + LASTS)).toEqual([]);
    expect(other.versions(NOW)).toEqual([]);
    expect(Object.keys(storage).filter((key) => key.startsWith(PREFIX))).toEqual([]);
  });

  it('of two tabs that write over each other hold what both wrote', () => {
    const [one, other] = [tab(), tab()];
    one.type(file('one'), NOW);
    // The other has not heard of it.
    other.type(file('other'), NOW + 1);
    expect(codes(other, NOW + 2)).toEqual(['one']);
    one.type(file('one, and on'), NOW + 3);
    expect(codes(one, NOW + 4)).toEqual(['other', 'one']);
    other.sync(NOW + 5);
    expect(other.files).toEqual(file('one, and on'));
    expect(codes(other, NOW + 6)).toEqual(['other', 'one']);
  });

  it('hold what another tab wrote over without having seen it', () => {
    const own = tab();
    own.type(file('mine'), NOW);
    storage.setItem(
      `${PREFIX}draft/${draftId(cell)}`,
      JSON.stringify([2, { files: file('theirs'), at: NOW }]),
    );
    own.sync(NOW + 1);
    expect(own.files).toEqual(file('theirs'));
    expect(codes(own, NOW + 1)).toEqual(['mine']);
  });

  it('make room where a browser is full, the oldest first, whichever cell’s they are', () => {
    const other = new OwnCode('eav-plan');
    other.type(file('o'.repeat(500)), NOW);
    other.replace(null, NOW);
    const own = tab();
    own.type(file('m'.repeat(300)), NOW + 1);
    own.replace(file('mine'), NOW + 2);
    storage.room = Object.entries(storage).flat().join('').length;
    expect(own.type(file('n'.repeat(400)), NOW + 3)).toBe(true);
    expect(other.versions(NOW + 3)).toEqual([]);
    expect(codes(own, NOW + 3)).toContain('m'.repeat(300));
    expect(own.type(file('x'.repeat(5000)), NOW + 4)).toBe(false);
    expect(own.files).toEqual(file('x'.repeat(5000)));
  });

  it('are gone with the draft when a reader wants all of it gone', () => {
    const own = tab();
    own.type(file('first'), NOW);
    own.replace(file('second'), NOW);
    own.forget();
    expect(own.files).toBeNull();
    expect(drafts.get(draftId(cell))).toBeUndefined();
    expect(own.versions(NOW)).toEqual([]);
  });
});
