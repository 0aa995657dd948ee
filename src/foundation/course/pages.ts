/** The course as lasting links see it: its pages, with their source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LECTURE_FOLDER, slugOf } from './outline.ts';
import { openFrontmatter } from '../yaml/open.ts';
import { pageId } from '../addresses/page-id.ts';
import { courseRoot } from '../content/root.ts';

export interface CoursePage {
  /** Its lasting id: `1.2`, `home`. */
  id: string;
  title: string;
  /** Its address from the site's base: `the-problem/three-broken-solutions/`; empty for the home page. */
  path: string;
  /** Path of its source from the project's root. */
  file: string;
  /** Its MDX, with blank lines in the place of the frontmatter. */
  source: string;
}

export interface Course {
  /** The project's root folder. */
  root: string;
  /** In the order of the lecture; what has no number comes first. */
  pages: CoursePage[];
}

const FRONTMATTER = /^---\r?\n([\s\S]*?)\r?\n---/;

/** @param root the folder that has `content/`. */
export function readCourse(root = courseRoot()): Course {
  const folder = join(root, LECTURE_FOLDER);
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => readPage(root, name.split(sep).join('/')));
  return { root, pages: pages.sort((a, b) => compareIds(a.id, b.id)) };
}

/** @param name of its file in the lecture's folder: `1-keys/1.1-a-table.mdx`. */
export function readPage(root: string, name: string): CoursePage {
  const file = `${LECTURE_FOLDER}/${name}`;
  const text = readFileSync(join(root, file), 'utf8');
  const data = (openFrontmatter(text, file) ?? {}) as { id?: string; title?: string };
  const slug = slugOf(name);
  const path = slug === 'index' ? '' : `${slug}/`;
  return {
    id: pageId(slug, data.id),
    title: data.title ?? name,
    path,
    file,
    source: text.replace(FRONTMATTER, (front) => front.replace(/[^\n]+/g, '')),
  };
}

/** Words before numbers, `1.2` before `1.10`, what stands on a page behind the page. */
export function compareIds(a: string, b: string): number {
  const numbered = Number(/^\d/.test(a)) - Number(/^\d/.test(b));
  return numbered || a.localeCompare(b, 'en', { numeric: true });
}
