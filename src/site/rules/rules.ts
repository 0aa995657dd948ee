/**
 * Every rule about what an author writes, in one list. `npm run check`, the build, `npm test` and `npm run dev` all
 * take it from here; a rule itself is a module beside what it is about.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeInFrontmatter, readOutline } from '../../foundation/course/outline.ts';
import { inWords, MOST, paceOf } from '../../lecture/pace/pace.ts';
import { readSettings } from '../../foundation/course/settings.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean, nearest } from '../../foundation/mistakes/nearest.ts';
import { Notes } from '../../foundation/mistakes/noting.ts';
import { COVERAGE_FILE, parseCoverage, problemsOfPlaces } from '../../lecture/coverage/coverage.ts';
import { DECISIONS_FOLDER, placesArgued, readDecision } from '../../lecture/decision/decision.ts';
import { problems } from '../../lecture/diagrams/check.ts';
import { collectCourse } from '../../lecture/diagrams/fences.ts';
import { RENDERED } from '../../lecture/diagrams/rendered.ts';
import { missingOnCard } from '../../lecture/reference/missing.ts';
import { lostPlaces } from '../../lecture/reference/places.ts';
import { readReference, referenceCells } from '../../lecture/reference/read.ts';
import { caseNames, readCase } from '../../practice/case/case.ts';
import { verifiedChallenge } from '../../practice/challenge/verified.ts';
import { challengeFiles, readChallenge } from '../../practice/challenge/read.ts';
import { checkSection, executeExercise } from '../../practice/exercises/execute.ts';
import { exerciseFiles, readExercise } from '../../practice/exercises/read.ts';
import { Databases } from '../../practice/exercises/run.ts';
import { verifiedExercise } from '../../practice/exercises/verified.ts';
import { problemsOfBets } from '../../practice/progress/bets.ts';
import { checkQuestions } from '../../practice/quiz/check.ts';
import { readIdeas } from '../../practice/quiz/ideas.ts';
import { readQuestions, sectionsWithQuestions } from '../../practice/quiz/read.ts';
import { executePage } from '../../running/cells/execute/execute-all.ts';
import { collectPage, type PageCells } from '../../running/cells/fence/collect.ts';
import { compareLedger, LEDGER, problemsOf, readLedger } from '../../sharing/permalinks/ledger.ts';
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { readRunSheet } from '../../sharing/teach/run-sheet.ts';
import { colorStyles } from '../colors.ts';
import { mistakesInComponentTargets } from './components.ts';
import { mistakesInLinks } from './links.ts';
import type { ReadPage, Reading } from './reading.ts';

export interface Rule {
  /** What it looks at, in a word or two. */
  name: string;
  /** Notes all that is wrong. What it throws is noted as well. */
  look(course: Reading, notes: Notes): void | Promise<void>;
}

const settings: Rule = {
  name: 'course',
  look: ({ root }) => void colorStyles(readSettings(root)),
};

const minutes: Rule = {
  name: 'outline and minutes',
  look({ root, places }) {
    readOutline(root);
    if (places) readRunSheet(root);
  },
};

const pace: Rule = {
  name: 'pace',
  look({ root, pages, looksAt }, notes) {
    const sections = notes.of(() => readOutline(root).flatMap((part) => part.sections)) ?? [];
    for (const { id, minutes: inClass } of sections) {
      const page = pages.find((one) => one.id === id);
      if (!page?.reading.parsed || !looksAt(id)) continue;
      const { core } = paceOf(page.source, page.file);
      if (core.minutes <= MOST * inClass) continue;
      const { line, column } = placeInFrontmatter(root, page.file, 'minutes');
      notes.tell(
        new AuthoringError(
          page.file,
          line,
          `its core path takes ${core.minutes.toFixed(1)} minutes (${inWords(core)}), and ${MOST} times its ${inClass} minutes in class are ${MOST * inClass}. ` +
            'Fold what nobody needs in order to go on: <Deeper title="…" id="…">. Or give the page more minutes.',
          column,
        ),
      );
    }
  },
};

