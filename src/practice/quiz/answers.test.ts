/** What was answered: kept, forgotten, and not believed if it is not in shape. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../foundation/kept/memory-storage.ts';
import {
  allAnswers,
  answerOf,
  answerTo,
  removeAnswer,
  saveAnswer,
  type Answer,
} from './answers.ts';

const answer: Answer = {
  given: ['1'],
  right: false,
  tries: 1,
  first: false,
  at: '2026-01-02T03:04:05.000Z',
};

afterEach(() => {
  for (const id of Object.keys(allAnswers())) removeAnswer(id);
  vi.unstubAllGlobals();
});

describe.each([
  ['kept', new MemoryStorage(), true],
  ['denied', deniedStorage, false],
])('where storage is %s', (_name, localStorage, survives) => {
  test('an answer is there until it is removed, and the others stay', () => {
    vi.stubGlobal('localStorage', localStorage);
    expect(saveAnswer('1.1.q-a', answer)).toBe(survives);
    saveAnswer('1.1.q-b', { ...answer, right: true });
    expect(answerTo('1.1.q-a')).toEqual(answer);
    removeAnswer('1.1.q-a');
    expect(answerTo('1.1.q-a')).toBeUndefined();
    expect(Object.keys(allAnswers())).toEqual(['1.1.q-b']);
  });
});

test.each([
  'yes',
  7,
  { ...answer, at: 'soon' },
  { ...answer, at: '+275760-09-13T00:00:00.000Z' },
  { ...answer, tries: 1.5 },
  { ...answer, given: [1] },
  { ...answer, given: ['x'.repeat(501)] },
])('%j is no answer', (data) => {
  expect(answerOf(answer)).toEqual(answer);
  expect(answerOf(data)).toBeUndefined();
});
