/** The clock of an emulated server: it runs with the reader's, stands still, or leaps. */
import { create, createButton } from '../terminal/create.ts';

const SKIPS = [
  [1000, '+1 s', 'a second'],
  [10_000, '+10 s', 'ten seconds'],
  [60_000, '+1 min', 'a minute'],
  [3_600_000, '+1 h', 'an hour'],
] as const;

/** How often a running clock is read, in milliseconds. */
const BEAT = 200;
/** A page that slept does not make up for it: at most so much passes at a beat. */
const LONGEST_BEAT = 1000;

/** `1 Jan 2026, 12:00:05`. */
export const sayTime = (time: number): string =>
  new Date(time).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
  });

export interface ClockOwner {
  readonly now: number;
  /** A little time has passed by itself. */
  beat(milliseconds: number): void;
  /** Lets time pass at once. Resolves when it has, with the time it is then; `null` if it came to nothing. */
  leap(milliseconds: number): Promise<number | null>;
}

export class ClockControls {
  readonly element: HTMLElement;
  readonly #owner: ClockOwner;
  readonly #face: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  #beat: number | undefined;
  #last = 0;

  /** @param say tells everybody, screen readers included, what a press did. */
  constructor(owner: ClockOwner, say: (text: string) => void) {
    this.#owner = owner;
    this.#face = create('span', { class: 'console-time' });
    this.#toggle = createButton('Pause', () => {
      if (this.#beat === undefined) this.play();
      else this.pause();
      say(this.#beat === undefined ? 'The clock stands still.' : 'The clock runs.');
    });
    const skips = SKIPS.map(([milliseconds, text, words]) =>
      createButton(
        text,
        () =>
          void owner.leap(milliseconds).then((now) => {
            if (now !== null) say(`Skipped ${words}: it is ${sayTime(now)}.`);
          }),
        { title: `Let ${words} pass at once` },
      ),
    );
    this.element = create(
      'div',
      { class: 'console-controls', role: 'group', 'aria-label': 'Clock' },
      this.#face,
      this.#toggle,
      ...skips,
    );
    this.draw();
  }

  draw(): void {
    this.#face.textContent = sayTime(this.#owner.now);
  }

  play(): void {
    this.#last = performance.now();
    this.#beat ??= window.setInterval(() => this.#tick(), BEAT);
    this.#toggle.textContent = 'Pause';
  }

  pause(): void {
    window.clearInterval(this.#beat);
    this.#beat = undefined;
    this.#toggle.textContent = 'Play';
  }

  #tick(): void {
    if (!this.element.isConnected) return this.pause();
    const now = performance.now();
    const passed = Math.min(LONGEST_BEAT, Math.round(now - this.#last));
    this.#last = now;
    if (document.hidden) return;
    this.#owner.beat(passed);
    this.draw();
  }
}
