/**
 * The lecture's outline, read from the folders and the frontmatter of `content/lecture/`.
 *
 * It is the one source of order, numbers and addresses: the sidebar, the pages before and after, the
 * home page and every link by section number are computed from it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { placeOfKey } from '../yaml/mistakes.ts';
import { frontmatterOf, openFrontmatter } from '../yaml/open.ts';
import { courseRoot } from '../content/root.ts';

/** What can be linked by its id: a part, a section, or a page that closes the lecture. */
export interface LecturePage {
  /** The lecture's number for it, `1.2`; a closing page has a word, `summary`. */
  id: string;
  /** Without its number. */
  title: string;
  description: string;
  /** Its address below the site's base, without slashes at the ends: `the-problem/three-broken-solutions`. */
  slug: string;
  /** Path of its source from the project's root. */
  file: string;
}

export interface Section extends LecturePage {
  /** Teaching time. */
  minutes: number;
}

export interface Part extends Section {
  /** What a reader can do after it. */
  goals: string[];
  /** What it builds on from earlier weeks of the course. */
  assumes: { week: number; what: string }[];
  sections: Section[];
}

export const LECTURE_FOLDER = 'content/lecture';

const NUMBERED = /^(\d+(?:\.\d+)?)-(.+)$/;

/**
 * The address of a source file: numbers order the files, they are not part of the address.
 *
 * @param path from `content/lecture/`, with or without `.mdx`: `1-the-problem/1.2-three-broken-solutions.mdx`.
 * @returns `the-problem/three-broken-solutions`; a part's `index` gives the part's own address.
 */
export function slugOf(path: string): string {
  const parts = path
    .replace(/\.mdx$/, '')
    .split('/')
    .map((part) => NUMBERED.exec(part)?.[2] ?? part);
  return parts.length > 1 && parts.at(-1) === 'index'
    ? parts.slice(0, -1).join('/')
    : parts.join('/');
}

/**
 * @param root the folder that has `content/`.
 * @throws AuthoringError, where a file's name or frontmatter does not fit.
 */
export function readOutline(root = courseRoot()): Part[] {
  const folder = join(root, LECTURE_FOLDER);
  const parts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readPart(root, entry.name));
  return parts.sort((a, b) => Number(a.id) - Number(b.id));
}

/**
 * The pages that stand after the last part and have no number: those beside the parts' folders whose
 * frontmatter says `closing: 1`, `closing: 2`.
 *
 * @param root the folder that has `content/`.
 * @throws AuthoringError, where the frontmatter does not fit.
 */
export function readClosingPages(root = courseRoot()): LecturePage[] {
  return readdirSync(join(root, LECTURE_FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.mdx'))
    .map(({ name }) => `${LECTURE_FOLDER}/${name}`)
    .map((file) => ({ file, closing: frontmatter(root, file)['closing'] }))
    .filter(({ closing }) => closing !== undefined)
    .sort((a, b) => Number(a.closing) - Number(b.closing))
    .map(({ file }) => readPage(root, file));
}

/** Every page of the lecture in reading order: each part with its sections, then what closes it. */
export const readPages = (root = courseRoot()): LecturePage[] => [
  ...readOutline(root).flatMap((part) => [part, ...part.sections]),
  ...readClosingPages(root),
];

/** A page as a link names it: number and title, or the title alone where there is no number. */
export const labelOf = ({ id, title }: LecturePage): string =>
  /^\d/.test(id) ? `${id} ${title}` : title;

function readPart(root: string, name: string): Part {
  const path = `${LECTURE_FOLDER}/${name}`;
  if (!NUMBERED.test(name))
    throw new AuthoringError(
      path,
      1,
      `a part's folder is named number-title, as in "1-the-problem".`,
    );
  if (!existsSync(join(root, path, 'index.mdx')))
    throw new AuthoringError(
      path,
      1,
      'the part has no index.mdx. Write one with id, title, minutes, goals.',
    );
  const sections = readdirSync(join(root, path))
    .filter((file) => file.endsWith('.mdx') && file !== 'index.mdx')
    .map((file) => readSection(root, `${path}/${file}`))
    .sort((a, b) => minor(a.id) - minor(b.id));
  const data = frontmatter(root, `${path}/index.mdx`);
  return {
    ...readSection(root, `${path}/index.mdx`),
    goals: (data['goals'] as string[] | undefined) ?? [],
    assumes: (data['assumes'] as Part['assumes'] | undefined) ?? [],
    sections,
  };
}

function readSection(root: string, file: string): Section {
  const { minutes } = frontmatter(root, file);
  const page = readPage(root, file);
  if (typeof minutes !== 'number')
    throw new AuthoringError(
      file,
      1,
      'the frontmatter lacks "minutes" (a number: its teaching time).',
    );
  return { ...page, minutes };
}

function readPage(root: string, file: string): LecturePage {
  const data = frontmatter(root, file);
  const number = NUMBERED.exec(file.split('/').at(-1)!)?.[1];
  for (const key of ['id', 'title', 'description'])
    if (typeof data[key] !== 'string')
      throw new AuthoringError(
        file,
        placeInFrontmatter(root, file, key).line,
        `the frontmatter lacks "${key}" (a text; write id as "1.2", in quotes).`,
      );
  if (number !== undefined && number !== data['id'])
    throw new AuthoringError(
      file,
      placeInFrontmatter(root, file, 'id').line,
      `the file is number ${number}, its frontmatter says id "${String(data['id'])}". Write the same number in both.`,
    );
  return {
    id: data['id'] as string,
    title: data['title'] as string,
    description: data['description'] as string,
    slug: slugOf(file.slice(LECTURE_FOLDER.length + 1)),
    file,
  };
}

/** What was parsed, by file and text: a build reads the outline for every link by number. */
const parsed = new Map<string, Record<string, unknown>>();

function frontmatter(root: string, file: string): Record<string, unknown> {
  const source = readFileSync(join(root, file), 'utf8');
  const key = `${file}\n${source.slice(0, source.indexOf('\n---'))}`;
  const data = parsed.get(key) ?? openFrontmatter(source, file);
  if (data === null)
    throw new AuthoringError(file, 1, 'no frontmatter. Start the file with --- lines.');
  parsed.set(key, data);
  return data;
}

/**
 * Where a key of a page's frontmatter stands, for mistakes in its value.
 *
 * @param file path of the page from the folder that has `content/`.
 * @returns line and column from 1; the first line if the key is not there.
 */
export function placeInFrontmatter(
  root: string,
  file: string,
  key: string,
): { line: number; column: number } {
  const front = frontmatterOf(readFileSync(join(root, file), 'utf8'), file);
  return front ? placeOfKey(front.document, [key], front.lines) : { line: 1, column: 1 };
}

const minor = (id: string): number => Number(id.split('.')[1]);
