/**
 * `THIRD-PARTY.txt`: what of others is in the site, and under which license. It is made from the modules
 * that were bundled, so that nothing is in the one and not in the other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ALLOWED,
  CONTAINED,
  IN_PAGES,
  SAME_HOUSE,
  TEXTS,
  TRACES,
  type Contained,
} from './declared.ts';
import { inlinedIn, licenseOf, packageIn, packageOf, type Package } from './packages.ts';
import type { CourseSettings } from '../../foundation/course/settings.ts';

/** One work and its license. */
export interface Notice {
  name: string;
  version: string;
  home: string;
  license: string;
  text: string;
  /** The package that it is inside of; else empty. */
  inside: string;
}

/**
 * @param files paths of all modules that are in the site.
 * @param root the project’s root.
 * @returns the notices, by name.
 * @throws Error naming every package whose license is missing or not allowed, and every one that is inside
 * another without being declared.
 */
export function noticesFor(files: Iterable<string>, root: string): Notice[] {
  const packages = new Map<string, Package>();
  const problems = new Set<string>();
  const add = (one: Package): void => void packages.set(`${one.name}@${one.version}`, one);

  for (const name of IN_PAGES) {
    const found = packageIn(join(root, 'node_modules', name).replaceAll('\\', '/'));
    if (found) add(found);
    else
      problems.add(
        `${name} is not installed, and src/site/licenses/declared.ts says that it is in the pages.`,
      );
  }
  for (const file of files) {
    const found = packageOf(file);
    if (!found) continue;
    add(found);
    for (const name of inlinedIn(file)) {
      const declared = CONTAINED[found.name]?.some((one) => one.name === name);
      const own = SAME_HOUSE[found.name]?.includes(name);
      if (declared || own || TRACES.includes(name)) continue;
      const bundled = packageIn(join(root, 'node_modules', name).replaceAll('\\', '/'));
      if (bundled) add(bundled);
      else
        problems.add(
          `${name} is inside ${found.name}@${found.version}, and nothing says under which license. Put its license into src/site/licenses/texts/, and list it under CONTAINED in src/site/licenses/declared.ts.`,
        );
    }
  }

  const notices = [...packages.values()].flatMap((one): Notice[] => {
    const { expression, text, home } = licenseOf(one);
    const { name, version } = one;
    const words = text === '' && TEXTS[name] !== undefined ? textOf(TEXTS[name]) : text;
    const own = { name, version, home, license: expression, text: words, inside: '' };
    return [own, ...(CONTAINED[name] ?? []).map((part) => contained(part, name))];
  });
  for (const notice of notices) {
    const problem = problemOf(notice);
    if (problem !== undefined) problems.add(problem);
  }
  if (problems.size > 0) throw new Error([...problems].join('\n'));
  return notices.sort((a, b) => order(a).localeCompare(order(b), 'en'));
}

const order = ({ name, inside }: Notice): string =>
  (inside === '' ? name : `${inside} ${name}`).replace('@', '');

function contained({ name, home, license, text }: Contained, inside: string): Notice {
  return { name, version: '', home, license, text: textOf(text), inside };
}

const textOf = (name: string): string =>
  readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8').trim();

/** @returns what keeps a work from being given to readers, and what to do about it. */
export function problemOf({ name, version, license, text }: Notice): string | undefined {
  const what = version === '' ? name : `${name}@${version}`;
  if (license === '')
    return `${what} does not say under which license it is. Find out, or do without it.`;
  if (!isAllowed(license))
    return `${what} is under ${license}, which is not among the licenses in src/site/licenses/declared.ts. Read it: if readers may get it, add it to ALLOWED; else do without the package.`;
  if (text === '')
    return `${what} comes without the text of its license (${license}). Put it into src/site/licenses/texts/, and name it under TEXTS in src/site/licenses/declared.ts.`;
  return undefined;
}

/** Of alternatives one has to be allowed, of licenses that hold together all. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\(([^()]*)\)$/, '$1').trim();
  if (ALLOWED.includes(plain)) return true;
  if (/ OR /.test(plain)) return plain.split(' OR ').some(isAllowed);
  if (/ AND /.test(plain)) return plain.split(' AND ').every(isAllowed);
  return false;
}

/** The file itself. */
export function noticesText(
  notices: readonly Notice[],
  { title: course, author, license }: Pick<CourseSettings, 'title' | 'author' | 'license'>,
): string {
  const title = ({ name, version }: Notice): string => `${name} ${version}`.trim();
  const where = ({ inside }: Notice): string => (inside === '' ? '' : `, inside ${inside}`);
  const line = '='.repeat(80);
  return [
    ...(author === undefined && license === undefined
      ? []
      : [
          `The text of ${course}${author ? ` is by ${author}` : ''}${license ? `${author ? ',' : ' is'} under the license ${license}` : ''}.`,
          '',
        ]),
    `What is in ${course} and was made by others, with its licenses.`,
    '',
    ...notices.map((one) => `  ${title(one)} (${one.license})${where(one)}`),
    '',
    ...notices.flatMap((one) => [
      line,
      `${title(one)}${where(one)}`,
      ...[one.home, `License: ${one.license}`].filter((text) => text !== ''),
      '',
      one.text.replaceAll('\r\n', '\n'),
      '',
    ]),
  ].join('\n');
}
