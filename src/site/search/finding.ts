/**
 * Finds what is typed into the dialog. First comes what is meant exactly: entries of the reference card,
 * and for operators the sections that have them in their code. Then the pages in whose text the words are.
 * Matches are marked by us, from plain text.
 */
import type { FoundEntry, Place } from './places.ts';
import { searchTerms } from './query.ts';
import { ranked } from './sections.ts';
import { withoutSigns } from './signs.ts';
import {
  lookupAt,
  pagefindAt,
  type Loaded,
  type Pagefind,
  type Result,
  type ScoredResult,
} from './sources.ts';

const SHOWN = 8;
const SECTIONS = 3;

/** What was found, in the order in which it is shown. */
interface Found {
  entries: FoundEntry[];
  places: Place[];
  pages: ScoredResult[];
  /** How many pages there are beside those that are shown. */
  more: number;
  /** Part of the search did not arrive, and what it knows is missing. */
  incomplete: boolean;
}

/**
 * @param dialog with a search field, a list and a status.
 * @param addresses of Pagefind's script and of the table.
 */
export function findIn(
  dialog: HTMLDialogElement,
  { index, places }: { index: string; places: string },
): void {
  const input = dialog.querySelector('input')!;
  const list = dialog.querySelector('ol')!;
  const status = dialog.querySelector('[role=status]')!;
  const pagefind = pagefindAt(index);
  const lookup = lookupAt(places);
  // On their way while somebody types.
  for (const load of [pagefind, lookup]) load().catch(() => undefined);

  const typed = (): string => input.value.trim();
  const show = (items: HTMLLIElement[], says: string): void => {
    status.textContent = says;
    list.replaceChildren(...items);
  };
  async function search(): Promise<void> {
    const query = typed();
    if (query === '') return show([], '');
    status.textContent = 'Searching…';
    const found = await find(query, pagefind, lookup);
    // A newer search took over.
    if (!found || query !== typed()) return;
    show(itemsOf(found), inWords(found, query));
  }
  input.addEventListener('input', () => void search());
  dialog.addEventListener('keydown', (event) => {
    // A search field keeps Escape for itself, to clear it.
    if (event.key === 'Escape') dialog.close();
    move(event, [input, ...list.querySelectorAll('a')]);
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || (target as Element).closest('a')) dialog.close();
  });
  void search();
}

/** @returns nothing if another search took over. */
async function find(
  query: string,
  pagefind: Loaded<Pagefind>,
  lookup: ReturnType<typeof lookupAt>,
): Promise<Found | undefined> {
  const exact = lookup().catch(() => undefined);
  const terms = query.includes('"') ? query : withoutSigns(searchTerms(query));
  const found =
    terms === '' ? { pages: [], more: 0, incomplete: false } : await pagesWith(terms, pagefind);
  if (!found) return undefined;
  const { pages, more, incomplete } = found;
  const known = await exact;
  const entries = known?.entries(query) ?? [];
  const told = new Set(entries.map((entry) => entry.more?.address));
  // Of the card, its entries are the answer.
  const card = entries[0]?.entry.address.replace(/#.*/, '');
  return {
    entries,
    places: (known?.sections(query) ?? []).filter(({ address }) => !told.has(address)),
    pages: pages.filter(({ url }) => url !== card),
    more,
    incomplete: incomplete || !known,
  };
}

/**
 * Begins anew with the index when it answers with nothing, or not at all: Pagefind also finds nothing where
 * a part of its index is gone, because the course was published anew.
 *
 * @returns nothing if another search took over.
 */
async function pagesWith(
  terms: string,
  pagefind: Loaded<Pagefind>,
  again = true,
): Promise<Pick<Found, 'pages' | 'more' | 'incomplete'> | undefined> {
  try {
    const index = await pagefind();
    const found = await index.debouncedSearch(terms, {}, 120);
    if (!found) return undefined;
    // Without a network there is what was looked for before: a page may be missing, and no more.
    const data = await Promise.all(
      found.results.slice(0, SHOWN).map(({ score, data }) =>
        data().then(
          (page) => ({ ...page, score }),
          () => undefined,
        ),
      ),
    );
    const arrived = data.filter((page) => page !== undefined);
    if (arrived.length > 0 || !again)
      return {
        pages: ranked(arrived, terms),
        more: found.results.length - data.length,
        // Where a part of the index does not come, Pagefind finds nothing, and says no more.
        incomplete: arrived.length < data.length || (arrived.length === 0 && !navigator.onLine),
      };
    await index.destroy();
  } catch {
    if (!again) return { pages: [], more: 0, incomplete: true };
  }
  pagefind.forget();
  return pagesWith(terms, pagefind, false);
}

function inWords({ entries, places, pages, more, incomplete }: Found, query: string): string {
  const count = (number: number, one: string, many: string): string[] =>
    number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  const parts = [
    ...count(entries.length, 'entry of the card', 'entries of the card'),
    ...count(places.length, 'section', 'sections'),
    ...count(pages.length + more, 'page', 'pages'),
  ];
  const all = parts.join(', ');
  if (incomplete)
    return [
      all,
      'The search index could not be loaded, or not all of it. Check your connection and type again.',
    ]
      .filter(Boolean)
      .join('. ');
  return all === '' ? `Nothing found for “${query}”.` : all;
}

function itemsOf({ entries, places, pages }: Found): HTMLLIElement[] {
  return [
    ...entries.map(({ entry, more }) =>
      item(
        link(entry.name, entry.address, [`Reference card: ${entry.what}`], 'entry'),
        ...(more ? [link(`${more.page}: ${more.title}`, more.address, [], 'sub')] : []),
      ),
    ),
    ...places.map(({ title, page, address }) => item(link(title, address, [page], 'place'))),
    ...pages.map(pageItem),
  ];
}

function pageItem({
  sub_results,
  url,
  excerpt,
  meta: { title, number = '' },
}: Result): HTMLLIElement {
  const sections = sub_results.filter((section) => section.url !== url).slice(0, SECTIONS);
  return item(
    link(`${number} ${title}`.trim(), url, sections.length > 0 ? [] : marked(excerpt)),
    ...sections.map((section) => link(section.title, section.url, marked(section.excerpt), 'sub')),
  );
}

function item(...links: HTMLAnchorElement[]): HTMLLIElement {
  const made = document.createElement('li');
  made.append(...links);
  return made;
}

function link(
  title: string,
  address: string,
  about: readonly (globalThis.Node | string)[],
  kind = '',
): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = address;
  made.className = kind;
  const name = document.createElement('strong');
  name.textContent = title;
  made.append(name);
  if (about.length > 0) {
    const text = document.createElement('span');
    text.append(...about);
    made.append(text);
  }
  return made;
}

/** Arrow keys walk through the results and back to the field. */
function move(event: KeyboardEvent, stops: readonly HTMLElement[]): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** An excerpt's text with its matches marked: parsed, and rebuilt from text alone. */
function marked(excerpt: string): (globalThis.Node | string)[] {
  if (excerpt === '') return [];
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  const nodes = [...body.childNodes].map((node) => {
    if (!(node instanceof HTMLElement) || node.localName !== 'mark') return node.textContent ?? '';
    const mark = document.createElement('mark');
    mark.textContent = node.textContent;
    return mark;
  });
  return [...nodes, /[.?!:;]$/.test(excerpt) ? '' : ' …'];
}
