/** Cells in a real browser, for the scripts that look at pages and measure them. */
import type { Locator, Page } from '@playwright/test';
import type { EngineName } from '../../src/engines/engine.ts';

/** How long a cell may take before it counts as stuck, in milliseconds. */
const PATIENCE = 60_000;

/** The cells of a page, all or those of one engine. */
export function cellsOf(page: Page, engine?: EngineName): Locator {
  return page.locator(engine ? `course-cell[data-engine="${engine}"]` : 'course-cell');
}

/** Opens what is folded away around a cell. */
const unfold = (cell: Locator): Promise<void> =>
  cell.evaluate((one) => one.closest('details.deeper')?.setAttribute('open', ''));

/**
 * Presses Run and waits for the end.
 *
 * @returns what the cell says about it
 * @throws Error if it could not be run
 */
export async function runCell(cell: Locator): Promise<string> {
  await unfold(cell);
  await cell.locator('[data-action="run"]').click({ timeout: PATIENCE });
  await cell.and(cell.page().locator('[data-state="idle"]')).waitFor({ timeout: PATIENCE });
  const status = cell.locator('.cell-status');
  const said = (await status.textContent()) ?? '';
  if ((await status.getAttribute('data-kind')) === 'error' && /could not|broke off/i.test(said))
    throw new Error(`${await nameOf(cell)} could not be run: ${said}`);
  return said;
}

/** Presses Edit and waits until the reader can type. */
export async function editCell(cell: Locator): Promise<void> {
  await unfold(cell);
  await cell.locator('[data-action="edit"]').click({ timeout: PATIENCE });
  await cell.getByRole('textbox').first().waitFor({ timeout: PATIENCE });
}

/** The page and the cell, as a person would name them. */
export async function nameOf(cell: Locator): Promise<string> {
  const { pathname } = new URL(cell.page().url());
  return `${pathname}#${(await cell.getAttribute('id')) ?? '?'}`;
}
