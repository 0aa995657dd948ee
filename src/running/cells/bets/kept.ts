/** The bets of this browser, and whether its reader wants outputs folded. */
import { Kept } from '../../../foundation/kept/kept.ts';

export interface PlacedBet {
  /** As `judge.ts` takes it; nothing of a reader who looked without a bet. */
  given: string[] | null;
  /** Which version of question and truth it was placed on. */
  of: string;
}

/** By the lasting id of the cell: `1.2.null-share`. */
export const bets = new Kept('bet', 1, betOf);

const folding = new Kept('folding', 1, (data) => (typeof data === 'boolean' ? data : undefined));

/** Whether outputs are folded until there is a bet. */
export const isFolding = (): boolean => folding.get() ?? true;

/** On the root of a page whose reader sees outputs at once; the script before the first paint sets it, too. */
const UNFOLDED = 'unfolded';
const CHANGED = 'course:folding';

/** @returns whether it will survive a reload. */
export function setFolding(fold: boolean): boolean {
  const survives = folding.set('', fold);
  followFolding();
  return survives;
}

/** @param tell is called whenever the reader changes it, in this tab or another. */
export function whenFoldingChanges(tell: () => void): void {
  document.addEventListener(CHANGED, tell);
}

function followFolding(): void {
  document.documentElement.toggleAttribute(`data-${UNFOLDED}`, !isFolding());
  document.dispatchEvent(new Event(CHANGED));
}

if (typeof document !== 'undefined') folding.whenChanged(followFolding);

/** @returns nothing if what anybody may have written is no bet. */
export function betOf(data: unknown): PlacedBet | undefined {
  const { given, of } = data as PlacedBet;
  const fits =
    typeof of === 'string' &&
    of.length <= 20 &&
    (given === null ||
      (Array.isArray(given) &&
        given.length <= 10 &&
        given.every((one) => typeof one === 'string' && one.length <= 200)));
  return fits ? { given, of } : undefined;
}
