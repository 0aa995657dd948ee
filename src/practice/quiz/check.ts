/** All questions of the course, checked: their files, their links, and what their code answers. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import type { Places } from '../../foundation/addresses/permalink.ts';
import { readOutline } from '../../foundation/course/outline.ts';
import { problemsOfCourse } from './course.ts';
import { problemsOfIdeas, readIdeas } from './ideas.ts';
import { answerOf } from './predict.ts';
import { explanationsOf, type PlacedQuestion, type Prediction } from './question.ts';
import { QUIZ_FOLDER, readQuestions, sectionsWithQuestions } from './read.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export interface QuizReport {
  questions: PlacedQuestion[];
  /** The right answers of the predictions, by `section.id`. */
  answers: Map<string, string>;
  errors: AuthoringError[];
}

/**
 * @param places every lasting id of the course.
 * @param only the sections to look at; all of them without it, and then also what the course lacks as a whole.
 * @returns what is wrong with each file or question, all at once.
 */
export async function checkQuestions(
  places: () => Pick<Places, 'keys'>,
  only?: readonly string[],
  root = courseRoot(),
): Promise<QuizReport> {
  const report: QuizReport = { questions: [], answers: new Map(), errors: [] };
  const noting = async (task: () => Promise<void> | void): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      report.errors.push(error);
    }
  };
  const sections = sectionsWithQuestions(root).filter((one) => !only || only.includes(one));
  for (const section of sections)
    await noting(
      () =>
        void report.questions.push(
          ...readQuestions(section, root, (mistake) => void report.errors.push(mistake)),
        ),
    );
  // With a file that cannot be read, its ids are not known either.
  if (report.errors.length > 0) return report;
  const known = new Set(places().keys());
  for (const section of sections)
    if (!known.has(section))
      report.errors.push(
        new AuthoringError(
          `${QUIZ_FOLDER}/${section}.yaml`,
          1,
          `the course has no section ${section}. Name the file after a section's number.`,
        ),
      );
  if (!only) {
    report.errors.push(...problemsOfCourse(readOutline(root), report.questions));
    await noting(
      () => void report.errors.push(...problemsOfIdeas(readIdeas(root), report.questions)),
    );
  }
  for (const placed of report.questions) {
    await noting(() => checkLinks(placed, known));
    if (placed.question.kind !== 'predict') continue;
    await noting(async () => {
      const answer = await answerOf(placed as PlacedQuestion & { question: Prediction });
      report.answers.set(`${placed.section}.${placed.question.id}`, answer);
    });
  }
  return report;
}

/**
 * @param known every lasting id of the course.
 * @throws AuthoringError for a link that leads nowhere, with ids that do.
 */
export function checkLinks(
  { question, file, lineOf }: PlacedQuestion,
  known: ReadonlySet<string>,
): void {
  for (const { path, see } of explanationsOf(question)) {
    if (see === undefined || known.has(see)) continue;
    const page = /^\d+\.\d+/.exec(see)?.[0] ?? see.split('.')[0]!;
    const near = [...known].filter((id) => id.startsWith(`${page}.`));
    const place = path
      .map((key) => (typeof key === 'number' ? key + 1 : key))
      .join(' ')
      .replace(/s (\d)/, ' $1');
    // An explanation that names no place of its own leads where its question does.
    const named = see === question.see ? ['see'] : [...path, 'see'];
    throw new AuthoringError(
      file,
      lineOf(...named),
      `question "${question.id}"${place && `, ${place}`}: see "${see}" leads nowhere.${didYouMean(see, known)} ` +
        (near.length > 0
          ? `On that page there are: ${near.join(', ')}.`
          : `There is no page ${page}.`),
    );
  }
}
