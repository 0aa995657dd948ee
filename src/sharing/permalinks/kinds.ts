/**
 * What gets a lasting link, a function per kind. A new kind is one function here and one line in
 * {@link KINDS}: everything else (the ledger, `/go/`, `/embed/`, `/lms/`, the checks) follows.
 */
import { mdxToJs } from 'satteri';
import { challengesOf, readChallenges } from '../../practice/challenge/read.ts';
import { stageId } from '../../practice/challenge/placed.ts';
import { collectCells } from '../../running/cells/fence/collect.ts';
import { readDecision } from '../../lecture/decision/decision.ts';
import { collectFences } from '../../lecture/diagrams/fences.ts';
import { EXERCISES_ID, EXERCISES_TITLE, placedExercises } from '../../practice/exercises/placed.ts';
import { exercisesOf, readExercises } from '../../practice/exercises/read.ts';
import { HEADING_ID } from '../../foundation/markup/heading-ids.ts';
import { PROGRESS_ID, PROGRESS_PATH, PROGRESS_TITLE } from '../../practice/progress/page.ts';
import { plainText } from '../../foundation/markup/inline.ts';
import { placedInline, QUESTIONS_ID, QUESTIONS_TITLE } from '../../practice/quiz/placed.ts';
import { readQuestions } from '../../practice/quiz/read.ts';
import { CARD_ID, CARD_PATH, CARD_TITLE } from '../../lecture/reference/entry.ts';
import { readReference } from '../../lecture/reference/read.ts';
import { SELF_TEST_ID, SELF_TEST_PATH, SELF_TEST_TITLE } from '../../practice/self-test/page.ts';
import type { Course, CoursePage } from '../../foundation/course/pages.ts';
import { idOnPage, type Permalink } from '../../foundation/addresses/permalink.ts';

/** Finds all permalinks of a kind. They may come from the lecture, or from any other data. */
export type Kind = (course: Course) => Permalink[];

const pages: Kind = (course) =>
  course.pages.map(({ id, title, path }) => ({
    id,
    kind: /^\d+\./.test(id) ? 'section' : /^\d/.test(id) ? 'part' : 'page',
    target: path,
    title,
    page: id,
    embeds: true,
  }));

const headings: Kind = onPages('heading', false, headingsOf);

/** Headings of a page that carry their id, as `## Title \{#id}`. The others stop the build elsewhere. */
function headingsOf({ source }: CoursePage): { id: string; title: string }[] {
  const found: { id: string; title: string }[] = [];
  mdxToJs(source, {
    mdastPlugins: [
      {
        name: 'collect-headings',
        heading(node, context) {
          const text = context.textContent(node);
          const id = HEADING_ID.exec(text)?.[1];
          if (id !== undefined) found.push({ id, title: text.replace(HEADING_ID, '') });
        },
      },
    ],
  });
  return found;
}

/** What is folded away under `<Deeper>`. */
const deeper: Kind = onPages('heading', false, ({ source }) =>
  [...source.matchAll(/^<Deeper\s[^>]*>$/gm)].map(([tag]) => ({
    id: /\sid="([^"]*)"/.exec(tag)?.[1] ?? '',
    title: /\stitle="([^"]*)"/.exec(tag)?.[1] ?? '',
  })),
);

const cells: Kind = onPages('cell', true, ({ source, file }) => collectCells(source, file));

const diagrams: Kind = onPages('diagram', true, ({ source, file }) =>
  collectFences(source, file).filter(({ variant }) => variant === 'main'),
);

/** The outcomes of a chooser, which people send to each other as a reason. */
const answers: Kind = onPages('answer', false, ({ source }) =>
  [...source.matchAll(/<Chooser\s+decision="([^"]+)"/g)].flatMap(([, decision]) =>
    Object.entries(readDecision(decision!).outcomes).map(([name, { name: title }]) => ({
      id: `choose-${name}`,
      title,
    })),
  ),
);

