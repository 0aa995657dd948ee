/** What the page of progress says. */
import { describe, expect, test } from 'vitest';
import { importedInWords, leftOutInWords, reviewInWords, undoneInWords } from './words.ts';

describe('after an import, the reader is told', () => {
  test('what was added, a question once', () => {
    const changes = [
      ...['1.1', '1.2'].map((id) => ({ kind: 'read', id }) as const),
      { kind: 'ran', id: '1.2.eav-one-filter' },
      { kind: 'solved', id: '1.2.x-eav-furniture' },
      { kind: 'review', id: '1.2.q-null-share' },
      { kind: 'answer', id: '1.2.q-null-share' },
    ] as const;
    expect(importedInWords('a.json', changes)).toBe(
      'Added from a.json: 2 pages read, 1 cell run, 1 exercise solved, and 1 question answered.',
    );
  });

  test('that nothing was', () => {
    expect(importedInWords('a.json', [])).toBe('a.json held nothing new.');
    expect(leftOutInWords({ of: 7, left: [] })).toBe('');
  });

  test('what was left out, why, and some of it by name', () => {
    const unknown = ['9.1', '9.2', '9.3', '9.4'].map((id) => ({ id, why: 'unknown' }) as const);
    expect(
      leftOutInWords({
        of: 120,
        left: [
          ...unknown,
          { id: '1.2.q-null-share', why: 'date' },
          { id: '<b>', why: 'form' },
          { id: 'x'.repeat(500), why: 'form' },
        ],
      }),
    ).toBe(
      '7 of 120 entries were left out: 4 that this course does not have (9.1, 9.2, 9.3, …), 1 with a date that cannot be right (1.2.q-null-share), and 2 that are damaged.',
    );
    expect(leftOutInWords({ of: 1, left: [{ id: '', why: 'form' }] })).toBe(
      '1 of 1 entry was left out: 1 that is damaged.',
    );
  });

  test('that it is undone, and what stays', () => {
    expect(undoneInWords('a.json', { undone: 5, stayed: 0 })).toBe(
      'The import of a.json is undone.',
    );
    expect(undoneInWords('a.json', { undone: 5, stayed: 1 })).toBe(
      'The import of a.json is undone: 5 entries of it. 1 entry stays, because you went on with it since.',
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
