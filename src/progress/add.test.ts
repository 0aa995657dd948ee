/** What another browser has, and what was answered before reviews were kept. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryStorage } from '../kept/memory-storage.ts';
import { addRecord, adoptAnswers, reviewFrom } from './add.ts';
import { loadRecord, saveDone, saveRead } from './record.ts';
import { removeProgress } from './remove.ts';
import { dueDay } from './schedule.ts';

const noon = new Date('2026-05-01T12:00:00');
const question = { kind: 'question', id: '1.2.q-null-share', right: false } as const;
const answer = { given: ['1'], tries: 2, right: true, at: '2026-04-01T10:00:00.000Z' };

const nothing = { version: 1, read: [], ran: [], solved: [], reviews: {} } as const;

beforeEach(() => void vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => {
  removeProgress();
  vi.unstubAllGlobals();
});

test('what another browser has is added, and nothing is removed', () => {
  saveRead('1.1');
  saveDone(question, noon);
  expect(addRecord({ ...nothing, read: ['1.1', '2.1'], solved: ['1.2.x-eav'] })).toBe(true);
  expect(loadRecord()).toMatchObject({ read: ['1.1', '2.1'], solved: ['1.2.x-eav'] });
  expect(loadRecord().reviews).toHaveProperty([question.id]);
});

test('of two reviews of a question, the later counts', () => {
  const on = (day: string) => ({ ...nothing, reviews: { '1.2.q-a': { step: 0, day } } });
  for (const day of ['2026-05-01', '2026-05-03', '2026-05-02']) addRecord(on(day));
  expect(loadRecord()).toEqual(on('2026-05-03'));
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
