/**
 * Takes sections out of the course, or gives one another number: the files that belong to it, and every place that
 * names it by its id. The ledger is another matter (`record.ts`).
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCourse } from '../../foundation/course/pages.ts';

/** Folders of YAML files that name their section under `section`. */
const OF_A_SECTION = ['content/exercises', 'content/challenges'];
const QUIZZES = 'content/quizzes';
/** Keys whose value is a lasting id, in any YAML of the course. */
const NAMES_AN_ID = /\b((?:see|section|cell|at|tryIt)\s*:\s*['"]?)([\w.-]+)/g;

/** Whether an id is this one, or of something on its page, or of a section of this part. */
export const belongsTo = (id: string, whole: string): boolean =>
  id === whole || id.startsWith(`${whole}.`);

const yamlIn = (root: string, folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.ya?ml$/.test(name))
        .map((name) => `${folder}/${name}`)
    : [];

/**
 * Deletes a section, or a part with its sections: pages, questions, exercises and challenges.
 *
 * @param id `2.1`, `2`, `summary`. @param root the project's root folder.
 * @returns the files that were deleted, from the root.
 * @throws Error if the course has no such page.
 */
export function removePages(id: string, root: string): string[] {
  const { pages } = readCourse(root);
  const gone = pages.filter((page) => belongsTo(page.id, id));
  if (gone.length === 0)
    throw new Error(
      `The course has no page ${id}. There are: ${pages.map((page) => page.id).join(', ')}.`,
    );
  const ids = new Set(gone.map((page) => page.id));
  const files = [
    ...gone.map(({ file }) => file),
    ...[...ids].map((one) => `${QUIZZES}/${one}.yaml`),
    ...OF_A_SECTION.flatMap((folder) => yamlIn(root, folder)).filter((file) =>
      ids.has(/^section: *['"]?([\w.-]+)/m.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? ''),
    ),
  ].filter((file) => existsSync(join(root, file)));
  for (const file of files) {
    rmSync(join(root, file));
    const folder = join(root, dirname(file));
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  }
  return files;
}

/**
 * Gives a section another number: its file's name, its `id`, its questions, and what names it anywhere in `content/`.
 *
 * @param from `1.3`. @param to `1.5`, which must be free, in a part that is there.
 * @returns the files that were changed or renamed, by their names of now.
 * @throws Error if the one is not there, or the other cannot be.
 */
export function moveSection(from: string, to: string, root: string): string[] {
  const { pages } = readCourse(root);
  const page = pages.find(({ id }) => id === from);
  const [part] = to.split('.');
  const overview = pages.find(({ id }) => id === part);
  if (!page || !/^\d+\.\d+$/.test(from))
    throw new Error(
      `${from} is no section of the course. A part cannot be moved: move its sections.`,
    );
  if (!/^\d+\.\d+$/.test(to) || !overview)
    throw new Error(`${to} can be no section: write the number of a part that is there, 1.5.`);
  if (pages.some(({ id }) => id === to))
    throw new Error(`${to} is there already: ${from} cannot be it.`);
  const name = basename(page.file).replace(from, to);
  const target = `${dirname(overview.file)}/${name}`;
  renameSync(join(root, page.file), join(root, target));
  const changed = [target];
  const quiz = `${QUIZZES}/${from}.yaml`;
  if (existsSync(join(root, quiz))) {
    renameSync(join(root, quiz), join(root, `${QUIZZES}/${to}.yaml`));
    changed.push(`${QUIZZES}/${to}.yaml`);
  }
  const moved = (id: string): string => (belongsTo(id, from) ? to + id.slice(from.length) : id);
  const edit = (file: string, change: (text: string) => string): void => {
    const path = join(root, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before) return;
    writeFileSync(path, after);
    if (!changed.includes(file)) changed.push(file);
  };
  edit(target, (text) => text.replace(/^(id: *['"]?)[\d.]+/m, `$1${to}`));
  for (const { file } of readCourse(root).pages)
    edit(file, (text) =>
      text.replace(
        /(<SectionLink\s[^>]*?\bid="|\/(?:go|embed)\/)([\w.-]+)/g,
        (_, before: string, id: string) => before + moved(id),
      ),
    );
  for (const file of yamlIn(root, 'content'))
    edit(file, (text) =>
      text
        .split('\n')
        .map((line) =>
          line
            .replace(NAMES_AN_ID, (_, before: string, id: string) => before + moved(id))
            // The keys of `coverage.yaml`.
            .replace(
              /^(['"])([\d.]+)(\1:)/,
              (_, quote: string, id: string, rest: string) => quote + moved(id) + rest,
            ),
        )
        .join('\n'),
    );
  return changed;
}

/** @returns the places in `content/` that still hold a number, in prose for instance: `file:line`. */
export function mentionsOf(id: string, root: string): string[] {
  const number = new RegExp(`(?<![\\d.$])${id.replaceAll('.', '\\.')}(?!\\d)`);
  return readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(mdx|ya?ml)$/.test(name))
    .sort()
    .flatMap((name) =>
      readFileSync(join(root, 'content', name), 'utf8')
        .split('\n')
        .flatMap((line, at) => (number.test(line) ? [`content/${name}:${String(at + 1)}`] : [])),
    );
}
