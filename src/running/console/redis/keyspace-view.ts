/** The keys of a server as a table: name, type, encoding, time to live counting down, value. */
import type { KeyRow, ServerState } from '../../../engines/redis/console/messages.ts';
import { create } from '../terminal/create.ts';
import { sayDuration } from './duration.ts';

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
    this.#table.hidden = true;
    this.element = create('div', { class: 'console-view' }, this.#table, this.#note);
  }

  draw({ keys, keyCount, now }: ServerState): void {
    this.#expiring = [];
    this.#body.replaceChildren(...keys.map((row) => this.#row(row, now)));
    this.#table.hidden = keys.length === 0;
    const left = keyCount - keys.length;
    this.#note.textContent =
      keyCount === 0
        ? 'No keys.'
        : left > 0
          ? `… and ${left.toLocaleString('en-US')} more ${left === 1 ? 'key' : 'keys'}.`
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

  #row({ name, type, encoding, ttl, value }: KeyRow, now: number): HTMLElement {
    const cell = create('td', { class: 'num' }, 'none');
    if (ttl !== null) this.#expiring.push({ cell, at: now + ttl });
    return create(
      'tr',
      {},
      create('th', { scope: 'row' }, name),
      create('td', {}, type, create('small', {}, encoding)),
      cell,
      create('td', { class: 'console-value' }, value),
    );
  }
}
