/**
 * A button that starts something and one that ends it. Each has a place of its own, and the first keeps the focus: a
 * second click, Enter held down or pressed twice meets the button that it was meant for, which takes both as one.
 */

/** In milliseconds: presses within this time are one. Systems take half a second for a double click. */
const ONE_PRESS = 500;
/** In milliseconds: what ends sooner needs no button to end it. */
const SOON = 200;

export class RunButtons {
  readonly #run: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #start: () => void;
  #running = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #appearing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    run: HTMLButtonElement,
    stop: HTMLButtonElement,
    on: { start(): void; stop(): void },
  ) {
    this.#run = run;
    this.#stop = stop;
    this.#start = () => on.start();
    run.addEventListener('click', ({ detail }) => {
      // Of a double click, however slow this system lets it be.
      if (detail < 2) this.press();
    });
    run.addEventListener('keydown', (event) => {
      if (event.repeat && event.key === 'Enter') event.preventDefault();
    });
    stop.addEventListener('click', () => {
      on.stop();
      this.#rest();
      run.focus();
    });
  }

  /** Starts, unless it was started just now. */
  press(): void {
    if (this.#running || this.#resting !== undefined) return;
    this.#rest();
    this.#start();
  }

  /** What it would start is another thing now: the next press is no part of the last one. */
  renew(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
    this.#showRun();
  }

  /** Shows whether it runs. */
  show(running: boolean): void {
    this.#running = running;
    this.#showRun();
    clearTimeout(this.#appearing);
    if (running) this.#appearing = setTimeout(() => (this.#stop.hidden = false), SOON);
    else {
      if (document.activeElement === this.#stop) this.#run.focus({ preventScroll: true });
      this.#stop.hidden = true;
    }
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.renew(), ONE_PRESS);
    this.#showRun();
  }

  /** A disabled button would lose the focus. */
  #showRun(): void {
    const busy = this.#running || this.#resting !== undefined;
    if (busy) this.#run.setAttribute('aria-disabled', 'true');
    else this.#run.removeAttribute('aria-disabled');
  }
}
