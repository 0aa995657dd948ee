/** The bar below a presentation: the way on and back, where one is, and what is shown. */

export type BarAction = 'previous' | 'next' | 'notes' | 'screen' | 'leave';

const BUTTONS: readonly { action: BarAction; text: string; label?: string }[] = [
  { action: 'previous', text: '←', label: 'Previous step' },
  { action: 'next', text: '→', label: 'Next step' },
  { action: 'notes', text: 'Notes' },
  { action: 'screen', text: 'Full screen' },
  { action: 'leave', text: 'Leave' },
];

export class Bar {
  readonly element = document.createElement('nav');
  readonly #status = document.createElement('p');
  readonly #onward: HTMLAnchorElement | undefined;

  /**
   * @param act what a button does.
   * @param nextPage the link to the page after this one, if there is one.
   */
  constructor(act: (action: BarAction) => void, nextPage: HTMLAnchorElement | null) {
    this.element.className = 'present-bar';
    this.element.setAttribute('aria-label', 'Presentation');
    this.#status.setAttribute('role', 'status');
    const [previous, ...others] = BUTTONS.map(({ action, text, label }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset['action'] = action;
      button.textContent = text;
      if (label) button.setAttribute('aria-label', label);
      button.addEventListener('click', () => act(action));
      return button;
    });
    if (nextPage) {
      this.#onward = document.createElement('a');
      this.#onward.href = `${nextPage.href}?present`;
      const title = nextPage.querySelector('.link-title')?.textContent.trim() ?? 'the next page';
      this.#onward.textContent = `Go on with ${title}`;
    }
    this.element.append(
      previous!,
      this.#status,
      ...(this.#onward ? [this.#onward] : []),
      ...others,
    );
    if (!document.fullscreenEnabled) this.#button('screen').hidden = true;
  }

  /** @param under the heading that the step stands under. */
  show(index: number, count: number, under: string): void {
    this.#status.textContent = `Step ${index + 1} of ${count}${under ? `: ${under}` : ''}`;
    // Not `disabled`: a disabled button that has the focus swallows the keys.
    this.#button('previous').setAttribute('aria-disabled', String(index === 0));
    this.#button('next').setAttribute('aria-disabled', String(index === count - 1));
    if (this.#onward) this.#onward.hidden = index < count - 1;
  }

  press(action: 'notes' | 'screen', pressed: boolean): void {
    this.#button(action).setAttribute('aria-pressed', String(pressed));
  }

  #button = (action: BarAction): HTMLButtonElement =>
    this.element.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)!;
}
