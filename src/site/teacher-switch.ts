/**
 * The one switch for the teacher's notes, remembered in this browser. The attribute on the root is
 * set again before the first paint of every page (ThemeProvider).
 */
import { Kept } from '../foundation/kept/kept.ts';
import { openSealed } from '../foundation/sealed/open.ts';

const kept = new Kept('teacher', 1, (data) => data === true);

class TeacherSwitch extends HTMLElement {
  connectedCallback(): void {
    const box = this.querySelector('input')!;
    this.querySelector('label')!.hidden = false;
    box.checked = 'teacher' in document.documentElement.dataset;
    this.#open(box.checked);
    box.addEventListener('change', () => {
      document.documentElement.toggleAttribute('data-teacher', box.checked);
      this.#open(box.checked);
      kept.set('', box.checked);
    });
  }

  #open(open: boolean): void {
    for (const note of document.querySelectorAll<HTMLDetailsElement>('.teacher-note')) {
      if (open) unsealed(note);
      note.open = open;
    }
  }
}

/** A note opens once, and stays. */
function unsealed(note: HTMLElement): void {
  const sealed = note.querySelector('template');
  if (sealed)
    sealed.replaceWith(
      ...[...openSealed(note).childNodes].map((one) => document.importNode(one, true)),
    );
}

customElements.define('teacher-switch', TeacherSwitch);
