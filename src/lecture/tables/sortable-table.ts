/**
 * Puts a button into each head of a table. The first press sorts up, the second down, the third brings the
 * author's order back.
 */
import { sortedPlaces, type Direction } from './order.ts';

/** What follows a direction; the author's order comes last. */
const NEXT: Readonly<Record<string, Direction>> = { '': 'ascending', ascending: 'descending' };

class SortableTable extends HTMLElement {
  #rows: HTMLTableRowElement[] = [];

  connectedCallback(): void {
    if (this.#rows.length > 0) return;
    this.#rows = [...this.querySelectorAll<HTMLTableRowElement>('tbody tr')];
    this.querySelector('table')!.ariaLabel = this.dataset['label'] ?? null;
    for (const [column, head] of this.#heads.entries()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => this.#press(column));
      head.append(button);
    }
  }

  get #heads(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('thead th')];
  }

  #press(column: number): void {
    const head = this.#heads[column]!;
    const direction = NEXT[head.ariaSort ?? ''] ?? null;
    for (const other of this.#heads) other.ariaSort = null;
    head.ariaSort = direction;
    const values = this.#rows.map((row) => row.cells[column]!.textContent.trim());
    const places = direction
      ? sortedPlaces(values, direction)
      : this.#rows.map((_row, place) => place);
    this.querySelector('tbody')!.append(...places.map((place) => this.#rows[place]!));
    this.querySelector('.sortable-status')!.textContent = direction
      ? `Sorted by ${head.textContent.trim()}, ${direction}.`
      : 'In the order of the text again.';
  }
}

customElements.define('sortable-table', SortableTable);
