/** `<kept-course>`: says what of the course is kept, and keeps the rest when a reader asks for it. */
import { base } from '../../foundation/addresses/base.ts';
import { OFFLINE_PATH } from './kept-site.ts';
import { endInWords, missingBytes, size, stateInWords } from './kept-words.ts';
import type { Answers, Kept, Message } from './messages.ts';
import type { Fetching } from './worker/filling.ts';

/** In milliseconds: how long a worker takes at most. It gives up a file before. */
const AT_MOST = 130_000;

class KeptCourse extends HTMLElement {
  #stopped = true;

  connectedCallback(): void {
    const instead = location.pathname !== `${base}/${OFFLINE_PATH}`;
    this.#part('.kept-instead').hidden = !instead;
    this.#button('again').addEventListener('click', () => location.reload());
    this.#button('all').addEventListener('click', () => void this.#keepAll());
    this.#button('stop').addEventListener('click', () => (this.#stopped = true));
    if (!('serviceWorker' in navigator)) return this.#denied();
    navigator.serviceWorker.addEventListener('controllerchange', () => void this.#show());
    void this.#show();
  }

  #denied(): void {
    this.#say('Your browser lets this site keep nothing here, as in a private window.');
  }

  async #show(): Promise<void> {
    const kept = await ask({ ask: 'kept' });
    if (!this.#stopped) return;
    if (!kept)
      return this.#say(
        'Nothing yet. Your browser begins a few seconds after your first visit, unless it lets this site keep nothing, as in a private window.',
      );
    this.#tell(kept);
  }

  #tell(kept: Kept): void {
    this.#say(stateInWords(kept));
    this.#part('.kept-all').hidden = kept.missing.length === 0;
    this.#part('.kept-size').textContent = `Up to ${size(missingBytes(kept))} to download.`;
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  async #keepAll(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#showKeeping(true);
    // Browsers clear first what nobody asked them to keep.
    const storage = navigator.storage as Partial<StorageManager> | undefined;
    void storage?.persist?.().catch(() => false);
    const kept = await ask({ ask: 'kept' });
    const why = kept ? await this.#keep(kept) : 'unreachable';
    const stopped = this.#isStopped();
    this.#stopped = true;
    this.#showKeeping(false);
    const left = await ask({ ask: 'kept' });
    if (!left) return this.#say(endInWords(why, kept?.missing.length ?? 0));
    this.#tell(left);
    if (left.missing.length > 0)
      this.#say(endInWords(stopped ? 'stopped' : why, left.missing.length));
  }

  /** @returns how the last file that did not come failed. */
  async #keep(kept: Kept): Promise<Fetching> {
    const all = missingBytes(kept);
    let done = 0;
    let how: Fetching = 'kept';
    for (const [path, bytes] of kept.missing) {
      if (this.#stopped) return how;
      this.#say(`Keeping: ${size(done)} of ${size(all)}.`, 'quietly');
      const one = (await ask({ ask: 'keep', path })) ?? 'unreachable';
      if (one === 'refused' || one === 'unreachable') return one;
      if (one !== 'kept') how = one;
      done += bytes;
      this.querySelector('progress')!.value = done / all;
    }
    return how;
  }

  #showKeeping(keeping: boolean): void {
    const [all, stop] = [this.#button('all'), this.#button('stop')];
    const focused = document.activeElement === all || document.activeElement === stop;
    all.hidden = keeping;
    stop.hidden = !keeping;
    const progress = this.querySelector('progress')!;
    progress.hidden = !keeping;
    progress.value = 0;
    this.#part('.kept-size').hidden = keeping;
    if (focused) (keeping ? stop : all).focus();
  }

  /** @param how `quietly`: a screen reader does not read out every step. */
  #say(text: string, how?: 'quietly'): void {
    const state = this.#part('.kept-state');
    state.setAttribute('aria-live', how === 'quietly' ? 'off' : 'polite');
    state.textContent = text;
  }

  #part = (selector: string): HTMLElement => this.querySelector<HTMLElement>(selector)!;
  #button = (name: string): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-kept=${name}]`)!;
}

/** @returns the worker's answer; nothing if there is no worker, or it does not answer. */
async function ask<Question extends keyof Answers>(
  message: Extract<Message, { ask: Question }>,
): Promise<Answers[Question] | undefined> {
  const worker = navigator.serviceWorker.controller;
  if (!worker) return undefined;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), AT_MOST);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      resolve(data as Answers[Question]);
    };
    worker.postMessage(message, [port2]);
  });
}

customElements.define('kept-course', KeptCourse);
