/**
 * Shows one question of a decision at a time. The answers are links, so every step is an address: this
 * adds the way that led there, kept with the step in the browser's history. Its Back goes the same way.
 */

/** One answered question. */
interface Answered {
  /** The question's id in the page. */
  to: string;
  asked: string;
  answer: string;
}

class CourseChooser extends HTMLElement {
  connectedCallback(): void {
    this.dataset['enhanced'] = '';
    this.addEventListener('click', (event) => this.#clicked(event));
    // Also fired for a link to a fragment anywhere in the page.
    window.addEventListener('popstate', this.#moved);
    if (this.#step(location.hash.slice(1)))
      this.#show(location.hash.slice(1), wayInHistory(), true);
    else this.#show(this.#start, [], false);
  }

  disconnectedCallback(): void {
    window.removeEventListener('popstate', this.#moved);
  }

  get #start(): string {
    return this.dataset['start']!;
  }

  #step(id: string): HTMLElement | undefined {
    return [...this.querySelectorAll<HTMLElement>('.chooser-step')].find((step) => step.id === id);
  }

  #moved = (): void => {
    const id = location.hash.slice(1);
    if (this.#step(id)) this.#show(id, wayInHistory(), true);
    // Before the first answer the address names no step.
    else if (id === '') this.#show(this.#start, [], false);
  };

  #clicked(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element))
      return;
    const button = event.target.closest('button');
    if (button) return this.#press(button.dataset['action']!);
    const link = event.target.closest<HTMLAnchorElement>('a[href^="#choose-"]');
    if (!link) return;
    event.preventDefault();
    const id = link.hash.slice(1);
    const { answer, asked } = link.dataset;
    const way = this.#way();
    if (answer && asked) this.#go(id, [...way, { to: this.#current.id, asked, answer }]);
    else {
      const place = way.findIndex(({ to }) => to === id);
      this.#go(id, place === -1 ? way : way.slice(0, place));
    }
  }

  #press(action: string): void {
    const way = this.#way();
    const last = way.at(-1);
    if (action === 'back' && last) this.#go(last.to, way.slice(0, -1));
    if (action === 'restart') this.#go(this.#start, []);
  }

  #go(id: string, way: Answered[]): void {
    history.pushState({ ...(history.state as object | null), chooserWay: way }, '', `#${id}`);
    this.#show(id, way, true);
  }

  get #current(): HTMLElement {
    return this.querySelector<HTMLElement>('.chooser-step[data-current]')!;
  }

  /** How the reader came to what is shown. */
  #way(): Answered[] {
    return JSON.parse(this.dataset['way']!) as Answered[];
  }

  /** @param way without one, the shortest that leads there. */
  #show(id: string, way: Answered[] | undefined, move: boolean): void {
    const step = this.#step(id)!;
    for (const other of this.querySelectorAll<HTMLElement>('.chooser-step'))
      other.toggleAttribute('data-current', other === step);
    const shown = way ?? (JSON.parse(step.dataset['way']!) as Answered[]);
    this.dataset['way'] = JSON.stringify(shown);
    const list = this.querySelector<HTMLElement>('.chooser-way')!;
    list.replaceChildren(...shown.map(answeredItem));
    list.hidden = shown.length === 0;
    this.querySelector<HTMLElement>('.chooser-moves')!.hidden = shown.length === 0;
    if (!move) return;
    // The heading is read out, and Tab goes on from there.
    step.querySelector('h3')!.focus({ preventScroll: true });
    const { top, bottom } = this.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) this.scrollIntoView({ block: 'start' });
  }
}

function answeredItem({ to, asked, answer }: Answered): HTMLLIElement {
  const item = document.createElement('li');
  const link = item.appendChild(document.createElement('a'));
  link.href = `#${to}`;
  link.textContent = asked;
  item.append(` ${answer === 'yes' ? 'Yes' : 'No'}`);
  return item;
}

const wayInHistory = (): Answered[] | undefined =>
  (history.state as { chooserWay?: Answered[] } | null)?.chooserWay;

customElements.define('course-chooser', CourseChooser);
