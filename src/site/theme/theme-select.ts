/**
 * The reader's choice of a theme: kept in this browser, and the system's where none was made. It is shown before the
 * first paint of every page (ThemeProvider).
 */
import { Kept } from '../../foundation/kept/kept.ts';

const light = matchMedia('(prefers-color-scheme: light)');

type Choice = 'auto' | 'dark' | 'light';

const choiceOf = (text: unknown): Choice => (text === 'dark' || text === 'light' ? text : 'auto');

const kept = new Kept('theme', 1, choiceOf);

function show(choice: Choice): void {
  StarlightThemeProvider.updatePickers(choice);
  const system = light.matches ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = choice === 'auto' ? system : choice;
}

light.addEventListener('change', () => {
  // All pickers of a page show the same, also where nothing can be kept.
  const shown = document.querySelector<HTMLSelectElement>('starlight-theme-select select');
  if (choiceOf(shown?.value) === 'auto') show('auto');
});

class ThemeSelect extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector('select')!;
    select.addEventListener('change', () => {
      const choice = choiceOf(select.value);
      show(choice);
      kept.set('', choice);
    });
  }
}

customElements.define('starlight-theme-select', ThemeSelect);
