/** The collections or tables of a database: how much is in them, their fields and indexes. */
import { brief } from '../../cells/output/text.ts';
import { create } from '../terminal/create.ts';
import type { Catalog, Language } from './language.ts';

type Words = NonNullable<Language['words']>;

const MOST_FIELDS = 12;

export class CatalogView {
  readonly element: HTMLElement;
  readonly #body = create('tbody');
  readonly #note = create('p', { class: 'console-note' });
  readonly #table: HTMLElement;
  readonly #words: Words;

  constructor(words: Words) {
    this.#words = words;
    const head = [words.relation, words.size, 'Indexes', words.fields].map((name) =>
      create('th', { scope: 'col' }, name),
    );
    this.#table = create(
      'div',
      { class: 'console-scroll', role: 'group', 'aria-label': words.relations, tabindex: '0' },
      create('table', {}, create('thead', {}, create('tr', {}, ...head)), this.#body),
    );
    this.element = create('div', { class: 'console-view' }, this.#table, this.#note);
    this.draw({ database: '', relations: [] });
  }

  draw({ relations }: Catalog): void {
    this.#table.hidden = relations.length === 0;
    this.#note.textContent =
      relations.length === 0 ? `No ${this.#words.relations.toLowerCase()} yet.` : '';
    this.#body.replaceChildren(
      ...relations.map(({ name, size, fields, indexes }) =>
        create(
          'tr',
          {},
          create('th', { scope: 'row' }, brief(name)),
          create('td', { class: 'num' }, size === null ? '…' : size.toLocaleString('en-US')),
          create(
            'td',
            { class: 'console-value' },
            ...indexes.map(({ name, on }) =>
              create('div', {}, brief(name), create('small', {}, brief(on))),
            ),
          ),
          create(
            'td',
            { class: 'console-value' },
            fields
              .slice(0, MOST_FIELDS)
              .map((name) => brief(name))
              .join(', ') + (fields.length > MOST_FIELDS ? ', …' : ''),
          ),
        ),
      ),
    );
  }
}
