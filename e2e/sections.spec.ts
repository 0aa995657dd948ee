import { expectAccessible } from './axe.ts';
import { addressOf, answersOf, cells, expectNoSidewaysScroll, pages } from './course.ts';
import { expect, test } from './fixtures.ts';

/**
 * What a cell answers does not depend on the screen, and the desk proves it to be what the page printed,
 * which the phone looks at on every page. So the phone runs Part 1, and one section of each other database.
 */
const RUN_ON_PHONES = /^(1|3\.1|4\.2)\b/;

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
    const answers = isMobile && !RUN_ON_PHONES.test(id) ? [] : await answersOf(cells(page));
    for (const { id, printed, answered, status } of answers) {
      expect(status, id).toContain('in your browser in');
      expect(answered, id).toBe(printed);
    }
    if (answers.length > 0) {
      await expectNoSidewaysScroll(page, 'after its cells ran');
      await expectAccessible(page, 'after its cells ran', { colors, within: 'course-cell' });
    }
  });
