/** What a reader sees of a record: counted in the course itself. */
import { describe, expect, test } from 'vitest';
import { readOutline } from '../../foundation/course/outline.ts';
import { sectionsWithQuestions, readQuestions } from '../quiz/read.ts';
import { courseThings } from './course.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import type { ProgressRecord } from './whole.ts';
import { DONE } from '../record/schedule.ts';
import { standingOf, summaryOf } from './summary.ts';

const course = courseThings(destinations());
const nothing: ProgressRecord = { version: 1, read: [], ran: [], solved: [], reviews: {} };
const today = new Date('2026-05-10T12:00:00');
const summary = (record: Partial<ProgressRecord>) =>
  summaryOf(course, { ...nothing, ...record }, today);

const pageOf = (id: string, record: Partial<ProgressRecord>) =>
  summary(record)
    .parts.flatMap(({ pages }) => pages)
    .find(({ page }) => page.id === id)!.counts;

describe('the course has', () => {
  test('each page of the lecture once, in its part', () => {
    const [first] = course.parts;
    const outline = readOutline();
    const sections = outline[0]!.sections.map(({ id }) => id);
    expect(first!.pages.map(({ id }) => id)).toEqual(['1', ...sections]);
    expect(course.parts).toHaveLength(outline.length + 1);
    expect(course.parts.at(-1)!.pages.map(({ id }) => id)).toContain('summary');
  });

  test('every question and every bet, on its page and under its idea', () => {
    const written = sectionsWithQuestions()
      .flatMap((section) => readQuestions(section))
      .map(({ question, section }) => `${section}.${question.id}`)
      .sort();
    const onPages = course.parts.flatMap(({ pages }) => pages.flatMap((page) => page.questions));
    expect(onPages.sort()).toEqual(written);
    expect(course.ideas.flatMap((idea) => idea.questions).sort()).toEqual(written);
    const bets = course.parts.flatMap(({ pages }) => pages.flatMap((page) => page.bets));
    expect(bets.length).toBeGreaterThan(60);
    expect(course.ideas.flatMap((idea) => idea.bets).sort()).toEqual([...bets].sort());
    expect(Object.keys(course.asks).sort()).toEqual([...written, ...bets].sort());
  });

  test('a place that teaches each idea, where its first question proves the right answer', () => {
    const money = course.ideas.find(({ name }) => name === 'Exact types for money')!;
    expect(money.questions).toContain('1.1.q-money-type');
    expect(money).toMatchObject({
      path: 'the-problem/the-product-catalog-challenge/#money',
      label: '1.1 The product catalog challenge',
    });
  });
});

describe('by page and part', () => {
  test('nothing is done at first, and everything is there to do', () => {
    const { total } = summary({});
    for (const { done, of } of [total.read, total.cells, total.questions]) {
      expect(done).toBe(0);
      expect(of).toBeGreaterThan(20);
    }
  });

  test('what was done counts where it stands', () => {
    const page = course.parts[0]!.pages.find(({ id }) => id === '1.2')!;
    const record = {
      read: ['1.2'],
      ran: page.cells.slice(0, 2),
      reviews: {
        [page.questions[0]!]: { step: DONE, day: '2026-05-01' },
        [page.questions[1]!]: { step: 0, day: '2026-05-01' },
      },
    };
    expect(pageOf('1.2', record)).toMatchObject({
      read: { done: 1, of: 1 },
      cells: { done: 2, of: page.cells.length },
      questions: { done: 1, of: page.questions.length },
    });
    const { parts, total } = summary(record);
    expect(parts[0]!.counts.cells.done).toBe(2);
    expect(parts[1]!.counts.cells.done).toBe(0);
    expect(total.read.done).toBe(1);
  });

  test('what the course has no more, or never had, does not count', () => {
    const { total, due, next } = summary({
      read: ['9.9', 'reference'],
      ran: ['1.2.gone', 'home.five-products'],
      reviews: { '1.2.q-gone': { step: 0, day: '2026-05-01' } },
    });
    expect([total.read.done, total.cells.done, due, next]).toEqual([0, 0, [], null]);
  });
});

describe('an idea', () => {
  const idea = course.ideas.find(({ questions }) => questions.length >= 3)!;
  const [one, other] = idea.questions as [string, string];
  const found = (reviews: ProgressRecord['reviews']) =>
    summary({ reviews }).ideas.find((each) => each.idea === idea)!;

  test.each([
    ['never asked while none of its questions was answered', {}, 'never asked', 0],
    ['known by one right answer', { [one]: { step: DONE, day: '2026-05-01' } }, 'known', 1],
    [
      'missed while one of its questions is, whatever the others are',
      { [one]: { step: DONE, day: '2026-05-01' }, [other]: { step: 0, day: '2026-05-01' } },
      'missed',
      1,
    ],
    ['known again after a right review', { [one]: { step: 1, day: '2026-05-02' } }, 'known', 1],
  ])('is %s', (_why, reviews, standing, right) => {
    expect(found(reviews)).toMatchObject({ standing, right: { done: right } });
  });

  test('stands as its question does', () => {
    expect(standingOf(undefined)).toBe('never asked');
    expect(standingOf({ step: 0, day: '2026-05-01' })).toBe('missed');
    expect(standingOf({ step: 3, day: '2026-05-01' })).toBe('known');
  });
});

describe('to review', () => {
  const [a, b, c, d] = course.parts[0]!.pages.flatMap((page) => page.questions) as [
    string,
    string,
    string,
    string,
  ];

  test('is what is due, longest waiting first, with its question and its page', () => {
    const { due } = summary({
      reviews: {
        [a]: { step: 0, day: '2026-05-09' },
        [b]: { step: 1, day: '2026-05-02' },
        [c]: { step: 0, day: '2026-05-10' },
        [d]: { step: DONE, day: '2026-05-01' },
      },
    });
    expect(due.map(({ id }) => id)).toEqual([b, a]);
    expect(due[0]).toMatchObject({ ask: course.asks[b], page: { id: b.split('.q-')[0] } });
  });

  test('comes next on the day that is nearest, with all of that day', () => {
    const { due, next } = summary({
      reviews: {
        [a]: { step: 0, day: '2026-05-10' },
        [b]: { step: 1, day: '2026-05-08' },
        [c]: { step: 2, day: '2026-05-10' },
      },
    });
    expect(due).toEqual([]);
    expect(next).toEqual({ day: '2026-05-11', count: 2 });
  });
});
