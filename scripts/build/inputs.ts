/** What a build is made from, and whether a built folder still stands for it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { courseRoot } from '../../src/foundation/content/root.ts';

/** Files and folders a change of which changes the built site, besides the course’s `content/`. Tests are left out of them. */
export const BUILD_INPUTS = [
  'public',
  'src',
  'scripts/build/build.ts',
  'scripts/build/build-steps.ts',
  'scripts/author/diagrams.ts',
  'astro.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];

/** Where one build went, and with which options: another base is another build. */
export interface BuildTarget {
  /** The folder built into, relative to the checkout. */
  outDir: string;
  /** The path the site is served under: `/`, `/course/`. */
  base: string;
  /** The origin it is served from, if it is known. */
  site?: string | undefined;
}

/**
 * A hash over the names and contents of all inputs and the options of the build. Contents, not
 * dates: going to another branch and back does not make a build stale.
 *
 * @param root the checkout
 */
export async function hashInputs(root: string, target: BuildTarget): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([target.base, target.site ?? null]));
  const paths = [
    join(courseRoot(root), 'content'),
    ...BUILD_INPUTS.map((input) => join(root, input)),
  ];
  const found = await Promise.all(paths.map(filesOf));
  for (const file of found.flat()) {
    const content = await readFile(file);
    hash.update(`\0${relative(root, file).split(sep).join('/')}\0${content.length}\0`);
    hash.update(content);
  }
  return hash.digest('hex');
}

/** Does the built folder stand for these inputs? */
export async function isBuilt(root: string, target: BuildTarget, hash: string): Promise<boolean> {
  if (!existsSync(join(root, target.outDir, 'index.html'))) return false;
  try {
    return (await readFile(stampFile(root, target), 'utf8')) === hash;
  } catch {
    return false;
  }
}

/** Notes that a build has begun: until it ends well, the folder stands for nothing. */
export async function forgetBuild(root: string, target: BuildTarget): Promise<void> {
  await rm(stampFile(root, target), { force: true });
}

/** Notes that the folder stands for the inputs with this hash. */
export async function noteBuild(root: string, target: BuildTarget, hash: string): Promise<void> {
  const file = stampFile(root, target);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, hash);
}

function stampFile(root: string, target: BuildTarget): string {
  return join(root, '.cache', 'built', basename(target.outDir));
}

/** The files of a folder in a fixed order, or the file itself; nothing if there is none. */
async function filesOf(path: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(path, { withFileTypes: true, recursive: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? [path] : [];
  }
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
