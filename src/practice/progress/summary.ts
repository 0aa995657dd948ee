/** What a record says about the course: by page, by idea, and what is due. */
import type { CourseThings, IdeaThings, PageThings, PartThings } from './course.ts';
import type { ProgressRecord } from './whole.ts';
import { dayOf, dueDay, type Review } from '../record/schedule.ts';

/** How many of how many. */
export interface Count {
  done: number;
  of: number;
}

/** What there is to count, on a page and in the course. */
export interface Counts {
  read: Count;
  /** Cells that ran. */
  cells: Count;
  /** Questions whose last answer that counted was right. */
  questions: Count;
  /** Exercises that were solved. */
  exercises: Count;
  /** Bets that were right the last time that counted. */
  bets: Count;
}

/** How a question or a bet stands by its last answer that counted; an idea is missed if one of them is. */
export type Standing = 'missed' | 'known' | 'never asked';

export interface Summary {
  parts: { part: PartThings; counts: Counts; pages: { page: PageThings; counts: Counts }[] }[];
  total: Counts;
  ideas: { idea: IdeaThings; standing: Standing; right: Count; bets: Count }[];
  /** Bets that were placed, right or wrong. */
  placed: number;
  /** Questions and bets to review today; what waits longest comes first. */
  due: { id: string; ask: string; page: PageThings; bet: boolean }[];
  /** When the next question comes back, and how many that day; `null` if none does. */
  next: { day: string; count: number } | null;
}

export function summaryOf(course: CourseThings, record: ProgressRecord, now: Date): Summary {
  const placed = (bets: readonly string[]): string[] => bets.filter((id) => record.reviews[id]);
  const parts = course.parts.map((part) => {
    const pages = part.pages.map((page) => ({ page, counts: countsOf(page, record) }));
    return { part, pages, counts: sum(pages.map(({ counts }) => counts)) };
  });
  return {
    parts,
    total: sum(parts.map(({ counts }) => counts)),
    ideas: course.ideas.map((idea) => {
      const standings = [...idea.questions, ...idea.bets].map((id) =>
        standingOf(record.reviews[id]),
      );
      const standing = (['missed', 'known'] as const).find((one) => standings.includes(one));
      return {
        idea,
        standing: standing ?? 'never asked',
        right: count(idea.questions, (id) => standingOf(record.reviews[id]) === 'known'),
        bets: count(placed(idea.bets), (id) => standingOf(record.reviews[id]) === 'known'),
      };
    }),
    placed: placed(course.parts.flatMap(({ pages }) => pages.flatMap(({ bets }) => bets))).length,
    ...reviewsOf(course, record, now),
  };
}

export function standingOf(review: Review | undefined): Standing {
  if (review === undefined) return 'never asked';
  return review.step === 0 ? 'missed' : 'known';
}

function countsOf(page: PageThings, { read, ran, solved, reviews }: ProgressRecord): Counts {
  return {
    read: count([page.id], (id) => read.includes(id)),
    cells: count(page.cells, (id) => ran.includes(id)),
    questions: count(page.questions, (id) => standingOf(reviews[id]) === 'known'),
    exercises: count(page.exercises, (id) => solved.includes(id)),
    bets: count(page.bets, (id) => standingOf(reviews[id]) === 'known'),
  };
}

function reviewsOf(
  { parts, asks }: CourseThings,
  { reviews }: ProgressRecord,
  now: Date,
): Pick<Summary, 'due' | 'next'> {
  const today = dayOf(now);
  // What the course no longer asks stays in the record, and is nobody’s review.
  const coming = parts
    .flatMap(({ pages }) =>
      pages.flatMap((page) => [...page.questions, ...page.bets].map((id) => ({ id, page }))),
    )
    .flatMap(({ id, page }) => {
      const day = reviews[id] && dueDay(reviews[id], now);
      return day ? [{ id, page, day }] : [];
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const later = coming.filter(({ day }) => day > today);
  const first = later[0]?.day;
  return {
    due: coming
      .filter(({ day }) => day <= today)
      .map(({ id, page }) => ({ id, ask: asks[id] ?? id, page, bet: page.bets.includes(id) })),
    next:
      first === undefined
        ? null
        : { day: first, count: later.filter(({ day }) => day === first).length },
  };
}

const count = (ids: readonly string[], isDone: (id: string) => boolean): Count => ({
  done: ids.filter(isDone).length,
  of: ids.length,
});

function sum(all: readonly Counts[]): Counts {
  const of = (kind: keyof Counts): Count => ({
    done: all.reduce((total, counts) => total + counts[kind].done, 0),
    of: all.reduce((total, counts) => total + counts[kind].of, 0),
  });
  return {
    read: of('read'),
    cells: of('cells'),
    questions: of('questions'),
    exercises: of('exercises'),
    bets: of('bets'),
  };
}
