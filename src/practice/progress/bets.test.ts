/** Bets as progress counts them: those of the small course, which has one of each kind. */
import { afterAll, describe, expect, test, vi } from 'vitest';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { collectCells } from '../../running/cells/fence/collect.ts';
import { betsOf, problemsOfBets } from './bets.ts';
import { courseThings } from './course.ts';
import { sift } from './sift.ts';
import { summaryOf } from './summary.ts';
import { betsInWords } from './words.ts';

vi.stubEnv('CONTENT', 'fixtures/course');
const course = courseThings(destinations());
afterAll(() => void vi.unstubAllEnvs());
const now = new Date('2026-05-10T12:00:00');
const reviews = {
  '1.1.how-many': { step: 0, day: '2026-05-09' },
  '1.1.in-order': { step: 4, day: '2026-05-09' },
};
const record = { version: 1, read: [], ran: [], solved: [], reviews } as const;

test('a bet counts that can be right; a free one does not', () => {
  expect(betsOf().map(({ id }) => id)).toEqual([
    '1.1.how-many',
    '1.1.which-fails',
    '1.1.in-order',
    '1.2.with-end',
  ]);
  expect(course.asks['1.1.which-fails']).toBe('Which of the two queries is refused?');
});

test('progress counts how many were placed and right, by page and by idea, and a wrong one is due', () => {
  const { placed, total, parts, ideas, due } = summaryOf(course, record, now);
  expect([placed, total.bets]).toEqual([2, { done: 1, of: 4 }]);
  const page = parts[0]!.pages.find((one) => one.page.id === '1.1')!;
  expect(page.counts.bets).toEqual({ done: 1, of: 3 });
  const of = (name: string) => ideas.find(({ idea }) => idea.name === name)!;
  expect(of('An index finds without reading all')).toMatchObject({
    standing: 'missed',
    bets: { done: 0, of: 1 },
  });
  // Of those that were placed.
  expect(of('One key, one record').bets).toEqual({ done: 1, of: 1 });
  expect(due).toMatchObject([{ id: '1.1.how-many', bet: true }]);
  expect(betsInWords(placed, total.bets)).toBe('You placed 2 of 4 bets, and 1 was right.');
});

describe('a file of progress', () => {
  test('brings the bets that the course has, and no other', () => {
    const file = { reviews: { ...reviews, '1.1.now': { step: 0, day: '2026-05-09' } } };
    const { progress, left } = sift(file, {}, course, now);
    expect(Object.keys(progress.record.reviews)).toEqual(Object.keys(reviews));
    expect(left).toEqual([{ id: '1.1.now', why: 'unknown' }]);
  });
});

test('an idea that no question has is told with its line', () => {
  const cells = collectCells(
    '\n```yaml bet\npredict: How many?\nbet: number\nidea: exact-mony\n```\n\n```sql run id="a" title="A"\nSELECT 1;\n```\n',
    'a.mdx',
  );
  const [mistake] = problemsOfBets(cells, new Map([['exact-money', 'Exact types']]));
  expect(mistake!.message).toBe(
    'a.mdx:5: the bet idea: no question asks the idea "exact-mony". Did you mean "exact-money"? content/ideas.yaml has all ideas.',
  );
  expect(problemsOfBets(cells, new Map([['exact-mony', 'x']]))).toEqual([]);
});
