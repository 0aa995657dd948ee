import { addressOf, cell, outputOf, run } from './course.ts';
import { expect, test } from './fixtures.ts';

test('compares two databases: side by side on a desk, one below the other on a phone', async ({
  page,
  isMobile,
}) => {
  await page.goto(addressOf('3.3'));
  const inSql = cell(page, 'fields-sql');
  const inMongosh = cell(page, 'fields-mongosh');
  await inMongosh.scrollIntoViewIfNeeded();
  const [first, second] = [(await inSql.boundingBox())!, (await inMongosh.boundingBox())!];
  if (isMobile) {
    expect(second.y).toBeGreaterThanOrEqual(first.y + first.height);
    expect(second.x).toBe(first.x);
  } else {
    expect(second.y).toBe(first.y);
    expect(second.x).toBeGreaterThanOrEqual(first.x + first.width);
  }

  await run(inMongosh);
  const printed = await outputOf(inMongosh);
  for (const name of ['ThinkPad X1', 'USB Mouse', 'Desk Lamp', 'Studio Monitor']) {
    expect(printed).toContain(`name: '${name}'`);
    await expect(inSql.getByRole('cell', { name, exact: true })).toBeVisible();
  }
  const pair = page
    .getByRole('group', { name: 'The same question on two databases' })
    .filter({ has: inMongosh });
  await expect(pair).toContainText('Same answer on both, checked by the build, without _id.');
});
