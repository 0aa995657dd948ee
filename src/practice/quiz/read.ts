/** The questions of the course, section by section. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { parseQuestions } from './parse.ts';
import type { PlacedQuestion } from './question.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export const QUIZ_FOLDER = 'content/quizzes';

/** @returns the sections that have a file, as the folder has them. */
export function sectionsWithQuestions(root = courseRoot()): string[] {
  const folder = join(root, QUIZ_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * @param section its number, `1.2`.
 * @returns none if it has no file.
 * @param tell takes note of all that is not right. Without it the first is thrown.
 * @throws AuthoringError naming file, question and remedy.
 */
export function readQuestions(section: string, root = courseRoot(), tell?: Tell): PlacedQuestion[] {
  const file = `${QUIZ_FOLDER}/${section}.yaml`;
  const path = join(root, file);
  return existsSync(path) ? parseQuestions(readFileSync(path, 'utf8'), file, tell) : [];
}
