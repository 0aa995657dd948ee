/** What cells answer when all of a page's are run, beside what the page had printed. */
import { maskText, type MaskName } from '../src/running/cells/output/mask.ts';

/** What a cell had printed, and what it answered in the browser; varying parts masked. */
export interface CellAnswer {
  id: string;
  printed: string;
  answered: string;
  /** How it says that it ended. */
  status: string;
}

/** A {@link CellAnswer} as it stands in the page, with the masks that the cell declares. */
export interface SeenAnswer extends CellAnswer {
  masks: string[];
}

/**
 * Presses Run of each cell, one after the other. It runs in the page and uses nothing from outside: the
 * page presses by itself, since pointing at a button and waiting until it can be pressed costs more than
 * what most cells do, and there are hundreds.
 */
export async function runEach(cells: Iterable<Element>): Promise<SeenAnswer[]> {
  const answers = [];
  for (const one of cells as Iterable<HTMLElement>) {
    // A reader would open what is folded away, and bet first.
    one.closest('details.deeper')?.setAttribute('open', '');
    one.querySelector('.cell-fold')?.setAttribute('open', '');
    const results = one.querySelector<HTMLElement>('.cell-results')!;
    const printed = results.innerText;
    const ended = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (one.dataset['state'] !== 'idle') return;
        observer.disconnect();
        resolve();
      });
      observer.observe(one, { attributeFilter: ['data-state'] });
    });
    one.querySelector<HTMLElement>('[data-action=run]')!.click();
    await ended;
    answers.push({
      id: one.id,
      masks: (one.dataset['mask'] ?? '').split(' ').filter(Boolean),
      printed,
      answered: results.innerText,
      status: one.querySelector<HTMLElement>('.cell-status')!.innerText,
    });
  }
  return answers;
}

export const masked = ({ id, masks, printed, answered, status }: SeenAnswer): CellAnswer => ({
  id,
  printed: maskText(printed, masks as MaskName[]),
  answered: maskText(answered, masks as MaskName[]),
  status,
});
