/**
 * The countdown of an exercise. It speaks only when it matters: at the start, in the last minute and at the end.
 */
class CourseTimer extends HTMLElement {
  #seconds = 0;
  #end: number | undefined;
  #interval: number | undefined;

  connectedCallback(): void {
    this.#seconds = Number(this.dataset['minutes']) * 60;
    this.#button('start').hidden = false;
    this.#button('start').addEventListener('click', () => this.#toggle());
    this.#button('reset').addEventListener('click', () => this.#reset());
    this.#draw(this.#seconds);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#interval);
  }

  #button = (action: string): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)!;

  #toggle(): void {
    if (this.#interval !== undefined) return this.#pause();
    this.#end = Date.now() + this.#seconds * 1000;
    this.#interval = window.setInterval(() => this.#tick(), 250);
    this.#button('start').textContent = 'Pause';
    this.#button('reset').hidden = false;
    this.#say(`${Math.ceil(this.#seconds / 60)} minutes. Go.`);
  }

  #pause(): void {
    window.clearInterval(this.#interval);
    this.#interval = undefined;
    this.#button('start').textContent = 'Continue';
  }

  #reset(): void {
    this.#pause();
    this.#button('start').disabled = false;
    this.#seconds = Number(this.dataset['minutes']) * 60;
    this.#button('start').textContent = `Start ${this.dataset['minutes']} minutes`;
    this.#button('reset').hidden = true;
    this.#say('');
    this.#draw(this.#seconds);
    this.#button('start').focus();
  }

  #tick(): void {
    const left = Math.max(0, Math.round((this.#end! - Date.now()) / 1000));
    if (left === this.#seconds) return;
    this.#seconds = left;
    this.#draw(left);
    if (left === 60) this.#say('One minute left.');
    if (left > 0) return;
    this.#pause();
    this.#button('start').textContent = 'Time is up';
    this.#button('start').disabled = true;
    this.#say('Time is up. Read on: what you have is enough.');
  }

  #draw(seconds: number): void {
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    this.querySelector('.timer-time')!.textContent = text;
  }

  #say(text: string): void {
    this.querySelector('.timer-status')!.textContent = text;
  }
}

customElements.define('course-timer', CourseTimer);
