/** `setTimeout` and its kin, by the clock of the session. */
import type { Clock } from './clock.ts';

type Callback = (...args: unknown[]) => void;

/** What `setTimeout` answers. */
export class Timeout {
  readonly #clock: Clock;
  readonly #number: number;

  constructor(clock: Clock, number: number) {
    this.#clock = clock;
    this.#number = number;
  }

  close(): this {
    this.#clock.clear(this.#number);
    return this;
  }

  /** A run waits for all of its timers. */
  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.toPrimitive](): number {
    return this.#number;
  }
}

export function timers(clock: Clock): Record<string, (...args: never[]) => unknown> {
  const set =
    (name: string, repeats: boolean) =>
    (fire: Callback, after = 1, ...args: unknown[]) => {
      if (typeof fire !== 'function')
        throw new TypeError(
          `${name} takes a function, and how many milliseconds later to call it.`,
        );
      return new Timeout(
        clock,
        clock.set(() => fire(...args), Number(after), repeats),
      );
    };
  const clear = (timer: unknown) => {
    if (timer instanceof Timeout) timer.close();
    else if (typeof timer === 'number') clock.clear(timer);
  };
  const immediate = set('setImmediate', false);
  return {
    setTimeout: set('setTimeout', false),
    setInterval: set('setInterval', true),
    setImmediate: (fire: Callback, ...args: unknown[]) => immediate(fire, 0, ...args),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  };
}
