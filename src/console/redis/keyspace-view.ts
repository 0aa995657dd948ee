/** The keys of a server as a table: name, type, encoding, time to live counting down, value. */
import { keyspace, type KeyView, type Server } from '../../engines/redis/emulator.ts';
import { create } from '../terminal/create.ts';
import { sayDuration } from './duration.ts';

const MOST_KEYS = 50;
const MOST_CHARACTERS = 160;

/** A value in short: its first elements, and that there are more. */
export function previewOf({ preview, size, type }: KeyView): string {
  const text = preview.join(', ');
  const more = type !== 'string' && size > preview.length ? ', …' : '';
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text + more;
}

export const nameOf = ({ db, key }: Pick<KeyView, 'db' | 'key'>): string =>
  db === 0 ? key : `${key} (database ${db})`;

export class KeyspaceView {
  readonly element: HTMLElement;
  readonly #body = create('tbody');
  readonly #note = create('p', { class: 'console-note' });
  readonly #table: HTMLElement;
  #expiring: { cell: HTMLElement; at: number }[] = [];

  constructor() {
    const head = ['Key', 'Type', 'TTL', 'Value'].map((name) =>
      create('th', { scope: 'col' }, name),
    );
    this.#table = create(
      'div',
      { class: 'console-scroll', role: 'group', 'aria-label': 'Keys', tabindex: '0' },
      create('table', {}, create('thead', {}, create('tr', {}, ...head)), this.#body),
    );
    this.element = create('div', { class: 'console-view' }, this.#table, this.#note);
  }

  /** Reads the server again. */
  draw(server: Server): void {
    const views = keyspace(server);
    const now = Math.floor(server.clock());
    this.#expiring = [];
    this.#body.replaceChildren(...views.slice(0, MOST_KEYS).map((view) => this.#row(view, now)));
    this.#table.hidden = views.length === 0;
    this.#note.textContent =
      views.length === 0
        ? 'No keys.'
        : views.length > MOST_KEYS
          ? `The first ${MOST_KEYS} of ${views.length.toLocaleString('en-US')} keys.`
          : '';
    this.count(now);
  }

  /** Only the times to live. */
  count(now: number): void {
    for (const { cell, at } of this.#expiring) {
      const text = sayDuration(at - now);
      if (cell.textContent !== text) cell.textContent = text;
    }
  }

  #row(view: KeyView, now: number): HTMLElement {
    const ttl = create('td', { class: 'num' }, 'none');
    if (view.ttl !== null) this.#expiring.push({ cell: ttl, at: now + view.ttl });
    return create(
      'tr',
      {},
      create('th', { scope: 'row' }, nameOf(view)),
      create('td', {}, view.type, create('small', {}, view.encoding)),
      ttl,
      create('td', { class: 'console-value' }, previewOf(view)),
    );
  }
}
