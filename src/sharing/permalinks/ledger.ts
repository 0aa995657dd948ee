/**
 * The ledger of every id ever published, `content/permalinks.json`: what each led to when it was
 * recorded, and where the ids lead whose things are gone. It makes a promise that can be checked.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareIds } from '../../foundation/course/pages.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export const LEDGER = 'content/permalinks.json';

/** Where a redirect leads whose thing nothing took the place of: to the page that says so. No page has this id. */
export const GONE = 'gone';

export interface Ledger {
  /** Id → kind and place: `section the-problem/…/` for a page, `cell 1.2#eav-plan` for what is on one. */
  ids: Record<string, string>;
  /** Id of a thing that is gone → the id that its links lead to instead, or {@link GONE}. */
  redirects: Record<string, string>;
}

const ABOUT =
  'Every id that /go/<id>/ was ever published under, and what it led to. Written by "npm run permalinks". An id stays: what is renamed or removed gets an entry under "redirects".';

/** @throws AuthoringError if the file is there and holds something else. */
export function readLedger(root = courseRoot()): Ledger {
  const path = join(root, LEDGER);
  return existsSync(path) ? parseLedger(readFileSync(path, 'utf8')) : { ids: {}, redirects: {} };
}

/**
 * @param text the file. Git joins the lines that two authors added (`.gitattributes`), which may cost
 * it a comma: that is read as it is meant, and written right the next time.
 */
export function parseLedger(text: string): Ledger {
  const joined = text.replace(/"\s*\n(\s*")/g, '",\n$1').replace(/,(\s*\})/g, '$1');
  try {
    const { ids, redirects } = JSON.parse(joined) as Ledger;
    for (const group of [ids, redirects])
      if (!Object.values(group).every((value) => typeof value === 'string')) throw new Error();
    return { ids, redirects };
  } catch {
    throw new AuthoringError(
      LEDGER,
      1,
      `this is no ledger: it holds "ids" and "redirects", both with texts. After a conflict in git keep the lines of both sides, then run: npm run permalinks`,
    );
  }
}

/** The file: a line per id, in a fixed order, so that two authors who add ids meet in different lines. */
export function formatLedger({ ids, redirects }: Ledger): string {
  const ordered = (group: Record<string, string>) =>
    Object.fromEntries(Object.entries(group).sort(([a], [b]) => compareIds(a, b)));
  const ledger = { about: ABOUT, ids: ordered(ids), redirects: ordered(redirects) };
  return `${JSON.stringify(ledger, null, 2)}\n`;
}

/** @returns whether the file changed. */
export function writeLedger(root: string, ledger: Ledger): boolean {
  const path = join(root, LEDGER);
  const text = formatLedger(ledger);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  writeFileSync(path, text);
  return true;
}

/**
 * What the ledger says about permalinks. A place on a page is told by the page's id, so that a page
 * that moves is one change.
 */
export function recordsOf(permalinks: readonly Permalink[]): Record<string, string> {
  const pages = new Set(permalinks.filter(({ id, page }) => id === page).map(({ id }) => id));
  return Object.fromEntries(
    permalinks.map(({ id, kind, target, page }) => {
      const onPage = id !== page && pages.has(page);
      return [id, `${kind} ${onPage ? page + target.slice(target.indexOf('#')) : target || '/'}`];
    }),
  );
}

export interface Difference {
  /** Ids of the course that the ledger does not have yet. */
  added: string[];
  /** Recorded ids that the course does not have any more, and that no redirect leads on. */
  lost: string[];
  /** Recorded ids that lead to something else now. */
  repointed: { id: string; was: string; is: string }[];
  /** Redirects that lead nowhere, or away from something that is there. */
  redirects: { id: string; problem: string }[];
}

export function compareLedger(ledger: Ledger, permalinks: readonly Permalink[]): Difference {
  const now = recordsOf(permalinks);
  const difference: Difference = { added: [], lost: [], repointed: [], redirects: [] };
  for (const [id, record] of Object.entries(now)) {
    const was = ledger.ids[id];
    if (was === undefined) difference.added.push(id);
    else if (was !== record) difference.repointed.push({ id, was, is: record });
  }
  for (const id of Object.keys(ledger.ids))
    if (!(id in now) && !(id in ledger.redirects)) difference.lost.push(id);
  for (const [id, to] of Object.entries(ledger.redirects)) {
    if (id in now)
      difference.redirects.push({ id, problem: `is redirected to ${to}, and is in the course` });
    else if (redirectedTo(ledger, id, now) === undefined)
      difference.redirects.push({ id, problem: `is redirected to ${to}, which leads nowhere` });
  }
  return difference;
}

/** The living id that a redirected one leads to, or {@link GONE}, over several redirects if need be. */
export function redirectedTo(
  { redirects }: Ledger,
  id: string,
  living: Readonly<Record<string, unknown>>,
): string | undefined {
  const seen = new Set<string>();
  let at: string | undefined = id;
  while (at !== undefined && at !== GONE && !(at in living)) {
    if (seen.has(at)) return undefined;
    seen.add(at);
    at = redirects[at];
  }
  return at;
}

/** What an author has to mend, a line each; new ids are not among it. */
export function problemsOf({ lost, repointed, redirects }: Difference): string[] {
  return [
    ...lost.map(
      (id) =>
        `${LEDGER}: ${id} was published, and the course does not have it any more. ` +
        `Bring the id back, or say which id its links lead to now: npm run permalinks -- --redirect ${id} <id>`,
    ),
    ...repointed.map(
      ({ id, was, is }) =>
        `${LEDGER}: ${id} was published for "${was}" and would now lead to "${is}". ` +
        `If that is the same thing at a new place: npm run permalinks -- --moved ${id}. ` +
        'If it is another thing, give it an id that was never used.',
    ),
    ...redirects.map(
      ({ id, problem }) =>
        `${LEDGER}: ${id} ${problem}. Change or remove its line under "redirects".`,
    ),
  ];
}
