/** The course as a journey walks through it: sections by number, cells by id. */
import { expect, type Locator, type Page } from '@playwright/test';
import { maskText, type MaskName } from '../src/running/cells/output/mask.ts';
import { masked, runEach, type CellAnswer } from './answers.ts';
import {
  readOutline,
  readPages,
  type LecturePage,
  type Section,
} from '../src/foundation/course/outline.ts';
import { readSettings } from '../src/foundation/course/settings.ts';

/** What everything begins with that a browser keeps of the course. */
export const COURSE = readSettings().id;
export const PREFIX = `${COURSE}/`;

export const parts = readOutline();
export const sections: Section[] = parts.flatMap((part) => part.sections);
if (sections.length === 0)
  throw new Error('The course has no sections: journeys that look at each would look at nothing.');
/** Parts, sections and closing pages, in reading order. */
export const pages: LecturePage[] = readPages();

function pageOf(id: string): LecturePage {
  const found = pages.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the course has no page ${id}`);
  return found;
}

/** The address of a page, from the site's base. */
export const addressOf = (id: string): string => `${pageOf(id).slug}/`;

/** What its heading says. */
export const titleOf = (id: string): string => pageOf(id).title;

export const cells = (page: Page): Locator => page.locator('course-cell');
export const cell = (page: Page, id: string): Locator => page.locator(`course-cell#${id}`);

/** Opens what is folded away around something, if it is. */
export const unfold = (target: Locator): Promise<void> =>
  target.first().evaluate((one) => one.closest('details.deeper')?.setAttribute('open', ''));

/** What stands in a cell's output, varying parts masked by the cell's declared rules. */
export async function outputOf(target: Locator): Promise<string> {
  const masks = ((await target.getAttribute('data-mask')) ?? '').split(' ').filter(Boolean);
  // A reader would bet first.
  await target.locator('.cell-fold').evaluateAll((folds) => {
    for (const fold of folds as HTMLDetailsElement[]) fold.open = true;
  });
  await unfold(target);
  // What is out of sight is not laid out, and has no text as it is read.
  await target.scrollIntoViewIfNeeded();
  await expect
    .poll(() => target.locator('.cell-results').evaluate(isLaidOut), { timeout: 10_000 })
    .toBe(true);
  const text = await target.locator('.cell-results').innerText();
  return maskText(text, masks as MaskName[]);
}

const isLaidOut = (element: Element): boolean =>
  element.checkVisibility({ contentVisibilityAuto: true });

/** Runs each cell, one after the other. */
export const answersOf = async (targets: Locator): Promise<CellAnswer[]> =>
  (await targets.evaluateAll(runEach)).map(masked);

/** Presses Run and waits until the cell says how it ended. */
export async function run(target: Locator): Promise<void> {
  await unfold(target);
  await target.getByRole('button', { name: 'Run', exact: true }).click();
  await ended(target);
}

export async function ended(target: Locator): Promise<void> {
  await expect(target).not.toHaveAttribute('data-state', 'running', { timeout: 120_000 });
  await target
    .locator('.cell-status', {
      hasText: /in your browser in|Stopped|[Cc]ould not|broke off|was updated/,
    })
    .waitFor();
}

/** Opens the editor and puts other code into it. */
export async function write(target: Locator, code: string): Promise<void> {
  await target.locator('.cell-bar').waitFor();
  if (await target.getByRole('button', { name: 'Edit' }).isVisible())
    await target.getByRole('button', { name: 'Edit' }).click();
  const editor = target.locator('.cm-content');
  await editor.click();
  await editor.press('ControlOrMeta+a');
  await editor.page().keyboard.insertText(code);
}

/**
 * The page, or the frame's document, does not scroll sideways.
 *
 * @param state which state or page this is, for the message.
 */
export async function expectNoSidewaysScroll(page: Page, state?: string): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beyond, state).toBeLessThanOrEqual(0);
}
