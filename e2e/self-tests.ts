/** A test over the whole course as a reader takes it: always the same questions. */
import type { Locator, Page } from '@playwright/test';
import { bankEntries } from '../src/practice/quiz/bank/entries.ts';
import { readIdeas } from '../src/practice/quiz/ideas.ts';
import type { Key } from '../src/practice/quiz/judge.ts';
import { unseal } from '../src/foundation/sealed/seal.ts';
import { draw } from '../src/practice/self-test/draw.ts';
import { expect } from './fixtures.ts';

const SEED = 'k3f9x2';
export const drawn = draw(bankEntries(), SEED);
export const ideas = readIdeas();
export const PAGE = 'self-test/';
export const TEST = `${PAGE}?draw=${SEED}`;

export const heading = (page: Page): Locator => page.locator('.self-test-stage h2');
export const shown = (page: Page): Locator =>
  page.locator('.self-test-asking course-question:visible');
export const press = (page: Page, name: string | RegExp): Locator =>
  page.locator('self-test').getByRole('button', { name });
export const pass = (page: Page): Locator =>
  shown(page).getByRole('button', { name: 'I don’t know' });
export const next = (page: Page): Locator =>
  page.locator('.self-test-asking').getByRole('button', {
    name: /^(Next question|Leave it|See the result|To what is open)/,
  });

/** The right answer of the question that is shown, from where the page hides it. */
export async function keyOf(page: Page): Promise<Key> {
  const sealed = await shown(page)
    .locator('template[data-sealed]')
    .evaluate((template: HTMLElement) => template.dataset['sealed']!);
  const key = await page.evaluate(
    (html) =>
      new DOMParser().parseFromString(html, 'text/html').querySelector<HTMLElement>('[data-key]')!
        .dataset['key']!,
    unseal(sealed),
  );
  return JSON.parse(key) as Key;
}

/** Answers nothing, to the result. */
export async function passAll(page: Page, from = 1): Promise<void> {
  for (let number = from; number <= drawn.length; number += 1) {
    await expect(heading(page)).toHaveText(`Question ${number} of ${drawn.length}`);
    await pass(page).click();
    await next(page).click();
  }
}
