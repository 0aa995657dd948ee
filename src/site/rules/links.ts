/** Whether the links of the lecture's pages lead to something that is there, before a site is built. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import type { CoursePage } from '../../foundation/course/pages.ts';
import type { WrittenLink } from './page.ts';

/** What can be linked to. */
export interface Targets {
  /** Address of a page from the site's base → the ids on it. */
  anchors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether the ids that come from other files than pages are among them. */
  complete: boolean;
}

const SITE = 'https://site.invalid/';

/** Pages that the site makes itself, some of them one for each thing. */
const MADE = /^(go|embed|answers|datasets|console|teach)\/[\w.-]+\/$/;

/** Ids that stand on a page without its author having written them there. */
const MADE_ANCHOR = /^(q-|x-|choose-|exercises$|check-yourself$|top$|:~:)/;

/** Pages of the site that are no pages of the lecture: `self-test/`. @param project its root folder. */
function ownPages(project = process.cwd()): string[] {
  return readdirSync(join(project, 'src/pages'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('index.astro'))
    .map((name) => name.replaceAll('\\', '/').replace(/index\.astro$/, ''));
}

export function mistakesInLinks(
  page: CoursePage,
  links: readonly WrittenLink[],
  { anchors, complete }: Targets,
): AuthoringError[] {
  const known = new Set([...anchors.keys(), ...ownPages()]);
  return links.flatMap(({ url, title, line, column }) => {
    const wrong = (message: string) => [new AuthoringError(page.file, line, message, column)];
    if (/^mailto:|^https:/i.test(url)) return [];
    if (/^http:/i.test(url))
      return (title ?? '') !== ''
        ? []
        : wrong(
            `${url} is not encrypted. Write https:. If the host has none, say so to readers in the link's title: [text](${url} "This site is not encrypted").`,
          );
    if (url.startsWith('/'))
      return wrong(
        `${url} leads out of a site that lies in a folder. Write ${asComponent(url, known) ?? 'the way from this page: ../other-page/'}.`,
      );
    const target = new URL(url, SITE + page.path);
    const path = decodeURI(target.pathname.slice(1));
    if (!known.has(path) && !MADE.test(path)) {
      if (known.has(`${path}/`)) return wrong(`${url} lacks its slash at the end. Write it.`);
      const name = path.replace(/\/$/, '').split('/').at(-1)!;
      const names = [...anchors.keys()].map((one) => one.replace(/\/$/, '').split('/').at(-1)!);
      return wrong(
        `${url} leads to no page.${didYouMean(name, names)} Link to a page by its number: <SectionLink id="1.2" />.`,
      );
    }
    const id = decodeURIComponent(target.hash.slice(1));
    const there = anchors.get(path);
    if (id === '' || !there || there.has(id) || (MADE_ANCHOR.test(id) && !complete)) return [];
    if (/^(top$|:~:)/.test(id)) return [];
    return wrong(
      `${url} leads to no heading.${didYouMean(id, there)} There are: ${[...there].join(', ') || 'none'}.`,
    );
  });
}

/** The way to write it that works at any address. */
function asComponent(url: string, known: ReadonlySet<string>): string | undefined {
  const path = url.slice(1).replace(/#.*$/, '');
  return known.has(path)
    ? `the way from this page, as ../${path.split('/').slice(-2).join('/')}, or <SectionLink id="…" />`
    : undefined;
}
