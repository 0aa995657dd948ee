/**
 * `<reference-card>`: the filter above the card. It hides what does not match; nothing else changes,
 * so that a keystroke is answered at once however many entries there are.
 */
import { createFilter, marksIn, type Found, type Term } from './filter.ts';
import { whileIdle } from '../../foundation/page/idle.ts';

interface Shown {
  element: HTMLElement;
  group: HTMLElement;
  /** The link that is its name, in its heading. */
  link: HTMLAnchorElement;
  /** The texts that are searched, and marked. */
  texts: Text[];
}

/**
 * What is filtered out has this attribute, and not `hidden`: Starlight styles headings that have a
 * hidden child, and a browser then looks for headings around everything that is hidden or shown, which
 * is half of what a keystroke takes.
 */
const OUT = 'data-out';
/** What is drawn together with the keystroke that found it. */
const AT_ONCE = 'data-at-once';
const isShown = (element: Element): boolean => !element.hasAttribute(OUT);
function show(element: Element, shown: boolean): void {
  if (isShown(element) !== shown) element.toggleAttribute(OUT, !shown);
}

const PARAMETER = 'q';
const MARKS = 'card-match';
const HIGHLIGHTS = CSS.highlights as HighlightRegistry | undefined;
/** In CSS pixels: what the bars above the entries take, and what an entry takes at least, as a rule. */
const BARS = 144;
const LEAST_HEIGHT = 200;
const LEAST_WIDTH = 320;
/** What a frame has time for besides. */
const PER_FRAME = 24;

class ReferenceCard extends HTMLElement {
  #input = this.querySelector<HTMLInputElement>('#card-query')!;
  /**
   * One text for good: Starlight styles the page that has an open menu, and a browser then looks for one
   * in all of the page whenever a text comes or goes.
   */
  #status = this.querySelector('#card-status')!.appendChild(new Text());
  #thumb = this.querySelector<HTMLButtonElement>('.card-thumb')!;
  #groups = [...this.querySelectorAll<HTMLElement>('.card-group')];
  #entries = [...this.querySelectorAll<HTMLElement>('.card-entry')].map(shown);
  #filter = createFilter(this.#entries.map(searchable));
  #best: Shown | undefined;
  /** The places of what the query finds, shown already or about to be. */
  #found = new Set<number>();
  /** The places of what was drawn with the last keystroke. */
  #atOnce = new Set<number>();
  #screenful = 0;
  #noting = 0;
  #following = 0;

