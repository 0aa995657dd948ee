/**
 * `<reference-card>`: the filter above the card. It hides what does not match; nothing else changes,
 * so that a keystroke is answered at once however many entries there are.
 */
import { createFilter, marksIn, type Found, type Term } from './filter.ts';

interface Shown {
  element: HTMLElement;
  /** The link that is its name, in its heading. */
  link: HTMLAnchorElement;
  /** The texts that are searched, and marked. */
  texts: Text[];
}

const PARAMETER = 'q';
const MARKS = 'card-match';

class ReferenceCard extends HTMLElement {
  #input = this.querySelector<HTMLInputElement>('#card-query')!;
  #status = this.querySelector('#card-status')!;
  #thumb = this.querySelector<HTMLButtonElement>('.card-thumb')!;
  #groups = [...this.querySelectorAll<HTMLElement>('.card-group')];
  #entries = [...this.querySelectorAll<HTMLElement>('.card-entry')].map(shown);
  #filter = createFilter(this.#entries.map(searchable));
  #best: Shown | undefined;
  #noting = 0;

  connectedCallback(): void {
    this.querySelector<HTMLElement>('.card-filter')!.hidden = false;
    this.#thumb.hidden = false;
    this.#thumb.addEventListener('click', () => this.#focusFilter());
    this.#input.addEventListener('input', () => {
      this.#apply();
      this.#note();
      // What was found begins below the filter, wherever the reader was.
      this.scrollIntoView();
    });
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

  #apply(): void {
    const query = this.#input.value.trim();
    const found: Found = query === '' ? this.#everything() : this.#filter(query);
    const visible = new Set(found.places);
    for (const [place, { element }] of this.#entries.entries())
      if (element.hidden === visible.has(place)) element.hidden = !visible.has(place);
    for (const group of this.#groups)
      group.hidden = !group.querySelector('.card-entry:not([hidden])');
    this.toggleAttribute('data-filtered', query !== '');
    this.#best = query === '' ? undefined : this.#entries[found.places[0] ?? -1];
    this.#mark(found.places, found.terms);
    this.#say(query, found.places.length);
  }

  #everything(): Found {
    return { places: [...this.#entries.keys()], terms: [] };
  }

  /** By the highlights of the browser: no element comes or goes. A browser without them marks nothing. */
  #mark(places: readonly number[], terms: readonly Term[]): void {
    if (!('highlights' in CSS)) return;
    const ranges =
      terms.length === 0
        ? []
        : places.flatMap((place) =>
            this.#entries[place]!.texts.flatMap((text) =>
              marksIn(text.data, terms).map(
                ([startOffset, endOffset]) =>
                  new StaticRange({
                    startContainer: text,
                    startOffset,
                    endContainer: text,
                    endOffset,
                  }),
              ),
            ),
          );
    CSS.highlights.set(MARKS, new Highlight(...ranges));
  }

  #say(query: string, count: number): void {
    const all = this.#entries.length;
    this.#status.textContent =
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
    if ((event.target as globalThis.Element).closest?.(typing)) return;
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
    const links = this.#entries.filter(({ element }) => !element.hidden).map(({ link }) => link);
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
    if (entry.hidden) {
      this.#input.value = '';
      this.#apply();
      this.#writeAddress();
    }
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
  return { element, link, texts };
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
