/** Every lasting link of the course as it is now. */
import { compareIds, readCourse } from '../../foundation/course/pages.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { KINDS } from './kinds.ts';
import { REFERENCE_FOLDER } from '../../lecture/reference/read.ts';
import { PERMALINK_ID, type Permalink } from '../../foundation/addresses/permalink.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/**
 * @param root the folder that has `content/`.
 * @returns in the order of their ids.
 * @throws AuthoringError for an id that two things have, and for one that is no path segment.
 */
export function collectPermalinks(root = courseRoot()): Permalink[] {
  const course = readCourse(root);
  const found = new Map<string, Permalink>();
  const mistake = ({ id, page }: Permalink, message: string): AuthoringError => {
    const of = course.pages.find((one) => one.id === page);
    if (!of) return new AuthoringError(REFERENCE_FOLDER, 1, message);
    // The later of the two: the first may stay.
    const anchor = id.slice(page.length + 1);
    const lines = of.source.split('\n');
    const index = lines.findLastIndex(
      (line) => line.includes(`{#${anchor}}`) || line.includes(`id="${anchor}"`),
    );
    return new AuthoringError(of.file, Math.max(1, index + 1), message);
  };
  for (const permalink of KINDS.flatMap((kind) => kind(course))) {
    const { id, kind, target } = permalink;
    if (!PERMALINK_ID.test(id))
      throw mistake(
        permalink,
        `"${id}" cannot be a lasting id: only lowercase letters, digits, and dots or hyphens between them.`,
      );
    const first = found.get(id);
    if (first)
      throw mistake(
        permalink,
        `The ${first.kind} at ${first.target} and the ${kind} at ${target} have the same lasting id, ${id}. Give one of them another id.`,
      );
    found.set(id, permalink);
  }
  return [...found.values()].sort((a, b) => compareIds(a.id, b.id));
}
