import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

test('the foot of every page, and of a frame, leads to the licenses of what others made @once', async ({
  page,
}) => {
  for (const path of ['', addressOf('1.2'), 'reference/', 'teach/', 'embed/1.2.wide-rows/']) {
    await page.goto(path);
    const link = page.getByRole('link', { name: 'Third-party licenses' });
    await expect(link).toHaveCount(1);
    await expect(link).toHaveAttribute('href', '/THIRD-PARTY.txt');
  }
  const response = (await page.request.get('THIRD-PARTY.txt'))!;
  expect(response.ok()).toBe(true);
  const text = await response.text();
  for (const work of [
    'react-dom',
    '@codemirror/view',
    '@codesandbox/sandpack-react',
    'acorn',
    'bson',
  ])
    expect(text).toMatch(new RegExp(`^  ${work} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  for (const work of ['@electric-sql/pglite', 'sql.js', '@astrojs/starlight', 'astro', 'pagefind'])
    expect(text).toMatch(new RegExp(`^  ${work} \\d`, 'm'));
  expect(text).toContain(
    'Portions Copyright (c) 1994, The Regents of the University of California',
  );
});
