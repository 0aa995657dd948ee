/**
 * The search dialog, on Pagefind's own index. A result is a page with the sections of it that match;
 * matches are marked by us, from plain text.
 */
import { searchTerms } from './query.ts';

interface SubResult {
  title: string;
  url: string;
  /** HTML with `<mark>` and escaped text. */
  excerpt: string;
}
interface Result extends SubResult {
  /** The number is that of a part or a section. */
  meta: { title: string; number?: string };
  sub_results: SubResult[];
}
interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: object,
    wait?: number,
  ): Promise<{ results: { data(): Promise<Result> }[] } | null>;
}

const SHOWN = 8;
const SECTIONS = 3;

class CourseSearch extends HTMLElement {
  #dialog = this.querySelector('dialog')!;
  #input = this.querySelector('input')!;
  #list = this.querySelector('ol')!;
  #status = this.querySelector('[role=status]')!;
  #pagefind: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('.search-open')!;
    open.disabled = false;
    open.addEventListener('click', () => this.#open());
    this.#input.addEventListener('input', () => void this.#search());
    this.#dialog.addEventListener('keydown', (event) => {
      // A search field keeps Escape for itself, to clear it.
      if (event.key === 'Escape') this.#dialog.close();
      this.#move(event);
    });
    this.#dialog.addEventListener('click', (event) => {
      const target = event.target as globalThis.Element;
      if (target === this.#dialog || target.closest('a')) this.#dialog.close();
    });
    document.addEventListener('keydown', (event) => {
      const typing = (event.target as globalThis.Element).closest?.(
        'input, textarea, select, [contenteditable]',
      );
      const shortcut = event.key === 'k' && (event.metaKey || event.ctrlKey);
      if (!shortcut && !(event.key === '/' && !typing && !event.metaKey && !event.ctrlKey)) return;
      event.preventDefault();
      this.#open();
    });
  }

  #open(): void {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#input.select();
    this.#load().catch(() => undefined);
  }

  #load(): Promise<Pagefind> {
    this.#pagefind ??= (async () => {
      const pagefind = (await import(/* @vite-ignore */ this.dataset['index']!)) as Pagefind;
      await pagefind.options({ excerptLength: 20 });
      await pagefind.init();
      return pagefind;
    })();
    this.#pagefind.catch(() => (this.#pagefind = undefined));
    return this.#pagefind;
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    if (query === '') return this.#show([], '');
    this.#status.textContent = 'Searching…';
    try {
      const found = await (await this.#load()).debouncedSearch(searchTerms(query), {}, 120);
      if (!found) return; // a newer search took over
      const results = await Promise.all(
        found.results.slice(0, SHOWN).map((result) => result.data()),
      );
      if (query !== this.#input.value.trim()) return;
      const count = found.results.length;
      this.#show(
        results,
        count === 0
          ? `Nothing found for “${query}”.`
          : `${count} ${count === 1 ? 'page' : 'pages'}`,
      );
    } catch {
      this.#show([], 'The search index could not be loaded. Check your connection and type again.');
    }
  }

  #show(results: Result[], status: string): void {
    this.#status.textContent = status;
    this.#list.replaceChildren(...results.map((result) => this.#item(result)));
  }

  #item(result: Result): HTMLLIElement {
    const item = document.createElement('li');
    const sections = result.sub_results.filter(({ url }) => url !== result.url).slice(0, SECTIONS);
    const { title, number = '' } = result.meta;
    item.append(
      this.#link(
        `${number} ${title}`.trim(),
        result.url,
        sections.length > 0 ? '' : result.excerpt,
      ),
    );
    for (const { title, url, excerpt } of sections)
      item.append(this.#link(title, url, excerpt, 'sub'));
    return item;
  }

  #link(title: string, url: string, excerpt: string, kind = ''): HTMLAnchorElement {
    const link = document.createElement('a');
    link.href = url;
    link.className = kind;
    const name = document.createElement('strong');
    name.textContent = title;
    link.append(name);
    if (excerpt !== '') {
      const text = document.createElement('span');
      text.append(...marked(excerpt), /[.?!:;]$/.test(excerpt) ? '' : ' …');
      link.append(text);
    }
    return link;
  }

  /** Arrow keys walk through the results and back to the field. */
  #move(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [this.#input, ...this.#list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

/** An excerpt's text with its matches marked: parsed, and rebuilt from text alone. */
function marked(excerpt: string): (globalThis.Node | string)[] {
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...body.childNodes].map((node) => {
    if (!(node instanceof HTMLElement) || node.localName !== 'mark') return node.textContent ?? '';
    const mark = document.createElement('mark');
    mark.textContent = node.textContent;
    return mark;
  });
}

customElements.define('course-search', CourseSearch);