  connectedCallback(): void {
    const filter = this.querySelector<HTMLElement>('.card-filter')!;
    filter.hidden = false;
    new ResizeObserver(() => this.#measure()).observe(filter);
    this.#thumb.hidden = false;
    this.#thumb.addEventListener('click', () => this.#focusFilter());
    this.#input.addEventListener('input', () => {
      this.#apply(this.#screenful);
      this.#note();
      // What was found begins below the filter, wherever the reader was.
      this.scrollIntoView();
    });
    this.#input.addEventListener('focus', () => whileIdle(this.#warmUp()), { once: true });
    this.addEventListener('keydown', (event) => this.#onKey(event));
    // Here `/` is the filter's. The search of the whole course keeps Ctrl+K.
    document.querySelector('.search-open')?.setAttribute('aria-keyshortcuts', 'Control+K Meta+K');
    addEventListener('keydown', (event) => this.#onSlash(event), { capture: true });
    addEventListener('popstate', () => this.#restore());
    addEventListener('hashchange', () => this.#reveal());
    addEventListener('pagehide', () => this.#writeAddress());
    this.#apply();
    this.#restore();
    this.#reveal();
  }

  /** The query of the address. */
  #restore(): void {
    const query = new URLSearchParams(location.search).get(PARAMETER) ?? '';
    if (query === this.#input.value) return;
    this.#input.value = query;
    this.#apply();
  }

  /**
   * How many entries a screen holds. Asked when the card is laid out, as a keystroke would have to lay out
   * the page for the answer.
   */
  #measure(): void {
    const columns = Math.max(1, Math.floor(this.clientWidth / LEAST_WIDTH));
    this.#screenful = columns * Math.ceil((innerHeight - BARS) / LEAST_HEIGHT);
  }

  /**
   * Shows what the query finds. What a screen holds changes at once; what lies below it follows in the
   * next frames, so that neither the reader nor the next keystroke waits for it. An entry takes the browser
   * a fiftieth of the time that there is, and most of a long card is below the screen.
   *
   * @param atOnce how many of those found.
   */
  #apply(atOnce = Infinity): void {
    const query = this.#input.value.trim();
    const { places, terms }: Found = query === '' ? this.#everything() : this.#filter(query);
    const best = query === '' ? undefined : places[0];
    this.#found = new Set(places);
    const order = places.toSorted((a, b) => a - b);
    const first = order.slice(0, atOnce);
    const groups = new Set(places.map((place) => this.#entries[place]!.group));
    for (const group of this.#groups) show(group, groups.has(group));
    /** The last that changes at once; beyond it only the best. */
    const border = order.length > atOnce ? first.at(-1)! : Infinity;
    const later: number[] = [];
    for (const [place, { element, group }] of this.#entries.entries()) {
      const found = this.#found.has(place);
      if (place === best || (place <= border && groups.has(group))) show(element, found);
      else if (found || isShown(element)) later.push(place);
    }
    if (best !== undefined && best > border) first.push(best);
    this.toggleAttribute('data-filtered', query !== '');
    this.#best = best === undefined ? undefined : this.#entries[best];
    this.#drawAtOnce(atOnce === Infinity ? [] : first);
    this.#mark(first, terms);
    this.#say(query, places.length);
    cancelAnimationFrame(this.#following);
    this.toggleAttribute('data-following', later.length > 0);
    // The next frame is the answer's own.
    this.#following = requestAnimationFrame(() => this.#follow(later, terms));
  }

  #drawAtOnce(places: readonly number[]): void {
    const next = new Set(places);
    for (const place of new Set([...this.#atOnce, ...next]))
      this.#entries[place]!.element.toggleAttribute(AT_ONCE, next.has(place));
    this.#atOnce = next;
  }

  /**
   * Whoever comes to the filter is going to type. An entry that was never in sight has no styles and no place
   * yet, which would be most of what the first keystroke takes; to ask where something in it stands gives it both.
   */
  *#warmUp(): Generator<void, void> {
    for (const query of 'aeimr') yield void this.#filter(query);
    for (const { link } of this.#entries) yield void link.offsetTop;
  }

  #everything(): Found {
    return { places: [...this.#entries.keys()], terms: [] };
  }

  #follow(places: readonly number[], terms: readonly Term[]): void {
    this.toggleAttribute('data-following', places.length > 0);
    if (places.length === 0) return;
    this.#following = requestAnimationFrame(() => {
      const next = places.slice(0, PER_FRAME);
      for (const place of next) show(this.#entries[place]!.element, this.#found.has(place));
      const found = next.filter((place) => this.#found.has(place));
      this.#mark(found, terms, HIGHLIGHTS?.get(MARKS));
      this.#follow(places.slice(PER_FRAME), terms);
    });
  }

  /** By the highlights of the browser: no element comes or goes. A browser without them marks nothing. */
  #mark(places: readonly number[], terms: readonly Term[], marks?: Highlight): void {
    if (!('highlights' in CSS)) return;
    const highlight = marks ?? new Highlight();
    if (terms.length > 0)
      for (const place of places)
        for (const text of this.#entries[place]!.texts)
          for (const [startOffset, endOffset] of marksIn(text.data, terms))
            highlight.add(
              new StaticRange({ startContainer: text, startOffset, endContainer: text, endOffset }),
            );
    CSS.highlights.set(MARKS, highlight);
  }

  #say(query: string, count: number): void {
    const all = this.#entries.length;
    this.#status.data =
      query === ''
        ? `${all} entries`
        : this.#best
          ? `${count} of ${all}. Enter opens ${this.#best.link.textContent}.`
          : `Nothing matches “${query}”. Ctrl+K searches the whole course.`;
  }

  /** Browsers allow an address to change only so often. */
  #note(): void {
    clearTimeout(this.#noting);
    this.#noting = window.setTimeout(() => this.#writeAddress(), 250);
  }

  #writeAddress(): void {
    const url = new URL(location.href);
    const query = this.#input.value.trim();
    if (query === (url.searchParams.get(PARAMETER) ?? '')) return;
    if (query === '') url.searchParams.delete(PARAMETER);
    else url.searchParams.set(PARAMETER, query);
    history.replaceState(history.state, '', url);
  }

  #onSlash(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = 'input, textarea, select, [contenteditable], dialog';
    if ((event.target as Partial<globalThis.Element>).closest?.(typing)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#focusFilter();
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const inFilter = target === this.#input;
    if (!inFilter && !target.matches('.entry-name')) return;
    if (event.key === 'Enter' && inFilter && !event.isComposing) {
      event.preventDefault();
      if (this.#best) this.#open(this.#best);
    } else if (event.key === 'Escape' && !inFilter) this.#focusFilter();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#step(event);
  }

  /** Arrow keys walk through what is shown, and back to the filter. */
  #step(event: KeyboardEvent): void {
    const links = this.#entries
      .filter(({ element }, place) => this.#found.has(place) && isShown(element))
      .map(({ link }) => link);
    const stops: HTMLElement[] = [this.#input, ...links];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #open({ link }: Shown): void {
    this.#writeAddress();
    if (location.hash === link.hash) this.#reveal();
    else location.hash = link.hash;
    link.focus({ preventScroll: true });
  }

  /** Shows what the address leads to, whatever the filter says, and opens its example. */
  #reveal(): void {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const entry = target && target.closest<HTMLElement>('.card-entry');
    if (!entry) return;
    if (!this.#found.has(this.#entries.findIndex(({ element }) => element === entry))) {
      this.#input.value = '';
      this.#apply();
      this.#writeAddress();
    }
    show(entry, true);
    entry.querySelector('details')!.open = true;
    target.scrollIntoView();
  }

  #focusFilter(): void {
    this.#input.focus();
    this.#input.select();
  }
}

function shown(element: HTMLElement): Shown {
  const link = element.querySelector<HTMLAnchorElement>('.entry-name')!;
  const synonyms = element.querySelector('.entry-synonyms');
  const texts = [link, synonyms].flatMap((parent) => (parent?.firstChild as Text | null) ?? []);
  return { element, group: element.closest<HTMLElement>('.card-group')!, link, texts };
}

function searchable({ element, texts: [name, synonyms] }: Shown) {
  const engines = [...element.querySelectorAll('.engine')].map((engine) => engine.textContent);
  return {
    name: name!.data,
    synonyms: synonyms?.data.split(', ') ?? [],
    tags: [element.dataset['kind']!, ...engines],
  };
}

customElements.define('reference-card', ReferenceCard);
