/** What was read, run and reviewed: kept, shared between tabs, and not believed if it is not in shape. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadRecord, merged, parseRecord, removeRecord, saveDone, saveRead } from './record.ts';

const KEY = 'course-progress';
const empty = { version: 1, read: [], ran: [], solved: [], reviews: {} };
const noon = new Date('2026-05-01T12:00:00');
const question = { kind: 'question', id: '1.2.q-null-share', right: false } as const;

/** The storage of a browser, as far as it is used. */
function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}
const refuse = (): never => {
  throw new Error('denied');
};
const denied = { getItem: refuse, setItem: refuse, removeItem: refuse };

afterEach(() => {
  removeRecord();
  vi.unstubAllGlobals();
});

describe.each([
  ['kept', storage(), true],
  ['denied', denied, false],
  ['full', { ...storage(), setItem: refuse }, false],
])('where storage is %s', (_name, localStorage, survives) => {
  test('progress is there until it is removed', () => {
    vi.stubGlobal('localStorage', localStorage);
    expect(saveRead('1.2')).toBe(survives);
    expect(saveDone({ kind: 'cell', id: '1.2.eav', right: false }, noon)).toBe(survives);
    expect(saveDone({ kind: 'exercise', id: '1.2.x-eav', right: false }, noon)).toBe(survives);
    expect(saveDone({ kind: 'exercise', id: '1.3.x-gin', right: true }, noon)).toBe(survives);
    expect(saveDone(question, noon)).toBe(survives);
    saveRead('1.2');
    expect(loadRecord()).toEqual({
      version: 1,
      read: ['1.2'],
      ran: ['1.2.eav'],
      solved: ['1.3.x-gin'],
      reviews: { [question.id]: { step: 0, day: '2026-05-01' } },
    });
    removeRecord();
    expect(loadRecord()).toEqual(empty);
  });
});

test('what another tab has written meanwhile stays', () => {
  const shared = storage();
  vi.stubGlobal('localStorage', shared);
  saveRead('1.1');
  shared.setItem(KEY, JSON.stringify({ ...empty, read: ['1.1', '2.1'] }));
  saveRead('1.2');
  expect(loadRecord().read).toEqual(['1.1', '2.1', '1.2']);
});

test('what another tab has removed does not come back', () => {
  const shared = storage();
  vi.stubGlobal('localStorage', shared);
  saveRead('1.1');
  shared.removeItem(KEY);
  saveRead('1.2');
  expect(loadRecord().read).toEqual(['1.2']);
});

test('a page from the cache does not overwrite what a later release has stored', () => {
  const shared = storage();
  vi.stubGlobal('localStorage', shared);
  const later = JSON.stringify({ version: 2, pages: { '1.1': 'read' } });
  shared.setItem(KEY, later);
  expect(saveRead('1.2')).toBe(false);
  expect(shared.getItem(KEY)).toBe(later);
  expect(loadRecord().read).toEqual(['1.2']);
});

test('of two reviews of a question, the later counts', () => {
  const on = (day: string, step: number) =>
    parseRecord(JSON.stringify({ ...empty, reviews: { '1.2.q-a': { step, day } } }));
  const [early, late] = [on('2026-05-01', 0), on('2026-05-02', 1)];
  expect(merged(early, late)).toEqual(late);
  expect(merged(late, early)).toEqual(late);
});

describe('of a text that anybody may have written', () => {
  test.each(['no JSON', 'null', '[]', '1', '{"version":3,"read":["1.1"]}', '{"version":1}'])(
    '%s is no progress',
    (text) => {
      expect(parseRecord(text)).toEqual(empty);
    },
  );

  test('what does not fit is left out, and the rest stays', () => {
    const good = { step: 1, day: '2026-05-01' };
    const text = JSON.stringify({
      version: 1,
      read: ['1.1', '1.1', 2, '<b>', 'x'.repeat(101)],
      ran: 'all',
      reviews: {
        '1.1.q-good': { ...good, more: 'than asked' },
        '1.1.q-step': { ...good, step: 5 },
        '1.1.q-half': { ...good, step: 0.5 },
        '1.1.q-day': { ...good, day: '2026-02-30' },
        '1.1.q-null': null,
        'no id': good,
      },
      extra: true,
    });
    expect(parseRecord(text)).toEqual({ ...empty, read: ['1.1'], reviews: { '1.1.q-good': good } });
  });

  test('no more is taken than a course can have', () => {
    const many = Array.from({ length: 5000 }, (_, place) => `1.${place}`);
    expect(parseRecord(JSON.stringify({ ...empty, read: many })).read).toHaveLength(2000);
  });
});
