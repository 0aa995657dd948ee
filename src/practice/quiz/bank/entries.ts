/** All questions of the course by what they ask, without their texts: what a drawing has to know. */
import { readOutline } from '../../../foundation/course/outline.ts';
import type { Kind, Question } from '../question.ts';
import { readQuestions } from '../read.ts';
import { courseRoot } from '../../../foundation/content/root.ts';

export interface BankEntry {
  /** Lasting: `1.2.q-null-share`. */
  id: string;
  /** `1` */
  part: string;
  /** What it tests; `content/ideas.yaml` has its name for readers. */
  idea: string;
  kind: Kind;
  difficulty: Question['difficulty'];
}

/**
 * @param root the folder that has `content/`.
 * @returns in reading order.
 */
export const bankEntries = (root = courseRoot()): BankEntry[] =>
  readOutline(root).flatMap((part) =>
    part.sections.flatMap((section) =>
      readQuestions(section.id, root).map(({ question: { id, idea, kind, difficulty } }) => ({
        id: `${section.id}.${id}`,
        part: part.id,
        idea,
        kind,
        difficulty,
      })),
    ),
  );
