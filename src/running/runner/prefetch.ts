/** What may be needed next comes while nobody waits for anything, on lines where bytes are cheap. */

/** What browsers tell of the line. Safari and Firefox tell nothing. */
interface Line {
  saveData?: boolean;
  effectiveType?: string;
}

const SLOW = ['slow-2g', '2g', '3g'];

/** In milliseconds, for browsers that tell no idle time. */
const SOON = 300;

/** Whether the reader’s line is one to fetch on what nobody has asked for. */
export function isCheap({ saveData, effectiveType = '' }: Line = lineOf(navigator)): boolean {
  return saveData !== true && !SLOW.includes(effectiveType);
}

const lineOf = (of: object): Line => (of as { connection?: Line }).connection ?? {};

/** Does it when the browser has nothing else to do. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(() => work());
  else setTimeout(work, SOON);
}