/** The questions of a section, each of which can stand in a frame: a check to put into an LMS. */
const questions: Kind = (course) =>
  onPages('question', true, ({ id }) =>
    readQuestions(id, course.root).map(({ question }) => ({
      id: question.id,
      title: plainText(question.ask),
    })),
  )(course);

/** The exercises of a section: their cells work in a frame as well. */
const exercises: Kind = (course) => {
  const all = readExercises(course.root);
  return onPages('exercise', true, ({ id }) =>
    exercisesOf(id, all).map(({ exercise }) => ({ id: exercise.id, title: exercise.title })),
  )(course);
};

/** The design challenges, which can stand in a frame, and their stages. */
const challenges: Kind = (course) => {
  const all = readChallenges(course.root);
  return [
    ...onPages('exercise', true, ({ id }) =>
      challengesOf(id, all).map(({ challenge }) => ({ id: challenge.id, title: challenge.title })),
    )(course),
    ...onPages('heading', false, ({ id }) =>
      challengesOf(id, all).flatMap(({ challenge }) =>
        challenge.stages.map(({ name, title }) => ({ id: stageId(challenge.id, name), title })),
      ),
    )(course),
  ];
};

/** The reference card: the page, what stands on it, and what is executed there. */
const card: Kind = ({ root }) => {
  const groups = readReference(root);
  if (groups.length === 0) return [];
  const onCard = (kind: string, id: string, title: string): Permalink => ({
    id: idOnPage(CARD_ID, id),
    kind,
    target: `${CARD_PATH}#${id}`,
    title,
    page: CARD_ID,
    embeds: false,
  });
  return [
    {
      id: CARD_ID,
      kind: 'page',
      target: CARD_PATH,
      title: CARD_TITLE,
      page: CARD_ID,
      embeds: true,
    },
    ...groups.flatMap((group) => [
      onCard('heading', group.id, group.title),
      ...group.entries.flatMap((entry) => [
        onCard('card', entry.id, entry.name),
        ...entry.cells.map(({ id, title }) => onCard('cell', id, title)),
      ]),
    ]),
  ];
};

/** The self-test, which a lecturer may put into a frame. */
const selfTest: Kind = () => [
  {
    id: SELF_TEST_ID,
    kind: 'page',
    target: SELF_TEST_PATH,
    title: SELF_TEST_TITLE,
    page: SELF_TEST_ID,
    embeds: true,
  },
];

/** The headings over the exercises and the questions at a section's end, which no author writes. */
const atTheEnd: Kind = (course) => {
  const all = readExercises(course.root);
  return onPages('heading', false, ({ id, source }) => {
    const practiced = placedExercises(source);
    const asked = placedInline(source);
    return [
      ...(exercisesOf(id, all).some(({ exercise }) => !practiced.includes(exercise.id))
        ? [{ id: EXERCISES_ID, title: EXERCISES_TITLE }]
        : []),
      ...(readQuestions(id, course.root).some(({ question }) => !asked.includes(question.id))
        ? [{ id: QUESTIONS_ID, title: QUESTIONS_TITLE }]
        : []),
    ];
  })(course);
};

/** The reader's progress. In a frame of another site there is none to show. */
const progress: Kind = () => [
  {
    id: PROGRESS_ID,
    kind: 'page',
    target: PROGRESS_PATH,
    title: PROGRESS_TITLE,
    page: PROGRESS_ID,
    embeds: false,
  },
];

export const KINDS: readonly Kind[] = [
  pages,
  headings,
  deeper,
  cells,
  diagrams,
  answers,
  challenges,
  exercises,
  questions,
  atTheEnd,
  card,
  selfTest,
  progress,
];

/** A kind of which the lecture's pages hold the things, each under its anchor. */
function onPages(
  kind: string,
  embeds: boolean,
  things: (page: CoursePage) => { id: string; title: string }[],
): Kind {
  return ({ pages }) =>
    pages.flatMap((page) =>
      things(page).map(({ id, title }) => ({
        id: idOnPage(page.id, id),
        kind,
        target: `${page.path}#${id}`,
        title,
        page: page.id,
        embeds,
      })),
    );
}
