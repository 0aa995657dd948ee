/** The course as the rules read it: every page that can be read, whatever is wrong with the others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakesInFrontmatter } from '../../foundation/course/frontmatter.ts';
import { LECTURE_FOLDER } from '../../foundation/course/outline.ts';
import { readPage, type CoursePage } from '../../foundation/course/pages.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import type { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { Notes } from '../../foundation/mistakes/noting.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { readPageByRules, type PageReading } from './page.ts';

export interface ReadPage extends CoursePage {
  reading: PageReading;
}

export interface Reading {
  /** The folder that has `content/`. */
  root: string;
  /** Whether a section is looked at; the rest of the course is read only as far as that needs it. */
  looksAt(section: string): boolean;
  /** Whether all of the course is. */
  whole: boolean;
  /** Pages whose frontmatter can be read. */
  pages: ReadPage[];
  /** What is wrong with pages by themselves. */
  mistakes: AuthoringError[];
  /** Every lasting id; nothing while some page or file of the course cannot be read. */
  places: ReadonlyMap<string, Permalink> | undefined;
}

/** @param only ids of sections and parts; all without it. */
export function readByRules(root: string, only?: readonly string[]): Reading {
  const looksAt = (section: string): boolean =>
    !only || only.some((one) => section === one || section.startsWith(`${one}.`));
  const notes = new Notes();
  const pages: ReadPage[] = [];
  let readable = true;
  const names = readdirSync(join(root, LECTURE_FOLDER), { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.mdx')).sort()) {
    const file = `${LECTURE_FOLDER}/${name.replaceAll('\\', '/')}`;
    const wrong = mistakesInFrontmatter(readFileSync(join(root, file), 'utf8'), file);
    for (const mistake of wrong) notes.tell(mistake);
    const page = notes.of(() => readPage(root, name.replaceAll('\\', '/')));
    if (!page) {
      readable = false;
      continue;
    }
    const reading = readPageByRules(page.source, file, root);
    for (const mistake of reading.mistakes) notes.tell(mistake);
    if (!reading.parsed) readable = false;
    pages.push({ ...page, reading });
  }
  // With a page that cannot be read its ids are not known: nobody is told that they are missing.
  const found = new Notes();
  const places = readable ? found.of(() => destinations(root)) : undefined;
  // What a page is told already is not told in other words.
  const told = new Set(notes.mistakes.map(({ file }) => file));
  for (const mistake of found.mistakes) if (!told.has(mistake.file)) notes.tell(mistake);
  return { root, looksAt, whole: !only, pages, mistakes: notes.mistakes, places };
}