const links: Rule = {
  name: 'links',
  look({ pages, places }, notes) {
    const anchors = new Map(
      pages.map(({ path, reading }) => [path, new Set(reading.anchors)] as const),
    );
    for (const { target } of places?.values() ?? []) {
      const [path = '', anchor] = target.split('#');
      if (anchor !== undefined) anchors.get(path)?.add(anchor);
    }
    for (const page of pages) {
      const targets = { anchors, complete: places !== undefined };
      for (const mistake of mistakesInLinks(page, page.reading.links, targets)) notes.tell(mistake);
    }
  },
};

const components: Rule = {
  name: 'what components name',
  look(course, notes) {
    for (const page of course.pages)
      for (const mistake of mistakesInComponentTargets(page, course)) notes.tell(mistake);
  },
};

const cells: Rule = {
  name: 'cells and comparisons',
  async look({ pages, looksAt }, notes) {
    const reports = pages
      .filter(({ id }) => looksAt(id))
      .flatMap((page) => cellsOf(page) ?? [])
      .map(executePage);
    for (const { errors } of await Promise.all(reports))
      for (const mistake of errors) notes.tell(mistake);
  },
};

const bets: Rule = {
  name: 'bets',
  look({ root, pages, looksAt }, notes) {
    const all = pages.filter(({ id }) => looksAt(id)).flatMap((page) => cellsOf(page)?.cells ?? []);
    if (!all.some(({ bet }) => bet)) return;
    const ideas = notes.of(() => readIdeas(root));
    if (ideas) for (const mistake of problemsOfBets(all, ideas)) notes.tell(mistake);
  },
};

const questions: Rule = {
  name: 'questions and ideas',
  async look({ root, places, whole, looksAt }, notes) {
    const sections = sectionsWithQuestions(root);
    if (!places) {
      for (const section of sections) notes.of(() => readQuestions(section, root, notes.tell));
      return;
    }
    const only = whole ? undefined : sections.filter(looksAt);
    const { errors } = await checkQuestions(() => places, only, root);
    for (const mistake of errors) notes.tell(mistake);
  },
};

const exercises: Rule = {
  name: 'exercises',
  async look({ root, looksAt }, notes) {
    const sections = notes.of(() =>
      readOutline(root).flatMap((part) => part.sections.map(({ id }) => id)),
    );
    const ideas = notes.of(() => readIdeas(root));
    const databases = new Databases();
    for (const file of exerciseFiles(root))
      await notes.ofLater(async () => {
        const placed = readExercise(file, root, notes.tell);
        const { section, idea } = placed.exercise;
        if (sections) checkSection(placed, sections);
        if (!looksAt(section)) return;
        // An exercise may have an idea that no question asks, and then a near one is a slip.
        if (ideas && !ideas.has(idea) && nearest(idea, ideas.keys()) !== undefined)
          notes.tell(
            new AuthoringError(
              file,
              placed.lineOf('idea'),
              `the idea "${idea}" has no name for readers.${didYouMean(idea, ideas.keys())} Or add it to content/ideas.yaml.`,
            ),
          );
        await executeExercise(placed);
        const { errors } = await verifiedExercise(placed, databases);
        for (const mistake of errors) notes.tell(mistake);
      });
    await databases.close();
  },
};

const challenges: Rule = {
  name: 'challenges',
  async look({ root, looksAt }, notes) {
    const sections = notes.of(() =>
      readOutline(root).flatMap((part) => part.sections.map(({ id }) => id)),
    );
    for (const file of challengeFiles(root))
      await notes.ofLater(async () => {
        const placed = readChallenge(file, root, notes.tell);
        const { section } = placed.challenge;
        if (sections && !sections.includes(section))
          throw new AuthoringError(
            file,
            placed.lineOf('section'),
            `the course has no section ${section}. Write one of ${sections.join(', ')}.`,
          );
        if (!looksAt(section)) return;
        const { errors } = await verifiedChallenge(placed);
        for (const mistake of errors) notes.tell(mistake);
      });
  },
};

