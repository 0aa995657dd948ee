/** The run sheet counts from 0:00, or from the time at which the class starts. */
import { timeOfDay } from './clock.ts';

class RunSheet extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('input')!;
    const print = this.querySelector<HTMLButtonElement>('[data-action=print]')!;
    field.closest('label')!.hidden = false;
    print.hidden = false;
    print.addEventListener('click', () => window.print());
    const cells = [...this.querySelectorAll<HTMLElement>('[data-minute]')].map((cell) => ({
      cell,
      counted: cell.textContent,
    }));
    field.addEventListener('input', () => {
      for (const { cell, counted } of cells)
        cell.textContent = timeOfDay(field.value, Number(cell.dataset['minute'])) ?? counted;
    });
  }
}

customElements.define('run-sheet', RunSheet);
