/** What was read, run and reviewed: kept, and not believed if it is not in shape. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deniedStorage, FullStorage, MemoryStorage } from '../../foundation/kept/memory-storage.ts';
import { reviewOf, saveDone, saveRead } from './record.ts';
import { removeProgress } from '../progress/remove.ts';
import { loadRecord } from '../progress/whole.ts';

const empty = { version: 1, read: [], ran: [], solved: [], reviews: {} };
const noon = new Date('2026-05-01T12:00:00');
const question = { kind: 'question', id: '1.2.q-null-share', right: false } as const;

beforeEach(() => void vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => {
  removeProgress();
  vi.unstubAllGlobals();
});

describe.each([
  ['kept', new MemoryStorage(), true],
  ['denied', deniedStorage, false],
  ['full', new FullStorage(), false],
])('where storage is %s', (_name, localStorage, survives) => {
  test('progress is there until it is removed', () => {
    vi.stubGlobal('localStorage', localStorage);
    expect(saveRead('1.2')).toBe(survives);
    expect(saveDone({ kind: 'cell', id: '1.2.eav', right: false }, noon)).toBe(survives);
    expect(saveDone({ kind: 'exercise', id: '1.2.x-eav', right: false }, noon)).toBe(true);
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
    removeProgress();
    expect(loadRecord()).toEqual(empty);
  });
});

test('pages are in the order in which they were read first', () => {
  vi.useFakeTimers();
  for (const page of ['2', '1.2', '1.1', '2']) {
    saveRead(page);
    vi.advanceTimersByTime(1000);
  }
  vi.useRealTimers();
  expect(loadRecord().read).toEqual(['2', '1.2', '1.1']);
});

test.each([
  7,
  { step: 5, day: '2026-05-01' },
  { step: 0.5, day: '2026-05-01' },
  { step: 1, day: '2026-02-30' },
  { step: 1, day: '+275760-09-13' },
  { step: 1, day: ['2026-05-01'] },
])('%j is no review', (data) => {
  expect(reviewOf(data)).toBeUndefined();
});
