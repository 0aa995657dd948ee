/** Checks the links of the built site by all rules, and says what is wrong once per mistake. */
import { BuiltSite } from '../built-site/site.ts';
import { references } from '../built-site/page.ts';
import type { PublishedLink } from '../published-links.ts';
import { permalinksAreAnswered } from './permalinks.ts';
import { PAGE_RULES, SITE_RULES, type Problem } from './rules.ts';

export interface LinkCheckOptions {
  /** The built folder. */
  folder: string;
  /** The path the site is served under. */
  base: string;
  /** The file an author edits for a page: page file in the built folder → path in the checkout. */
  sources?: ReadonlyMap<string, string>;
  /** The lasting links that the site has to answer. */
  permalinks?: readonly PublishedLink[];
}

export interface LinkReport {
  /** What is wrong, a line each: which page, what, and what would be right. */
  problems: string[];
  /** What was checked, in a few words. */
  summary: string;
}

/** @throws Error if there is no built site in the folder. */
export function checkLinks({
  folder,
  base,
  sources,
  permalinks = [],
}: LinkCheckOptions): LinkReport {
  const site = new BuiltSite(folder, base);
  const problems: Problem[] = [
    ...site.pages.flatMap((page) =>
      PAGE_RULES.flatMap((rule) => rule(page, site)).map((message) => ({
        path: page.path,
        message,
      })),
    ),
    ...SITE_RULES.flatMap((rule) => rule(site)),
    ...permalinksAreAnswered(permalinks, site),
  ];
  const count = site.pages.reduce((sum, page) => sum + references(page).length, 0);
  return {
    problems: grouped(problems, (path) => sources?.get(path) ?? site.addressOf(path)),
    summary: `${count} references on ${site.pages.length} pages`,
  };
}

/** One line per mistake: a wrong link in the sidebar stands on every page and is one mistake. */
function grouped(problems: Problem[], name: (path: string) => string): string[] {
  const places = new Map<string, Set<string>>();
  for (const { path, message } of problems)
    places.set(message, (places.get(message) ?? new Set()).add(name(path)));
  return [...places].map(([message, [first, ...others]]) =>
    others.length === 0 ? `${first}: ${message}` : `${first} and ${others.length} more: ${message}`,
  );
}
