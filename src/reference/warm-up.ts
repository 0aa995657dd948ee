/** Work that is done ahead, while the reader does nothing. */

/** In milliseconds: a keystroke that comes meanwhile waits no longer. */
const AT_A_TIME = 4;

/** Takes one step after another, a few milliseconds at a time. A browser that tells no idle time takes none. */
export function whileIdle(steps: Iterator<void>): void {
  if (!('requestIdleCallback' in window)) return;
  requestIdleCallback(() => {
    const started = performance.now();
    do if (steps.next().done) return;
    while (performance.now() - started < AT_A_TIME);
    whileIdle(steps);
  });
}
