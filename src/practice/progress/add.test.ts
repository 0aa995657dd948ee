/** What another browser has is added, and can be undone; what was answered before reviews were kept is reviewed. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryStorage } from '../../foundation/kept/memory-storage.ts';
import { allAnswers, answers } from '../quiz/answers.ts';
import { addProgress, adoptAnswers, reviewFrom } from './add.ts';
import { reviews, saveDone, saveRead } from '../record/record.ts';
import { removeProgress } from './remove.ts';
import { dueDay } from '../record/schedule.ts';
import type { Progress } from './sift.ts';
import { keepImport, lastImport, undoImport } from './undo.ts';
import { loadRecord, type ProgressRecord } from './whole.ts';
import { PREFIX } from '../../foundation/kept/prefix.ts';

const noon = new Date('2026-05-01T12:00:00');
const later = (hours: number): Date => new Date(noon.getTime() + hours * 3_600_000);
const question = { kind: 'question', id: '1.2.q-null-share', right: false } as const;
const answer = {
  given: ['1'],
  right: true,
  tries: 2,
  first: false,
  at: '2026-04-01T10:00:00.000Z',
};
const nothing = { version: 1, read: [], ran: [], solved: [], reviews: {} } as const;
const other = (record: Partial<ProgressRecord>, answers: Progress['answers'] = {}): Progress => ({
  record: { ...nothing, ...record },
  answers,
});

beforeEach(() => void vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => {
  removeProgress();
  vi.unstubAllGlobals();
});

test('what another browser has is added, and nothing is removed', () => {
  saveRead('1.1');
  saveDone(question, noon);
  expect(addProgress(other({ read: ['1.1', '2.1'], solved: ['1.2.x-eav'] }))).toEqual({
    survives: true,
    changes: [
      { kind: 'read', id: '2.1' },
      { kind: 'solved', id: '1.2.x-eav' },
    ],
  });
  expect(loadRecord()).toMatchObject({ read: ['1.1', '2.1'], solved: ['1.2.x-eav'] });
  expect(loadRecord().reviews).toHaveProperty([question.id]);
});

test('of two reviews of a question, and of two answers to it, the later counts', () => {
  const on = (day: string): Progress =>
    other(
      { reviews: { '1.2.q-a': { step: 0, day } } },
      { '1.2.q-a': { ...answer, at: `${day}T10:00:00Z` } },
    );
  for (const day of ['2026-05-01', '2026-05-03', '2026-05-02']) addProgress(on(day));
  expect({ record: loadRecord(), answers: allAnswers() }).toEqual(on('2026-05-03'));
});

test('answers from before reviews were kept are reviewed, and known reviews stay', () => {
  saveDone(question, noon);
  for (const id of [question.id, '1.3.q-text-operator', '9.9.q-junk']) answers.set(id, answer);
  adoptAnswers([question.id, '1.3.q-text-operator', '1.3.q-never-answered']);
  expect(loadRecord().reviews).toEqual({
    [question.id]: { step: 0, day: '2026-05-01' },
    '1.3.q-text-operator': { step: 0, day: '2026-04-01' },
  });
});

test('an answer from before reviews were kept is due if its first try was wrong', () => {
  expect(dueDay(reviewFrom({ ...answer, first: false }), noon)).toBe('2026-04-02');
  expect(dueDay(reviewFrom({ ...answer, first: true }), noon)).toBeNull();
});

describe('an import', () => {
  /** Everything that is kept of progress, as text. */
  const all = (): string => JSON.stringify([loadRecord(), allAnswers()]);
  const file = other(
    {
      read: ['1.2', '1.1'],
      ran: ['1.2.eav'],
      reviews: { '1.2.q-a': { step: 1, day: '2026-05-01' } },
    },
    { '1.2.q-a': answer, '1.2.q-b': answer },
  );

  test('is undone, and what it had replaced is there again', () => {
    saveRead('1.1');
    reviews.set('1.2.q-a', { step: 0, day: '2026-03-01' });
    const before = all();
    keepImport('a.json', addProgress(file).changes, noon);
    expect(all()).not.toBe(before);
    const last = lastImport(later(23))!;
    expect(last.file).toBe('a.json');
    expect(undoImport(last)).toEqual({ undone: 6, stayed: 0 });
    expect(all()).toBe(before);
    expect(lastImport(later(23))).toBeUndefined();
  });

  test('is undone without what the reader went on with since', () => {
    keepImport('a.json', addProgress(file).changes, noon);
    answers.set('1.2.q-b', { ...answer, tries: 3 });
    expect(undoImport(lastImport(later(1))!)).toEqual({ undone: 6, stayed: 1 });
    expect(Object.keys(allAnswers())).toEqual(['1.2.q-b']);
  });

  test.each([25, -25])('cannot be undone any more %i hours later', (hours) => {
    keepImport('a.json', addProgress(file).changes, noon);
    expect(lastImport(later(hours))).toBeUndefined();
    expect(lastImport(noon), 'nothing of it is kept').toBeUndefined();
  });

  test.each([
    'null',
    '{"file":"a.json","at":1777636800000}',
    '{"file":"a.json","at":1777636800000,"changes":[{"kind":"toString","id":"1"}]}',
    '{"file":7,"at":1777636800000,"changes":[]}',
    '{"file":"a.json","at":"soon","changes":[]}',
  ])('is not made of %s', (data) => {
    localStorage.setItem(`${PREFIX}import/`, `[1,${data}]`);
    expect(lastImport(new Date(1_777_636_800_000))).toBeUndefined();
  });
});
