/** What was answered: kept, forgotten, and not believed if it is not in shape. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  addAnswers,
  allAnswers,
  answerTo,
  parseAnswers,
  removeAnswer,
  removeAnswers,
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

/** The storage of a browser, as far as it is used. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
  };
}
const denied = {
  getItem: () => {
    throw new Error('denied');
  },
  setItem: () => {
    throw new Error('denied');
  },
};

afterEach(() => {
  for (const id of Object.keys(allAnswers())) removeAnswer(id);
  vi.unstubAllGlobals();
});

describe.each([
  ['kept', storage(), true],
  ['denied', denied, false],
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

test('of two answers to a question, the later stays, and the others are added', () => {
  vi.stubGlobal('localStorage', storage());
  saveAnswer('1.1.q-a', answer);
  saveAnswer('1.1.q-b', answer);
  const [earlier, later] = ['2026-01-01', '2026-01-03'].map((day) => ({
    ...answer,
    right: true,
    at: `${day}T00:00:00.000Z`,
  }));
  addAnswers({ '1.1.q-a': earlier!, '1.1.q-b': later!, '1.1.q-c': later! });
  expect(allAnswers()).toEqual({ '1.1.q-a': answer, '1.1.q-b': later, '1.1.q-c': later });
  removeAnswers();
  expect(allAnswers()).toEqual({});
});

test('what has not the shape of an answer is left out', () => {
  expect(parseAnswers('no JSON')).toEqual({});
  expect(parseAnswers('null')).toEqual({});
  expect(
    parseAnswers(
      JSON.stringify({
        good: answer,
        text: 'yes',
        date: { ...answer, at: 'soon' },
        given: { ...answer, given: [1] },
        long: { ...answer, given: ['x'.repeat(501)] },
      }),
    ),
  ).toEqual({ good: answer });
});
