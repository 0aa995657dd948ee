/** `npm run dev` is true: what an author saves shows at once, and so does what is wrong with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '..');
const PORT = Number(process.env['E2E_PORT'] ?? 4399) + 40;
const ADDRESS = `http://localhost:${PORT}/`;

/** A copy of the small course, for an author to work in. */
const course = mkdtempSync(path.join(tmpdir(), 'course-'));
let dev: ChildProcess;
/** What the terminal said. */
let said = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  cpSync(path.join(ROOT, 'fixtures/course'), course, { recursive: true });
  dev = spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'dev', '--port', String(PORT)],
    { cwd: ROOT, env: { ...process.env, CONTENT: course, NO_COLOR: '1' } },
  );
  for (const stream of [dev.stdout!, dev.stderr!])
    stream.on('data', (text: Buffer) => (said += text.toString()));
  await expect.poll(() => said, { timeout: 150_000 }).toContain(`localhost:${PORT}`);
});

test.afterAll(() => {
  dev.kill();
  rmSync(course, { recursive: true });
});

/** Saves a file of the course with a text exchanged. @returns the line of the text. */
function save(file: string, from: string, to: string): number {
  const where = path.join(course, 'content', file);
  const text = readFileSync(where, 'utf8');
  expect(text, file).toContain(from);
  writeFileSync(
    where,
    text.replace(from, () => to),
  );
  return text.slice(0, text.indexOf(from)).split('\n').length;
}

/** A page of a server that is still making it may be asked for again. */
const open = (page: Page, address: string) =>
  page.goto(ADDRESS + address, { timeout: 120_000, waitUntil: 'domcontentloaded' });

const A_TABLE = 'keys/a-table/';

/** What is changed in which file, on which page it shows, and where. */
const CHANGES: readonly [
  what: string,
  file: string,
  from: string,
  to: string,
  address: string,
  shown: string,
][] = [
  [
    'a sentence',
    'lecture/1-keys/1.1-a-table.mdx',
    'finds a row by its primary key.',
    'finds a row by its primary key, and at once.',
    A_TABLE,
    'and at once.',
  ],
  [
    'a dataset, and with it what a cell answers',
    'datasets/books.sql',
    'Solaris',
    'Roadside Picnic',
    A_TABLE,
    'Roadside Picnic',
  ],
  [
    'a question',
    'quizzes/1.1.yaml',
    'Which rows does a lookup by primary key read?',
    'Which rows does a lookup by its primary key read?',
    A_TABLE,
    'Which rows does a lookup by its primary key read?',
  ],
  [
    'an exercise',
    'exercises/x-three-books.yaml',
    'title: The third book',
    'title: The last book',
    A_TABLE,
    'The last book',
  ],
  [
    'a decision',
    'decisions/lookup.yaml',
    'ask: Does the record have relations to others?',
    'ask: Does the record name others?',
    A_TABLE,
    'Does the record name others?',
  ],
  [
    'an entry of the card',
    'reference/1-commands.yaml',
    'what: Writes a value under a key.',
    'what: Puts a value under a key.',
    'reference/',
    'Puts a value under a key.',
  ],
];

for (const [what, file, from, to, address, shown] of CHANGES)
  test(`${what} shows as soon as it is saved @once`, async ({ page }) => {
    test.setTimeout(180_000);
    await open(page, address);
    const main = page.locator('main').first();
    await expect(main).not.toContainText(shown, { timeout: 60_000 });
    save(file, from, to);
    await expect(main).toContainText(shown, { timeout: 90_000 });
  });

test('a mistake is told over the page and in the terminal, with its line, and goes when it is mended @once', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page, A_TABLE);
  const line = save('quizzes/1.1.yaml', "see: '1.1.by-key'", "see: '1.1.by-kye'");
  const place = `content/quizzes/1.1.yaml:${line}`;
  const overlay = page.locator('vite-error-overlay');
  await expect(overlay).toContainText('Did you mean "1.1.by-key"?', { timeout: 90_000 });
  await expect(overlay).toContainText(place);
  await expect.poll(() => said).toContain(place);
  save('quizzes/1.1.yaml', "see: '1.1.by-kye'", "see: '1.1.by-key'");
  await expect(overlay).toHaveCount(0, { timeout: 90_000 });
});
