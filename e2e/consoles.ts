/** Consoles as a person types into them. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Opens the console of an engine. */
export async function open(page: Page, engine: string): Promise<Locator> {
  await page.goto(`console/${engine}/`);
  await page.getByRole('button', { name: 'Open the console' }).click();
  const console = page.locator('course-console');
  await expect(console.locator('.console-field').first()).toBeFocused({ timeout: 30_000 });
  return console;
}

/** Loads the page of an open console again, and opens it: its prompt, or what ran before, has the focus. */
export async function reopen(page: Page): Promise<Locator> {
  await page.reload();
  await page.getByRole('button', { name: 'Open the console' }).click();
  const console = page.locator('course-console');
  await expect(console.locator('.console-field:focus, .console-earlier:focus').first()).toBeVisible(
    { timeout: 30_000 },
  );
  return console;
}

export const field = (of: Locator, client = 1): Locator =>
  of.getByRole('combobox', { name: `Client ${client}: command` });
export const log = (of: Locator, client = 1): Locator =>
  of.getByRole('log', { name: `Client ${client}: log`, includeHidden: true });

/** Types a line as a person does, key by key, and presses Enter. */
export async function type(of: Locator, line: string, client = 1): Promise<void> {
  await field(of, client).pressSequentially(line);
  await field(of, client).press('Enter');
}

/** On a phone the clients are tabs. */
export async function choose(of: Locator, client: number): Promise<void> {
  const tab = of.getByRole('tab', { name: `Client ${client}` });
  if (await tab.isVisible()) await tab.click();
}

export const prompt = (of: Locator, shell: string): Locator =>
  of.getByRole('textbox', { name: `${shell}: input` });

/**
 * Types an input at a prompt of several lines, and waits for its echo. Enter does nothing but say so while
 * the last input still runs: it is pressed again.
 */
export async function enter(of: Locator, shell: string, input: string): Promise<void> {
  await prompt(of, shell).pressSequentially(input);
  await expect(async () => {
    await prompt(of, shell).press('Enter');
    await expect(of.getByRole('log').locator('kbd', { hasText: input }).last()).toBeVisible({
      timeout: 1000,
    });
  }).toPass({ timeout: 20_000 });
}
