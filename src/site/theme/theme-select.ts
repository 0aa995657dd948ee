/** The reader's choice of a theme: kept in this browser, and the system's where none was made. */
const THEME_KEY = 'starlight-theme';
const light = matchMedia('(prefers-color-scheme: light)');

type Choice = 'auto' | 'dark' | 'light';

const choiceOf = (text: string | undefined): Choice =>
  text === 'dark' || text === 'light' ? text : 'auto';

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
      try {
        localStorage.setItem(THEME_KEY, choice === 'auto' ? '' : choice);
      } catch {
        // Storage is denied: the choice holds for this page.
      }
    });
  }
}

customElements.define('starlight-theme-select', ThemeSelect);
