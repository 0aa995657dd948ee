/** What the course has to read, run, answer and solve. The build counts it in the course itself. */
import {
  labelOf,
  readClosingPages,
  readOutline,
  type LecturePage,
} from '../../foundation/course/outline.ts';
import type { Permalink, Places } from '../../foundation/addresses/permalink.ts';
import { betsOf, type CountedBet } from './bets.ts';
import { readIdeas } from '../quiz/ideas.ts';
import { explanationsOf, isChoice, type PlacedQuestion, type Question } from '../quiz/question.ts';
import { readQuestions, sectionsWithQuestions } from '../quiz/read.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/** Everything by lasting id, in the order of the lecture. It is plain data: the page carries it. */
export interface CourseThings {
  parts: PartThings[];
  ideas: IdeaThings[];
  /** Id of a question, or of the cell of a bet → what it asks, without markup. */
  asks: Record<string, string>;
  /** Id of what has another name now → that name. What readers exported before has the old one. */
  moved: Record<string, string>;
}

export interface PartThings {
  /** `1. The problem`; what closes the lecture has no number. */
  title: string;
  pages: PageThings[];
}

export interface PageThings {
  id: string;
  /** `1.2 Three broken solutions`. */
  label: string;
  /** From the site's base. */
  path: string;
  cells: string[];
  questions: string[];
  exercises: string[];
  /** Cells that ask before they show, and say whether the reader was right. */
  bets: string[];
}

export interface IdeaThings {
  name: string;
  questions: string[];
  bets: string[];
  /** Where the lecture teaches it, by the first question that asks it: address and name of the place. */
  path: string;
  label: string;
}

/**
 * @param places every lasting id of the course.
 * @param root the folder that has `content/`.
 */
export function courseThings(places: Places, root = courseRoot()): CourseThings {
  const links = [...places].filter(([id, place]) => place.id === id).map(([, place]) => place);
  const bets = betsOf(root);
  const things = (page: LecturePage): PageThings => {
    const of = (kind: string): string[] =>
      links.filter((link) => link.page === page.id && link.kind === kind).map(({ id }) => id);
    return {
      id: page.id,
      label: labelOf(page),
      path: `${page.slug}/`,
      cells: of('cell'),
      questions: of('question'),
      exercises: of('exercise'),
      bets: bets.filter((bet) => bet.page === page.id).map(({ id }) => id),
    };
  };
  const asked = sectionsWithQuestions(root).flatMap((section) => readQuestions(section, root));
  return {
    parts: [
      ...readOutline(root).map((part) => ({
        title: `${part.id}. ${part.title}`,
        pages: [part, ...part.sections].map(things),
      })),
      { title: 'At the end', pages: readClosingPages(root).map(things) },
    ],
    ideas: ideasOf(asked, bets, links, readIdeas(root)),
    asks: Object.fromEntries([
      ...links.filter(({ kind }) => kind === 'question').map(({ id, title }) => [id, title]),
      ...bets.map(({ id, asks }) => [id, asks]),
    ]),
    moved: Object.fromEntries(
      [...places].filter(([id, now]) => now.id !== id).map(([id, now]) => [id, now.id]),
    ),
  };
}

function ideasOf(
  asked: readonly PlacedQuestion[],
  bets: readonly CountedBet[],
  links: readonly Permalink[],
  names: ReadonlyMap<string, string>,
): IdeaThings[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  const ideas = new Map<string, IdeaThings>();
  for (const { question, section } of asked) {
    const id = `${section}.${question.id}`;
    const known = ideas.get(question.idea);
    if (known) known.questions.push(id);
    else {
      const place = byId.get(taughtAt(question)) ?? byId.get(section)!;
      const page = byId.get(place.page)!;
      ideas.set(question.idea, {
        name: names.get(question.idea)!,
        questions: [id],
        bets: bets.filter((bet) => bet.idea === question.idea).map((bet) => bet.id),
        path: place.target,
        label: /^\d/.test(page.id) ? `${page.id} ${page.title}` : page.title,
      });
    }
  }
  return [...ideas.values()];
}

/** Where the course proves the right answer. */
function taughtAt(one: Question): string {
  const right = isChoice(one) ? one.options.findIndex((option) => option.right) : 0;
  return explanationsOf(one)[right]!.see!;
}
