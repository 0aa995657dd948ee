/** One thing after another, all of which can be stopped at any moment. */
import { RunStopped } from './errors.ts';

export interface Turns {
  /** Whether anything runs or waits. */
  readonly busy: boolean;
  /**
   * Does the work when everything called before is through.
   *
   * @param signal stops everything, as {@link stop} does, while this runs; before, only this.
   * @throws RunStopped at once when it is stopped, also while it waits.
   */
  take<T>(signal: AbortSignal | undefined, work: (stopped: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends whatever runs or waits. What is taken from now on begins anew. */
  stop(): void;
}

export interface TurnsSetting {
  /** Called for every turn that has ended, however; the next one waits for it. */
  settle(): Promise<void>;
  /** Called when nothing runs or waits any more. */
  onRest(): void;
  /** Called when all is stopped. */
  onStop(): void;
}

export function createTurns({ settle, onRest, onStop }: TurnsSetting): Turns {
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  let stopper = new AbortController();
  const turns: Turns = {
    get busy() {
      return count > 0;
    },
    take<T>(signal: AbortSignal | undefined, work: (stopped: AbortSignal) => Promise<T>) {
      const stop = stopper.signal;
      count++;
      const turn = last.then(async () => {
        if (stop.aborted || signal?.aborted) throw new RunStopped();
        const onAbort = () => turns.stop();
        signal?.addEventListener('abort', onAbort);
        try {
          return await work(stop);
        } finally {
          signal?.removeEventListener('abort', onAbort);
        }
      });
      last = turn.then(settle, settle).catch(() => undefined);
      // A call that waits its turn does not wait to be told that it was stopped.
      return new Promise<T>((resolve, reject) => {
        const stopped = () => reject(new RunStopped());
        stop.addEventListener('abort', stopped);
        signal?.addEventListener('abort', stopped);
        if (signal?.aborted) stopped();
        void turn.then(resolve, reject).finally(() => {
          stop.removeEventListener('abort', stopped);
          signal?.removeEventListener('abort', stopped);
          if (--count === 0) onRest();
        });
      });
    },
    stop() {
      stopper.abort();
      stopper = new AbortController();
      onStop();
    },
  };
  return turns;
}
