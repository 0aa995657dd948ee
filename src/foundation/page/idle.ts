/** Work that can wait until the browser has nothing else to do, or that is done ahead. */

/** In milliseconds: a keystroke that comes meanwhile waits no longer. */
const AT_A_TIME = 4;

/** Takes one step after another, a few milliseconds at a time. */
export function whileIdle(steps: Iterator<void>): void {
  // Safari tells no idle time: there, a pause between two times has to do.
  const soon =
    (window.requestIdleCallback as typeof window.requestIdleCallback | undefined) ??
    ((callback: () => void) => setTimeout(callback, 30));
  soon(() => {
    const started = performance.now();
    do if (steps.next().done) return;
    while (performance.now() - started < AT_A_TIME);
    whileIdle(steps);
  });
}
