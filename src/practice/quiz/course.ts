/** What only all questions together can lack: enough of them, predictions, and ideas asked again. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { PlacedQuestion } from './question.ts';
import { QUIZ_FOLDER } from './read.ts';

/** A part of the outline, as far as its questions need it. */
export interface AskedPart {
  /** `4`. */
  id: string;
  title: string;
  sections: readonly { id: string; title: string }[];
}

/** Questions of a section. */
const QUESTIONS = 3;
/** Ideas of earlier parts in each part after the first: what is asked once is soon forgotten. */
const ASKED_AGAIN = 2;
/** Earlier ideas that an error offers. All of them would be a page. */
const OFFERED = 6;

/**
 * @param parts the outline, in reading order.
 * @param questions those of all sections, in any order.
 * @returns every gap, with the part or section that has it and what would fill it.
 */
export function problemsOfCourse(
  parts: readonly AskedPart[],
  questions: readonly PlacedQuestion[],
): AuthoringError[] {
  const errors: AuthoringError[] = [];
  const earlier = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const ofSection = part.sections.map((section) => ({
      ...section,
      asked: questions.filter((one) => one.section === section.id),
    }));
    for (const { id, title, asked } of ofSection)
      if (asked.length < QUESTIONS)
        errors.push(
          at(
            id,
            `section ${id} “${title}” has ${counted(asked.length, 'question')}, and every section has at least ` +
              `${QUESTIONS}. Write ${QUESTIONS - asked.length} more in this file; src/practice/quiz/README.md has an example of each kind.`,
          ),
        );
    const ofPart = ofSection.flatMap(({ asked }) => asked);
    const name = `part ${part.id} “${part.title}”`;
    const first = part.sections[0]?.id ?? part.id;
    if (!ofPart.some(({ question }) => question.kind === 'predict'))
      errors.push(
        at(
          first,
          `${name} asks for no prediction. Make one of its questions, in this file or in another of the part, kind: predict.`,
        ),
      );
    const ideas = new Set(ofPart.map(({ question }) => question.idea));
    const again = [...ideas].filter((idea) => earlier.has(idea));
    if (index > 0 && again.length < ASKED_AGAIN)
      errors.push(
        at(
          first,
          `${name} asks ${again.length === 0 ? 'no idea' : `only ${counted(again.length, 'idea')}`} of an earlier part again` +
            `${again.length === 0 ? '' : ` (${again.join(', ')})`}, and ${ASKED_AGAIN} are the least. Ask one in a new situation, ` +
            `in this file or in another of the part, under its name: ${offered(earlier, ideas)}.`,
        ),
      );
    for (const idea of ideas) earlier.add(idea);
  }
  return errors;
}

const at = (section: string, message: string): AuthoringError =>
  new AuthoringError(`${QUIZ_FOLDER}/${section}.yaml`, 1, message);

const counted = (count: number, noun: string): string =>
  count === 0 ? `no ${noun}` : `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Earlier ideas that a part does not ask yet. */
function offered(earlier: ReadonlySet<string>, ideas: ReadonlySet<string>): string {
  const free = [...earlier].filter((idea) => !ideas.has(idea)).sort();
  if (free.length <= OFFERED) return free.join(', ');
  return `${free.slice(0, OFFERED).join(', ')} or another of grep -rh idea: ${QUIZ_FOLDER}`;
}
