/**
 * The search dialog, until it is opened: the button and the keys that open it. What finds and shows comes
 * with it (`finding.ts`).
 */
import { whyNotLoaded } from '../../foundation/updates/updates.ts';

class CourseSearch extends HTMLElement {
  #dialog = this.querySelector('dialog')!;
  #finding: Promise<void> | undefined;

  connectedCallback(): void {
    const open = this.querySelector<HTMLButtonElement>('.search-open')!;
    open.disabled = false;
    open.addEventListener('click', () => this.#open());
    document.addEventListener('keydown', (event) => {
      const typing = (event.target as Partial<Element>).closest?.(
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
    this.querySelector('input')!.select();
    this.#finding ??= import('./finding.ts').then(({ findIn }) =>
      findIn(this.#dialog, this.dataset as { index: string; places: string }),
    );
    this.#finding.catch(async () => {
      this.#finding = undefined;
      this.querySelector('[role=status]')!.textContent = await whyNotLoaded(
        'The search could not be loaded. Check your connection, close this and open it again.',
      );
    });
  }
}

customElements.define('course-search', CourseSearch);
