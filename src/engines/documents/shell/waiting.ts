/**
 * How the shell waits. Nothing of a program happens at its own time: there are promises, which go on as soon as
 * nothing else is to be done, and timers, which the clock is turned to. So it is known when a promise is not settled
 * any more.
 */
import { type Clock, MOST_LATE_TIMERS } from './clock.ts';

/** Where programs run, as far as time goes. */
export interface Idling {
  /** Resolves when all promises have gone on as far as they can. */
  idle(): Promise<void>;
  /** The rejections since the last call that nobody has handled. */
  rejections(): unknown[];
}

/** What waits for something that does not come. */
export class NeverSettled extends Error {
  override readonly name = 'Error';

  constructor() {
    super(
      'This waits for a promise that nothing is left to settle. mongosh would wait until Ctrl+C; here the wait ends.',
    );
  }
}

/** Whether somebody can wait for a value. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as { then?: unknown }).then === 'function';

export class Waiting {
  readonly #idling: Idling;
  readonly #clock: Clock;

  constructor(idling: Idling, clock: Clock) {
    this.#idling = idling;
    this.#clock = clock;
  }

  /** What a promise is settled with. Timers fire until it is. @throws what it was rejected with; NeverSettled */
  async settled(promise: PromiseLike<unknown>): Promise<unknown> {
    let outcome: { value: unknown } | { reason: unknown } | undefined;
    Promise.resolve(promise).then(
      (value) => (outcome = { value }),
      (reason: unknown) => (outcome = { reason }),
    );
    await this.#idling.idle();
    while (!outcome) {
      if (!this.#clock.fireNext()) throw new NeverSettled();
      await this.#idling.idle();
    }
    if ('reason' in outcome) throw outcome.reason;
    return outcome.value;
  }

  /** Until promises have gone on as far as they can. No timer fires. */
  rest(): Promise<void> {
    return this.#idling.idle();
  }

  /** What was rejected and handled by nobody. */
  rejections(): unknown[] {
    return this.#idling.rejections();
  }

  /**
   * Lets the timers fire that a run has left behind.
   *
   * @param failed told of what one of them throws.
   */
  async finish(failed: (error: unknown) => void): Promise<void> {
    for (let fired = 0; ; fired++) {
      if (fired === MOST_LATE_TIMERS) {
        this.#clock.clearAll();
        failed(
          new Error(
            `${String(MOST_LATE_TIMERS)} timers fired after the last statement: the rest ends here. Clear an interval with clearInterval.`,
          ),
        );
        return;
      }
      try {
        if (!this.#clock.fireNext()) return;
      } catch (error) {
        failed(error);
      }
      await this.#idling.idle();
      for (const reason of this.rejections()) failed(reason);
    }
  }
}
