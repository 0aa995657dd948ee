/** What the page of progress says. */
import { describe, expect, test } from 'vitest';
import { importedInWords, reviewInWords } from './words.ts';

const empty = { version: 1, read: [], ran: [], solved: [], reviews: {} } as const;
const some = {
  version: 1,
  read: ['1.1', '1.2'],
  ran: ['1.2.eav-one-filter'],
  solved: ['1.2.x-eav-furniture'],
  reviews: { '1.2.q-null-share': { step: 0, day: '2026-05-01' } },
} as const;

describe('after an import, the reader is told', () => {
  test('what was added', () => {
    expect(importedInWords('a.json', empty, some, 0)).toBe(
      'Added from a.json: 2 pages read, 1 cell run, 1 exercise solved, and 1 question answered.',
    );
  });

  test('that nothing was, and what could not be taken', () => {
    expect(importedInWords('a.json', some, some, 3)).toBe(
      'a.json held nothing new. 3 entries in it could not be understood and were left out.',
    );
  });
});

describe('of reviews, the reader is told', () => {
  test.each([
    [2, null, 'You missed these 2 questions before. Answer them again.'],
    [1, { day: '2026-05-04', count: 1 }, 'You missed this question before. Answer it again.'],
    [0, { day: '2026-05-04', count: 1 }, 'Nothing today. 1 question comes back on Monday, May 4.'],
    [0, { day: '2026-05-05', count: 2 }, 'Nothing today. 2 questions come back on Tuesday, May 5.'],
    [0, null, 'Nothing to review: you missed no question, or know it by now.'],
  ])('with %s due and next %j: %s', (due, next, words) => {
    expect(reviewInWords(due, next, true)).toBe(words);
  });

  test('how it works, while no question was answered', () => {
    expect(reviewInWords(0, null, false)).toContain('comes back here the next day');
  });
});
