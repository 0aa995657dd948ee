import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, answersOf, cells, expectNoSidewaysScroll, pages } from './course.ts';
import { expect, test } from './fixtures.ts';

for (const { id, title } of [{ id: '', title: 'home' }, ...pages])
  test(`${id} ${title}: its cells answer what the page printed, nothing is wider than the screen, and axe finds nothing before and after`, async ({
    page,
    isMobile,
  }) => {
    test.setTimeout(300_000);
    const colors = !isMobile;
    await page.goto(id === '' ? '' : addressOf(id));
    await expectNoSidewaysScroll(page, 'as it is read');
    await expectAccessible(page, 'as it is read', { colors });
    // The design challenge shows its months one by one.
    const months = page.getByRole('button', { name: 'Show all months' });
    if ((await months.count()) > 0) await months.click();
    // What a cell answers does not depend on the screen, what its output looks like does: beyond Part 1,
    // the phone runs one cell of each database.
    const some = isMobile && !/^1\b/.test(id) ? await oneOfEach(page) : cells(page);
    const answers = await answersOf(some);
    for (const { id, printed, answered, status } of answers) {
      expect(status, id).toContain('in your browser in');
      expect(answered, id).toBe(printed);
    }
    if (answers.length > 0) {
      await expectNoSidewaysScroll(page, 'after its cells ran');
      await expectAccessible(page, 'after its cells ran', { colors, within: 'course-cell' });
    }
  });

/** The first cell of each database that the page has. */
async function oneOfEach(page: Page): Promise<Locator> {
  const ids = await cells(page).evaluateAll((all) => {
    const engines = all.map((one) => (one as HTMLElement).dataset['engine']!);
    return [...new Set(engines)].map((engine) => `#${all[engines.indexOf(engine)]!.id}`);
  });
  return page.locator(ids.length > 0 ? ids.join() : 'course-cell:not(*)');
}
