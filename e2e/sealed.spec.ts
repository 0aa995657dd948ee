/** What a glance at a page's source does not show: answers, and notes for the teacher. */
import type { APIRequestContext } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { bankEntries } from '../src/practice/quiz/bank/entries.ts';
import { paragraphs } from '../src/foundation/markup/inline.ts';
import { isChoice, type Question } from '../src/practice/quiz/question.ts';
import { readQuestions } from '../src/practice/quiz/read.ts';
import { collectNotes } from '../src/sharing/teach/notes.ts';
import { expectAccessible } from './axe.ts';
import { addressOf, pages, sections } from './course.ts';
import { expect, test } from './fixtures.ts';

const sourceOf = async (request: APIRequestContext, path: string): Promise<string> =>
  plain(await (await request.get(path)).text());

/** A source as a person reads it: entities are the signs that they stand for. */
const plain = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&#34;|&quot;/g, '"')
    .replaceAll(/&#39;|&#x27;/g, "'")
    .replaceAll(/&#38;|&amp;/g, '&')
    .replaceAll(/\s+/g, ' ');

/** What explains each answer of a question: of each the longest stretch without marks. */
const explanationsOf = (one: Question): string[] => {
  const parts: { why: string }[] = isChoice(one)
    ? one.options
    : one.kind === 'order'
      ? one.steps
      : one.kind === 'match'
        ? one.pairs
        : [one, ...one.mistakes];
  return parts.map(({ why }) =>
    longest(
      paragraphs(why)
        .flat()
        .map(({ text }) => text),
    ),
  );
};

/** As `Explanations.astro` and `Question.astro` write it. */
const KEY = /<li data-right=|data-key=|data-forms=|"right":|"way":/;

const longest = (texts: readonly string[]): string =>
  texts
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .reduce((best, text) => (text.length > best.length ? text : best), '');

test('no page that asks has an explanation or a key in its source, and the page of answers has all @once', async ({
  request,
}) => {
  test.setTimeout(120_000);
  const found: string[] = [];
  const missing: string[] = [];
  let questions = 0;
  let explanations = 0;
  for (const { id } of sections) {
    const asking = await Promise.all(
      [addressOf(id), `embed/${id}/`, `questions/${id}/`].map((path) => sourceOf(request, path)),
    );
    const answers = await sourceOf(request, `answers/${id}/`);
    for (const source of asking) expect(KEY.exec(source)?.[0], id).toBeUndefined();
    expect(KEY.test(answers), id).toBe(true);
    for (const { question } of readQuestions(id)) {
      questions += 1;
      for (const says of explanationsOf(question)) {
        explanations += 1;
        expect(says.length, `${question.id}: ${says}`).toBeGreaterThan(8);
        if (asking.some((source) => source.includes(says))) found.push(`${question.id}: ${says}`);
        if (!answers.includes(says)) missing.push(`${question.id}: ${says}`);
      }
    }
  }
  expect(questions).toBe(bankEntries().length);
  expect(explanations).toBeGreaterThan(3 * questions);
  expect(found).toEqual([]);
  expect(missing).toEqual([]);
});

test('no page of the lecture has a teacher’s note in its source, and the page of notes has all @once', async ({
  request,
}) => {
  const notesPage = await sourceOf(request, 'teach/notes/');
  const found: string[] = [];
  const missing: string[] = [];
  let notes = 0;
  for (const { id, file } of pages) {
    const source = await sourceOf(request, addressOf(id));
    for (const { markdown } of collectNotes(readFileSync(file, 'utf8'), file).notes) {
      notes += 1;
      const says = longest(markdown.split(/\*\*|[`*“”"\n]|<[^>]*>/));
      expect(says.length, `${id}: ${markdown}`).toBeGreaterThan(20);
      if (source.includes(says)) found.push(`${id}: ${says}`);
      if (!notesPage.includes(says)) missing.push(`${id}: ${says}`);
    }
  }
  expect(notes).toBeGreaterThan(sections.length);
  expect(found).toEqual([]);
  expect(missing).toEqual([]);
});

test('neither the search nor the sitemap knows the answers @once', async ({ page, request }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  for (const phrase of ['"A count of tables says little"', '"so the join drops it"']) {
    await page.getByRole('searchbox').fill(phrase);
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
      `Nothing found for “${phrase}”.`,
    );
  }
  const sitemap = await (await request.get('sitemap-0.xml')).text();
  expect(sitemap).toContain(`/${addressOf('1.2')}`);
  expect(sitemap).not.toContain('/answers/');
  expect(await (await request.get('answers/1.2/')).text()).toContain(
    '<meta name="robots" content="noindex"',
  );
});

test('axe finds nothing on a page of answers', async ({ page }) => {
  await page.goto('answers/1.3/');
  await expectAccessible(page, 'answers');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a teacher’s note leads to the notes of its section @once', async ({ page }) => {
    await page.goto(addressOf('1.1'));
    const note = page.locator('.teacher-note').first();
    await note.locator('summary').click();
    await note.locator('noscript a').click();
    await expect(page).toHaveURL(/teach\/notes\/#section-1\.1$/);
    await expect(page.getByText('Do not help').first()).toBeVisible();
  });
});