const card: Rule = {
  name: 'reference card',
  async look({ root, pages, places, whole }, notes) {
    const groups = readReference(root, notes.tell);
    const lecture = pages.flatMap((page) => cellsOf(page)?.cells ?? []);
    for (const mistake of missingOnCard(groups, lecture)) notes.tell(mistake);
    const written = new Set(pages.map(({ id }) => id));
    if (places) for (const mistake of lostPlaces(groups, places, written)) notes.tell(mistake);
    if (!whole) return;
    const { errors } = await executePage(referenceCells(groups));
    for (const mistake of errors) notes.tell(mistake);
  },
};

const decisions: Rule = {
  name: 'decisions',
  look({ root, places }, notes) {
    const folder = join(root, DECISIONS_FOLDER);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    for (const name of names.filter((one) => one.endsWith('.yaml'))) {
      const decision = notes.of(() => readDecision(name.replace(/\.yaml$/, ''), root, notes.tell));
      if (!decision || !places) continue;
      const file = `${DECISIONS_FOLDER}/${name}`;
      for (const { id, line } of placesArgued(readFileSync(join(root, file), 'utf8'), file))
        if (!places.has(id))
          notes.tell(
            new AuthoringError(
              file,
              line,
              `"${id}" leads nowhere.${didYouMean(id, places.keys())} Name a section, and a heading of it.`,
            ),
          );
    }
  },
};

const cases: Rule = {
  name: 'cases',
  look({ root }, notes) {
    for (const name of caseNames(root)) notes.of(() => readCase(name, root, notes.tell));
  },
};

const diagrams: Rule = {
  name: 'diagrams',
  look({ root, pages }, notes) {
    if (pages.some(({ reading }) => !reading.parsed)) return;
    const fences = collectCourse(join(root, 'content'), root);
    for (const problem of problems(fences, join(root, RENDERED), RENDERED)) {
      const [, file = RENDERED, line = '1', message = problem] =
        /^(\S+?):(?:(\d+):)? (.*)/s.exec(problem) ?? [];
      notes.tell(new AuthoringError(file, Number(line), message));
    }
  },
};

const permalinks: Rule = {
  name: 'permalinks',
  look({ root, places, pages }, notes) {
    if (!places) return;
    // An id may be lost because of a mistake that is told already: a component misspelled.
    const wrong = pages.filter(({ reading }) => reading.mistakes.length > 0);
    const difference = compareLedger(readLedger(root), collectPermalinks(root));
    for (const problem of problemsOf(difference)) {
      const message = problem.slice(LEDGER.length + 2);
      const [id = ''] = message.split(' ');
      if (wrong.some((page) => id.startsWith(`${page.id}.`))) continue;
      notes.tell(new AuthoringError(LEDGER, lineWith(root, LEDGER, `"${id}"`), message));
    }
  },
};

const coverage: Rule = {
  name: 'coverage of the notes',
  look({ root, places }, notes) {
    const path = join(root, COVERAGE_FILE);
    if (!existsSync(path)) return;
    const entries = parseCoverage(readFileSync(path, 'utf8'), notes.tell);
    if (!places) return;
    const sections = readOutline(root).flatMap((part) => part.sections.map(({ id }) => id));
    for (const mistake of problemsOfPlaces(entries, sections, places)) notes.tell(mistake);
  },
};

/** In the order in which they look. */
export const RULES: readonly Rule[] = [
  settings,
  minutes,
  pace,
  links,
  components,
  cells,
  bets,
  questions,
  exercises,
  challenges,
  card,
  decisions,
  cases,
  diagrams,
  permalinks,
  coverage,
];

/** Nothing for a page that is told already what is wrong with it. */
const cellsOf = ({ source, file, reading }: ReadPage): PageCells | undefined =>
  reading.parsed ? new Notes().of(() => collectPage(source, file)) : undefined;

function lineWith(root: string, file: string, text: string): number {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return Math.max(1, lines.findIndex((line) => line.includes(text)) + 1);
}
