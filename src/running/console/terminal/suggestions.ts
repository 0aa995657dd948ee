/** The list of suggestions below a prompt: a strip that a thumb can tap and the arrow keys walk. */
import { MOST_SUGGESTIONS, type Completion, type Suggestion } from './completion.ts';
import { brief } from '../../cells/output/text.ts';
import { create } from './create.ts';

/** A key that waits for suggestions waits so many milliseconds; then it is as if there were none. */
const PATIENCE = 400;

/** Keys that are for suggestions. */
type Key = 'Tab' | 'ArrowDown';

export class SuggestionList {
  readonly element: HTMLElement;
  readonly #field: HTMLElement;
  readonly #onAccept: (suggestion: Suggestion, from: number) => void;
  #completion: Completion | null = null;
  #active = -1;
  /** What was asked for last and has not come yet. */
  #awaited: Promise<unknown> | null = null;
  /** The key that was pressed meanwhile. */
  #held: { key: Key; until: number } | null = null;

  /**
   * @param field what the suggestions are for; it keeps the focus, and tells which one is active.
   * @param onAccept one was tapped.
   */
  constructor(
    field: HTMLElement,
    id: string,
    onAccept: (suggestion: Suggestion, from: number) => void,
  ) {
    this.#field = field;
    this.#onAccept = onAccept;
    this.element = create('div', {
      class: 'console-suggestions',
      id,
      role: 'listbox',
      'aria-label': 'Suggestions',
      'aria-orientation': 'horizontal',
    });
    this.element.hidden = true;
    // The field keeps the focus, and a phone its keyboard.
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
    this.element.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.#accept([...this.element.children].indexOf(option));
    });
  }

  get open(): boolean {
    return this.#completion !== null;
  }

  /** Whether one was chosen with the arrow keys. */
  get hasActive(): boolean {
    return this.#active >= 0;
  }

  /** Where the word begins that is being completed. */
  get from(): number {
    return this.#completion?.from ?? 0;
  }

  /** Whether suggestions are on their way. */
  get isAwaited(): boolean {
    return this.#awaited !== null;
  }

  /** Shows suggestions, as soon as they are there. */
  ask(completion: Completion | null | Promise<Completion | null>): void {
    if (!(completion instanceof Promise)) return this.show(completion);
    // Until they come, those that are there stay; none of them is chosen by a key.
    this.#activate(-1);
    this.#held = null;
    this.#awaited = completion;
    void completion.then((found) => {
      if (this.#awaited !== completion) return;
      const held = this.#held;
      this.show(found);
      if (!this.open || !held || performance.now() > held.until) return;
      if (held.key === 'Tab') this.accept();
      else this.move(1);
    });
  }

  /**
   * Keeps a key for suggestions that are on their way: a word that was typed quickly is completed all
   * the same. A second one is not kept.
   *
   * @returns whether the key is used up.
   */
  hold(key: Key): boolean {
    if (!this.#awaited || this.#held) return false;
    this.#held = { key, until: performance.now() + PATIENCE };
    return true;
  }

  show(completion: Completion | null): void {
    this.#awaited = null;
    this.#held = null;
    const suggestions = completion?.suggestions.slice(0, MOST_SUGGESTIONS) ?? [];
    if (!completion || suggestions.length === 0) return this.close();
    this.#completion = { from: completion.from, suggestions };
    this.element.replaceChildren(
      ...suggestions.map(({ text, label, detail }, index) =>
        create(
          'div',
          { role: 'option', id: `${this.element.id}-${index}`, 'aria-selected': 'false' },
          brief((label ?? text).trim()),
          ...(detail ? [create('small', {}, brief(detail))] : []),
        ),
      ),
    );
    this.element.scrollLeft = 0;
    this.element.hidden = false;
    this.#activate(-1);
  }

  close(): void {
    this.#awaited = null;
    this.#held = null;
    this.#completion = null;
    this.element.replaceChildren();
    this.element.hidden = true;
    this.#activate(-1);
  }

  /** Walks the list; before the first there is none. */
  move(step: 1 | -1): void {
    const count = this.element.children.length;
    this.#activate(Math.max(-1, Math.min(count - 1, this.#active + step)));
  }

  /** Takes the active suggestion, or the first. */
  accept(): void {
    this.#accept(Math.max(0, this.#active));
  }

  #accept(index: number): void {
    const suggestion = this.#completion?.suggestions[index];
    if (suggestion) this.#onAccept(suggestion, this.#completion!.from);
  }

  #activate(index: number): void {
    this.element.children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = index;
    const option = this.element.children[index];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (option) this.#field.setAttribute('aria-activedescendant', option.id);
    else this.#field.removeAttribute('aria-activedescendant');
    if (this.#field.getAttribute('role') === 'combobox')
      this.#field.setAttribute('aria-expanded', String(this.open));
  }
}
