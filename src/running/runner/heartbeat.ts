/** Asks again and again whether somebody is there, and tells when no answer comes any more. */

/** In milliseconds, between two questions. */
const BEAT = 500;

/** Questions in a row that may go unanswered: three seconds, and more on a page that is too busy to ask. */
const MISSED = 6;

export interface Heartbeat {
  /** To be called with every answer. */
  heard(): void;
  /** Asks until the returned function is called. */
  watch(): () => void;
  /** Resolves with whether an answer comes. */
  isAlive(): Promise<boolean>;
  /** Resolves when no answer comes any more. */
  readonly stopped: Promise<void>;
  /** Asks no more: everybody who waits is told that no answer came. */
  end(): void;
}

/** @param ask sends the question. */
export function createHeartbeat(ask: () => void): Heartbeat {
  const stopped = Promise.withResolvers<void>();
  let watchers = 0;
  let waiting: ((alive: boolean) => void)[] = [];
  let unanswered = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let over = false;

  const answerAll = (alive: boolean) => {
    const answered = waiting;
    waiting = [];
    answered.forEach((resolve) => resolve(alive));
    rest();
  };
  function rest() {
    if (watchers > 0 || waiting.length > 0) return;
    clearInterval(timer);
    timer = undefined;
    unanswered = 0;
  }
  function end() {
    over = true;
    watchers = 0;
    answerAll(false);
  }
  /** One question at a time. A page that was held up finds the answer before it asks again. */
  function beat() {
    if (unanswered >= MISSED) {
      end();
      stopped.resolve();
      return;
    }
    if (unanswered === 0) ask();
    unanswered++;
  }
  function begin() {
    if (over) return;
    timer ??= setInterval(beat, BEAT);
    if (unanswered === 0) beat();
  }

  return {
    stopped: stopped.promise,
    end,
    heard() {
      unanswered = 0;
      answerAll(true);
    },
    watch() {
      watchers++;
      begin();
      let watched = true;
      return () => {
        if (!watched) return;
        watched = false;
        watchers = Math.max(0, watchers - 1);
        rest();
      };
    },
    isAlive: () =>
      new Promise((resolve) => {
        if (over) return resolve(false);
        waiting.push(resolve);
        begin();
      }),
  };
}
