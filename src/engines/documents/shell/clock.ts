/**
 * The clock of a session, and its timers. Nobody waits in real time: `sleep(1000)` turns the clock a second forward,
 * and what was set for the time in between happens then, in its order.
 */

interface Timer {
  /** By how far the clock has been turned: what computes takes no time, so the order is the same everywhere. */
  at: number;
  /** Of two that are due at once, the one that was set first comes first. */
  order: number;
  /** In milliseconds; `null` for one that fires once. */
  every: number | null;
  fire: () => void;
}

/** After a run has ended, so many timers may still fire. */
export const MOST_LATE_TIMERS = 1000;

export class Clock {
  readonly #real: () => Date;
  #ahead = 0;
  #count = 0;
  readonly #timers = new Map<number, Timer>();

  /** @param real the time that goes on by itself. */
  constructor(real: () => Date) {
    this.#real = real;
  }

  /** In milliseconds since 1970. */
  get time(): number {
    return this.#real().getTime() + this.#ahead;
  }

  now(): Date {
    return new Date(this.time);
  }

  /** Turns the clock forward. What is due on the way happens on the way. */
  sleep(milliseconds: number): void {
    const until = this.#ahead + milliseconds;
    while (this.#next() && this.#next()![1].at <= until) this.fireNext();
    this.#turnTo(until);
  }

  /** @param milliseconds until it fires, and between two times if it `repeats`. @returns its number. */
  set(fire: () => void, milliseconds: number, repeats = false): number {
    const delay = milliseconds >= 1 && milliseconds < 2 ** 31 ? Math.trunc(milliseconds) : 1;
    this.#count += 1;
    this.#timers.set(this.#count, {
      at: this.#ahead + delay,
      order: this.#count,
      every: repeats ? delay : null,
      fire,
    });
    return this.#count;
  }

  clear(timer: number): void {
    this.#timers.delete(timer);
  }

  clearAll(): void {
    this.#timers.clear();
  }

  /** Turns the clock to the next timer, and lets that happen. @returns whether there was one. @throws what it throws. */
  fireNext(): boolean {
    const next = this.#next();
    if (!next) return false;
    const [number, timer] = next;
    this.#turnTo(timer.at);
    if (timer.every === null) this.#timers.delete(number);
    else {
      this.#count += 1;
      Object.assign(timer, { at: this.#ahead + timer.every, order: this.#count });
    }
    timer.fire();
    return true;
  }

  #turnTo(ahead: number): void {
    this.#ahead = Math.max(this.#ahead, ahead);
  }

  #next(): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) {
      const [, { at, order }] = entry;
      if (!first || at < first[1].at || (at === first[1].at && order < first[1].order))
        first = entry;
    }
    return first;
  }
}

/**
 * The `Date` of programs: as JavaScript's, but by this clock. What it makes are plain dates, and all dates are its
 * instances.
 */
export function dateOf(clock: Clock): DateConstructor {
  const Plain = Date;
  function ClockDate(this: unknown, ...parts: unknown[]): unknown {
    const made: unknown = new.target;
    if (made === undefined) return new Plain(clock.time).toString();
    const given = parts.length > 0 ? parts : [clock.time];
    return Reflect.construct(Plain, given, (made === ClockDate ? Plain : made) as typeof Date);
  }
  const now = (): number => clock.time;
  Object.defineProperties(ClockDate, {
    name: { value: 'Date' },
    length: { value: 7 },
    prototype: { value: Plain.prototype, writable: false },
    now: { value: now },
    parse: { value: Plain.parse },
    UTC: { value: Plain.UTC },
  });
  return ClockDate as unknown as DateConstructor;
}
