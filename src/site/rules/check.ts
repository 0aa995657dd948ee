/** All mistakes of a course, in the order of files and lines. */
import { courseRoot } from '../../foundation/content/root.ts';
import type { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { Notes } from '../../foundation/mistakes/noting.ts';
import { closeDatabases } from '../../running/cells/execute/execute.ts';
import { readByRules } from './reading.ts';
import { RULES } from './rules.ts';

/**
 * @param only ids of sections and parts to look at; the whole course without it.
 * @param root the folder that has `content/`.
 * @throws Error for what is no mistake of an author's.
 */
export async function checkCourse(
  only?: readonly string[],
  root = courseRoot(),
): Promise<AuthoringError[]> {
  const notes = new Notes();
  const course = readByRules(root, only);
  for (const mistake of course.mistakes) notes.tell(mistake);
  try {
    for (const rule of RULES) await notes.ofLater(async () => rule.look(course, notes));
  } finally {
    await closeDatabases();
  }
  return inOrder(notes.mistakes.filter(belongsTo(only)));
}

/** As `npm run check` prints it: place, what is wrong, what would be right. */
export const lineOfMistake = ({ file, line, column, what }: AuthoringError): string =>
  `${file}:${line}:${column}  ${what.replace(/\s*\n\s*/g, ' ')}`;

/** Several rules may need the same file, and stumble over the same mistake of it. */
function inOrder(mistakes: readonly AuthoringError[]): AuthoringError[] {
  const once = new Map<string, AuthoringError>();
  for (const one of mistakes) {
    const key = `${one.file}:${one.line} ${one.what}`;
    // Who found it first knows its column.
    if (!once.has(key)) once.set(key, one);
  }
  return [...once.values()].sort(
    (a, b) =>
      a.file.localeCompare(b.file, 'en', { numeric: true }) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

/** Of a section: its page, its questions, and whatever else names it. */
function belongsTo(only?: readonly string[]): (mistake: AuthoringError) => boolean {
  if (!only) return () => true;
  return ({ file }) => {
    const id = /\/(\d+(?:\.\d+)?)[-.][^/]*$/.exec(file)?.[1];
    // Exercises and challenges were looked at for these sections only; the rest is everybody's.
    return /^content\/(exercises|challenges|decisions)\//.test(file) || isOf(id, only);
  };
}

const isOf = (id: string | undefined, only: readonly string[]): boolean =>
  id !== undefined && only.some((one) => id === one || id.startsWith(`${one}.`));
