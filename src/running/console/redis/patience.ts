/** How long a reader waits for one command. */

/** After so many milliseconds the reader is told that something runs. */
const SLOW = 500;
/** Then it is ended. Counted, not measured: a computer that slept has not waited. */
const MOST_SECONDS = 30;

export class Patience {
  readonly #onSlow: (runs: boolean) => void;
  readonly #onEnd: () => void;
  #slow: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #isSlow = false;

  /**
   * @param onSlow told when a command takes long, and when it no longer runs.
   * @param onEnd called when one takes too long.
   */
  constructor(onSlow: (runs: boolean) => void, onEnd: () => void) {
    this.#onSlow = onSlow;
    this.#onEnd = onEnd;
  }

  /** Whether a command takes long. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  begin(): void {
    this.end();
    this.#slow = setTimeout(() => this.#say(true), SLOW);
    let seconds = 0;
    this.#beat = setInterval(() => {
      if ((seconds += 1) === MOST_SECONDS) this.#onEnd();
    }, 1000);
  }

  end(): void {
    clearTimeout(this.#slow);
    clearInterval(this.#beat);
    if (this.#isSlow) this.#say(false);
  }

  #say(runs: boolean): void {
    this.#isSlow = runs;
    this.#onSlow(runs);
  }
}
