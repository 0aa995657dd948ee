/** Diagrams, as a person meets them: readable where they stand, larger on demand, back again. */
import { expectAccessible } from './axe.ts';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.goto(addressOf('1.2'));
});

test('their text is at least 11 px, whatever the screen', async ({ page }) => {
  const sizes = await page.locator('figure.diagram svg').evaluateAll((drawings) =>
    (drawings as SVGSVGElement[])
      .filter((svg) => svg.clientWidth > 0)
      .flatMap((svg) => {
        const scale = svg.clientWidth / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll('text')].map(
          (text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale,
        );
      }),
  );
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

test('each says in words what it shows @once', async ({ page }) => {
  const figure = page.locator('figure.diagram').first();
  const image = figure.getByRole('img');
  const title = (await figure.locator('figcaption span').innerText()).trim();
  await expect(image).toHaveAccessibleName(title);
  await figure.getByText('Diagram in words').click();
  const words = figure.locator('details p');
  await expect(words).toBeVisible();
  await expect(image).toHaveAccessibleDescription((await words.innerText()).trim());
});

test('one opens by keyboard, zooms, closes with Escape, and focus is where it was @once', async ({
  page,
}) => {
  await page.goto(addressOf('1.4'));
  const button = page.getByRole('button', { name: /^Enlarge: / }).first();
  const title = (await button.getAttribute('aria-label'))!.replace('Enlarge: ', '');
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: title });
  const drawing = dialog.getByRole('img', { name: title });
  await expect(drawing).toBeVisible();
  await expectAccessible(page, 'a diagram enlarged');
  const before = (await drawing.boundingBox())!.width;
  await page.keyboard.press('+');
  expect((await drawing.boundingBox())!.width).toBeCloseTo(before * 1.25, 0);
  await dialog.getByRole('button', { name: 'Zoom out' }).click();
  expect((await drawing.boundingBox())!.width).toBeCloseTo(before, 0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await expect(page.getByRole('img', { name: title })).toBeVisible();
});

test('one opens by a click on it, and the page stays where it was', async ({ page }) => {
  const figure = page.locator('figure.diagram').nth(1);
  const drawing = figure.getByRole('img');
  const top = async (): Promise<number> => Math.round((await drawing.boundingBox())!.y);
  // What comes near is laid out then, and may push the drawing out of sight again.
  await expect
    .poll(async () => {
      const before = await top();
      await drawing.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await page.waitForTimeout(200);
      return (await top()) - before;
    })
    .toBe(0);
  const position = await top();
  const width = (await drawing.boundingBox())!.width;
  await drawing.click();
  const dialog = page.locator('dialog.diagram-dialog');
  await expect(dialog.getByRole('img')).toBeVisible();
  expect((await dialog.getByRole('img').boundingBox())!.width).toBeGreaterThan(1.4 * width);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(drawing).toBeVisible();
  await expect.poll(top).toBe(position);
});
