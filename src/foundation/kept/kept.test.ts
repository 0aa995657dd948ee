/** What is kept in a browser: whatever stands there, however many tabs write, with storage or without. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOSTILE_TEXTS, hugeText } from './hostile-values.ts';
import { canKeep } from './can-keep.ts';
import { Kept, whenKeptChanges } from './kept.ts';
import { deniedStorage, FullStorage, MemoryStorage } from './memory-storage.ts';
import { PREFIX } from './prefix.ts';

const isNumber = (data: unknown): number | undefined =>
  typeof data === 'number' ? data : undefined;
const reads = new Kept('read', 1, isNumber);
const full = new FullStorage();
let storage: MemoryStorage;
let page: EventTarget;

beforeEach(() => {
  storage = new MemoryStorage();
  page = new EventTarget();
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
});
afterEach(() => {
  reads.clear();
  vi.unstubAllGlobals();
});

/** As a browser tells of a change in another tab. */
const changed = (key: string | null): boolean =>
  page.dispatchEvent(Object.assign(new Event('storage'), { key }));

describe.each([
  ['kept', () => storage, true],
  ['denied', () => deniedStorage, false],
  ['not there', () => undefined, false],
  ['full', () => full, false],
])('where storage is %s', (_name, localStorage, survives) => {
  test('a thing is there until it is removed, and the caller learns whether it will survive', () => {
    vi.stubGlobal('localStorage', localStorage());
    expect(canKeep()).toBe(survives);
    expect(reads.set('1.1', 5)).toBe(survives);
    expect(reads.set('1.2', 6)).toBe(survives);
    expect(reads.get('1.1')).toBe(5);
    reads.remove('1.1');
    expect(reads.get('1.1')).toBeUndefined();
    expect([...reads.all()]).toEqual([['1.2', 6]]);
    reads.clear();
    expect(reads.all().size).toBe(0);
  });
});

test('every thing has an entry of its own, under the name of the course', () => {
  reads.set('1.1', 5);
  reads.set('1.2', 6);
  expect({ ...storage }).toEqual({
    [`${PREFIX}read/1.1`]: '[1,5]',
    [`${PREFIX}read/1.2`]: '[1,6]',
  });
});

test('what is kept for the visit stands in the storage of the visit', () => {
  const visit = new MemoryStorage();
  vi.stubGlobal('sessionStorage', visit);
  new Kept('history', 1, (data) => data, 'visit').set('redis', ['GET a']);
  expect({ ...visit }).toEqual({ [`${PREFIX}history/redis`]: '[1,["GET a"]]' });
  expect({ ...storage }).toEqual({});
});

test('kinds and other courses do not see each other’s things', () => {
  storage.setItem('another-course/read/1.1', '[1,5]');
  storage.setItem(`${PREFIX}reading/1.1`, '[1,5]');
  expect(reads.all().size).toBe(0);
  reads.clear();
  expect(Object.keys(storage)).toHaveLength(2);
});

test('what could not be stored is stored when it changes the next time, and is gone when it is removed', () => {
  vi.stubGlobal('localStorage', full);
  reads.set('1.1', 5);
  vi.stubGlobal('localStorage', storage);
  expect(reads.get('1.1')).toBe(5);
  expect(reads.set('1.1', 6)).toBe(true);
  expect(storage.getItem(`${PREFIX}read/1.1`)).toBe('[1,6]');
  reads.remove('1.1');
  expect(reads.get('1.1')).toBeUndefined();
});

describe('an entry of a later version', () => {
  const key = `${PREFIX}read/1.1`;
  const later = '[2,{"at":5}]';

  test('is not read, and not written over or removed by an old page from the cache', () => {
    storage.setItem(key, later);
    expect(reads.get('1.1')).toBeUndefined();
    expect(reads.set('1.1', 7)).toBe(false);
    expect(reads.get('1.1')).toBe(7);
    reads.remove('1.1');
    expect(storage.getItem(key)).toBe(later);
  });

  test('goes when the reader removes everything', () => {
    storage.setItem(key, later);
    reads.clear();
    expect(Object.keys(storage)).toEqual([]);
  });

  test('reads what an earlier one wrote', () => {
    reads.set('1.1', 5);
    const next = new Kept('read', 2, (data, version) => (version === 1 ? { at: data } : data));
    expect(next.get('1.1')).toEqual({ at: 5 });
    expect(next.set('1.1', { at: 5 })).toBe(true);
    expect(storage.getItem(key)).toBe(later);
  });
});

describe('of what anybody may have written', () => {
  const texts = [...HOSTILE_TEXTS, hugeText()];

  test.each(texts.map((text) => [text.slice(0, 60), text]))('%j breaks nothing', (_start, text) => {
    for (const id of ['', '1.1', '__proto__', 'constructor', '\ud800'])
      storage.setItem(`${PREFIX}read/${id}`, text);
    const before = reads.get('1.1');
    expect(['number', 'undefined']).toContain(typeof before);
    expect(reads.all().size).toBe(before === undefined ? 0 : 5);
    reads.set('1.1', 8);
    expect(reads.get('1.1')).toBe(8);
  });

  test('a check that throws makes no value', () => {
    storage.setItem(`${PREFIX}read/1.1`, '[1,null]');
    const strict = new Kept('read', 1, (data) => (data as { deep: { down: number } }).deep.down);
    expect(strict.get('1.1')).toBeUndefined();
  });
});

describe('another tab', () => {
  test('tells which thing it changed', () => {
    const tell = vi.fn();
    reads.whenChanged(tell);
    changed(`${PREFIX}read/1.1`);
    changed(`${PREFIX}ran/1.1.eav`);
    changed('another-course/read/1.1');
    changed(null);
    expect(tell.mock.calls).toEqual([['1.1'], []]);
  });

  test('is listened to once for all that it changed at a time', async () => {
    vi.useFakeTimers();
    const tell = vi.fn();
    whenKeptChanges(tell);
    changed('another-course/read/1.1');
    await vi.runAllTimersAsync();
    expect(tell).not.toHaveBeenCalled();
    for (let id = 0; id < 600; id += 1) changed(`${PREFIX}read/${id}`);
    await vi.runAllTimersAsync();
    expect(tell).toHaveBeenCalledTimes(1);
    changed(null);
    await vi.runAllTimersAsync();
    expect(tell).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
