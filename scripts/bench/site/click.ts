import type { Locator } from '@playwright/test';

/** From the click on Run to the end of the run, in milliseconds, measured inside the page. */
export function clickToResult(cell: Locator): Promise<number> {
  return cell.evaluate(
    (element) =>
      new Promise<number>((resolve, reject) => {
        const started = performance.now();
        new MutationObserver(() => {
          if ((element as HTMLElement).dataset['state'] !== 'idle') return;
          const took = performance.now() - started;
          const status = element.querySelector<HTMLElement>('.cell-status')!;
          if (/in your browser/.test(status.textContent)) resolve(took);
          else reject(new Error(`The cell says: ${status.textContent}`));
        }).observe(element, { attributes: true, attributeFilter: ['data-state'] });
        element.querySelector<HTMLButtonElement>('[data-action="run"]')!.click();
      }),
  );
}
