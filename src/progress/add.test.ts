/** What another browser has, and what was answered before reviews were kept. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addRecord, adoptAnswers, reviewFrom } from './add.ts';
import { EMPTY, loadRecord, removeRecord, saveDone, saveRead } from './record.ts';
import { dueDay } from './schedule.ts';

const noon = new Date('2026-05-01T12:00:00');
const question = { kind: 'question', id: '1.2.q-null-share', right: false } as const;
const answer = { given: ['1'], tries: 2, right: true, at: '2026-04-01T10:00:00.000Z' };

beforeEach(() => {
  const map = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  });
});
afterEach(() => {
  removeRecord();
  vi.unstubAllGlobals();
});

test('what another browser has is added, and nothing is removed', () => {
  saveRead('1.1');
  saveDone(question, noon);
  expect(addRecord({ ...EMPTY, read: ['1.1', '2.1'], solved: ['1.2.x-eav'] })).toBe(true);
  expect(loadRecord()).toMatchObject({ read: ['1.1', '2.1'], solved: ['1.2.x-eav'] });
  expect(loadRecord().reviews).toHaveProperty([question.id]);
});

test('answers from before reviews were kept are reviewed, and known reviews stay', () => {
  saveDone(question, noon);
  const old = { ...answer, first: false };
  adoptAnswers({ [question.id]: old, '1.3.q-text-operator': old });
  expect(loadRecord().reviews).toEqual({
    [question.id]: { step: 0, day: '2026-05-01' },
    '1.3.q-text-operator': { step: 0, day: '2026-04-01' },
  });
});

test('an answer from before reviews were kept is due if its first try was wrong', () => {
  expect(dueDay(reviewFrom({ ...answer, first: false }), noon)).toBe('2026-04-02');
  expect(dueDay(reviewFrom({ ...answer, first: true }), noon)).toBeNull();
});
