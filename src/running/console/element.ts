/**
 * `<course-console>`: the button that opens a console. It stays small; the console and its database
 * are loaded when a reader asks for them.
 */
import type { EngineName } from '../../engines/engine.ts';
import { keepEarlyKeys } from './early-keys.ts';
import { whyNotLoaded } from '../../foundation/updates/updates.ts';

class CourseConsole extends HTMLElement {
  #opening = false;

  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-action=open]');
    if (!button) return;
    button.hidden = false;
    const warm = (): void => void import('./open.ts').catch(() => undefined);
    button.addEventListener('pointerenter', warm, { once: true });
    button.addEventListener('focus', warm, { once: true });
    button.addEventListener('click', () => void this.#open());
  }

  async #open(): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    const status = this.querySelector('.console-status')!;
    status.textContent = 'Loading the console…';
    const handOver = keepEarlyKeys();
    try {
      const { openConsole } = await import('./open.ts');
      await openConsole(
        this.querySelector<HTMLElement>('.console-body')!,
        this.dataset['engine'] as EngineName,
        this.dataset['dataset'] ?? null,
      );
    } catch {
      this.#opening = false;
      status.textContent = await whyNotLoaded(
        'The console could not be loaded. Check your connection and press the button again.',
      );
    } finally {
      handOver();
    }
  }
}

customElements.define('course-console', CourseConsole);
