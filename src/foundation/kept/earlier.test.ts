/** Readers of an earlier release find what they had. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftId, drafts } from '../../running/cells/page/drafts.ts';
import { keptOf } from '../../practice/challenge/page/kept.ts';
import { visitStore } from '../../running/console/terminal/history.ts';
import { triesOf } from '../../practice/exercises/page/tries.ts';
import { loadRecord } from '../../practice/progress/whole.ts';
import { allAnswers } from '../../practice/quiz/answers.ts';
import { sittings } from '../../practice/self-test/memory.ts';
import { takeOver } from './earlier.ts';
import { MemoryStorage } from './memory-storage.ts';
import { PREFIX } from './prefix.ts';

const loadDraft = (cell: string) => drafts.get(draftId(cell))?.files ?? null;

const answer = { given: ['1'], right: false, tries: 1, first: false, at: '2026-05-01T10:00:00Z' };
const measures = { migrations: 1, tables: 2, columns: 9, cells: 3, nulls: 0, joins: 0, scans: 1 };
const challenge = { met: { launch: { code: '--', measures } }, failed: ['toys'], all: false };
const progress = {
  version: 1,
  read: ['1.2', '1.1'],
  ran: ['1.2.eav-plan'],
  solved: ['1.2.x-eav-furniture'],
  reviews: { '1.1.q-next-category': { step: 0, day: '2026-05-01' } },
};
const sitting = (test: string) => ({ test, at: 2, finished: false, given: { '1.1.q-a': ['1'] } });
/** As the earlier release wrote it. */
const EARLIER: Readonly<Record<string, string>> = {
  'course-progress': JSON.stringify(progress),
  'course-answers': JSON.stringify({ '1.1.q-next-category': answer }),
  'course-exercises': '{"1.2.x-eav-furniture":{"solved":true,"failed":1,"hints":2}}',
  'course-self-tests': JSON.stringify([sitting('?draw=later'), sitting('?draw=earlier')]),
  'course-challenge:1.1.x-catalog-design': JSON.stringify(challenge),
  'course-draft:/a:b/#eav': '[{"name":"query.sql","code":"SELECT 1;"}]',
  'starlight-theme': 'light',
  'course-teacher': 'on',
};
let storage: MemoryStorage;
let visit: MemoryStorage;

beforeEach(() => {
  storage = Object.assign(new MemoryStorage(), EARLIER);
  visit = Object.assign(new MemoryStorage(), { 'course-console-history:redis': '["GET a"]' });
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('sessionStorage', visit);
  vi.stubGlobal('location', { pathname: '/a:b/' });
});
afterEach(() => void vi.unstubAllGlobals());

function expectAll(): void {
  expect(loadRecord()).toEqual(progress);
  expect(allAnswers()).toEqual({ '1.1.q-next-category': answer });
  expect(triesOf('1.2.x-eav-furniture')).toEqual({ solved: true, failed: 1, hints: 2 });
  expect(sittings()).toEqual([sitting('?draw=later'), sitting('?draw=earlier')]);
  expect(keptOf('1.1.x-catalog-design')).toEqual(challenge);
  expect(loadDraft('eav')).toEqual([{ name: 'query.sql', code: 'SELECT 1;' }]);
  expect(visitStore().get('redis')).toEqual(['GET a']);
}

test('everything is there under its new name, and the old one is gone', () => {
  expect(takeOver()).toBe(true);
  expectAll();
  expect(takeOver()).toBe(false);
  expect({ ...storage }).toMatchObject({
    [`${PREFIX}theme/`]: '[1,"light"]',
    [`${PREFIX}teacher/`]: '[1,true]',
  });
  const left = [...Object.keys(storage), ...Object.keys(visit)];
  expect(left.filter((key) => !key.startsWith(PREFIX))).toEqual([]);
});

test('what was written since stays as it is', () => {
  const since = JSON.stringify([1, { step: 2, day: '2026-06-01' }]);
  storage.setItem(`${PREFIX}review/1.1.q-next-category`, since);
  takeOver();
  expect(loadRecord().reviews).toEqual({
    '1.1.q-next-category': { step: 2, day: '2026-06-01' },
  });
});

/** Has room for a number of characters, keys included. */
class SmallStorage extends MemoryStorage {
  room = Infinity;
  override setItem(key: string, text: string): void {
    const others = Object.entries(this).filter(([other]) => other !== key && other !== 'room');
    const taken = others.flat().join('').length + key.length + text.length;
    if (taken > this.room) throw new DOMException('full', 'QuotaExceededError');
    super.setItem(key, text);
  }
}

test('where there is no room for both, the old one goes first', () => {
  const draft = { 'course-draft:/a:b/#eav': EARLIER['course-draft:/a:b/#eav']! };
  const small = Object.assign(new SmallStorage(), draft);
  small.room = Object.entries(draft).flat().join('').length + 20;
  vi.stubGlobal('localStorage', small);
  expect(takeOver()).toBe(true);
  expect(loadDraft('eav')).toEqual([{ name: 'query.sql', code: 'SELECT 1;' }]);
});

test('where there is no room at all, everything stays as it was', () => {
  const small = Object.assign(new SmallStorage(), EARLIER);
  const lengths = Object.entries(EARLIER).map((entry) => entry.join('').length);
  // Every entry is longer than what it was made of.
  small.room = lengths.reduce((sum, length) => sum + length);
  vi.stubGlobal('localStorage', small);
  vi.stubGlobal('sessionStorage', new MemoryStorage());
  expect(takeOver()).toBe(false);
  for (const [key, text] of Object.entries(EARLIER)) expect(small.getItem(key)).toBe(text);
});

describe('of what is damaged', () => {
  const damaged = [
    '',
    'null',
    '7',
    '"x"',
    '[null]',
    '{"version":2,"read":["1.1"]}',
    '{"version":1',
    '[{"test":{}}]',
  ];

  test.each(damaged)('%j throws nothing, and is not destroyed where it cannot be read', (text) => {
    for (const key of Object.keys(EARLIER)) storage.setItem(key, text);
    takeOver();
    expect(loadRecord().read).toEqual([]);
    expect(allAnswers()).toEqual({});
    expect(sittings()).toEqual([]);
    expect(loadDraft('eav')).toBeNull();
    if (text === '' || text.startsWith('{"version"'))
      expect(storage.getItem('course-progress')).toBe(text);
  });

  test('keys of others are left alone', () => {
    storage.setItem('course', '1');
    storage.setItem('course-other', '{"a":1}');
    storage.setItem('starlight-synced-tabs__os', 'Linux');
    takeOver();
    expect(Object.keys(storage)).toEqual(
      expect.arrayContaining(['course', 'course-other', 'starlight-synced-tabs__os']),
    );
  });
});
