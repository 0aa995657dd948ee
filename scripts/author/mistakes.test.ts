/** What authors get wrong, each made in a copy of a small course: `npm run check` names the place and the remedy. */
import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkCourse, lineOfMistake } from '../../src/site/rules/check.ts';

const TABLE = 'lecture/1-keys/1.1-a-table.mdx';
const STORE = 'lecture/1-keys/1.2-a-key-value-store.mdx';
const PART = 'lecture/1-keys/index.mdx';
const QUIZ = 'quizzes/1.1.yaml';
const EXERCISE = 'exercises/x-three-books.yaml';
const CARD = 'reference/1-commands.yaml';
const DECISION = 'decisions/lookup.yaml';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mistakes-'));
  cpSync(resolve('fixtures/course'), root, { recursive: true });
  vi.stubEnv('CONTENT', root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const path = (file: string): string => join(root, 'content', file);
const check = async (only?: string[]): Promise<string[]> =>
  (await checkCourse(only, root)).map(lineOfMistake);

/** @returns the line where the new text begins. */
function change(file: string, from: string, to: string): number {
  const text = readFileSync(path(file), 'utf8');
  const at = text.indexOf(from);
  expect(at, `${file} has “${from}”`).toBeGreaterThanOrEqual(0);
  writeFileSync(
    path(file),
    text.replace(from, () => to),
  );
  return text.slice(0, at).split('\n').length;
}

it('a course without a mistake has none', async () => {
  expect(await check()).toEqual([]);
});

/** What is wrong, in which file, what was written, and what is written now; how far below that; what is said. */
const MISTAKES: [
  what: string,
  file: string,
  from: string,
  to: string,
  below: number,
  says: string[],
][] = [
  [
    'a wrong option of a fence',
    TABLE,
    '```sql run id="book-by-key" dataset',
    '```sql run id="book-by-key" dataste',
    0,
    ['unknown option "dataste"', 'Did you mean "dataset"?', 'id, title, dataset, session'],
  ],
  [
    'an id that two things have',
    STORE,
    'id="with-end"',
    'id="set-and-get"',
    0,
    ['the id "set-and-get" is taken by what stands in line 12', 'Choose another.'],
  ],
  [
    'a dataset that is not there',
    TABLE,
    'dataset="books"',
    'dataset="boks"',
    0,
    ['there is no dataset content/datasets/boks.sql', 'Did you mean "books"?'],
  ],
  [
    'an error in SQL',
    TABLE,
    'SELECT title FROM books',
    'SELECT titel FROM books',
    0,
    ['column "titel" does not exist', 'expect="error" if the error is the lesson'],
  ],
  [
    'quotes of a word processor in SQL',
    TABLE,
    'WHERE id = 2;',
    'WHERE title = ‘Kindred’;',
    0,
    ['‘ stands here', 'Write straight ones, \' or ".'],
  ],
  [
    'a tag that is not closed',
    STORE,
    'Redis has no tables.',
    '<Workbench>\n\nRedis has no tables.',
    0,
    ['<Workbench> is not closed', 'Write </Workbench>'],
  ],
  [
    'a tab in YAML',
    QUIZ,
    '    kind: single',
    '\tkind: single',
    0,
    ['a tab stands here. Indent with spaces.'],
  ],
  [
    'a tab in the frontmatter',
    PART,
    '  - Find one',
    '\t- Find one',
    0,
    ['a tab stands here. Indent with spaces.'],
  ],
  [
    'an image that is not there',
    TABLE,
    'A table finds a row',
    '![A shelf](./shelf.png) A table finds a row',
    0,
    ['there is no image ./shelf.png', 'Put it beside the page'],
  ],
  [
    'a link to no page',
    STORE,
    '../a-table/#by-key',
    '../a-tabel/#by-key',
    0,
    ['../a-tabel/#by-key leads to no page', 'Did you mean "a-table"?'],
  ],
  [
    'a link to no heading',
    STORE,
    '(#ends)',
    '(#end)',
    0,
    ['#end leads to no heading', 'Did you mean "ends"?'],
  ],
  [
    'a link to another host without encryption',
    STORE,
    'Redis has no tables.',
    '[Redis](http://redis.io/) has no tables.',
    0,
    ['http://redis.io/ is not encrypted', 'Write https:'],
  ],
  [
    'an answer without its explanation',
    QUIZ,
    '        why: The index leads to it.\n',
    '',
    -2,
    ['question "q-index-reads", option 2 why: is missing. Write it.'],
  ],
  [
    'two right answers',
    QUIZ,
    '        why: That is a table without an index.',
    '        right: true\n        why: That is a table without an index.',
    2,
    ['two options are right, and kind: single has one answer', 'make it kind: multiple'],
  ],
  [
    'an idea that has no name',
    QUIZ,
    'idea: one-key',
    'idea: one-kye',
    -2,
    ['the idea "one-kye" has no name for readers', 'Did you mean "one-key"?'],
  ],
  [
    'an explanation that leads nowhere',
    QUIZ,
    "see: '1.1.by-key'",
    "see: '1.1.by-kye'",
    0,
    ['see "1.1.by-kye" leads nowhere', 'Did you mean "1.1.by-key"?'],
  ],
  [
    'minutes that do not add up',
    PART,
    'minutes: 20',
    'minutes: 25',
    0,
    ['the frontmatter says 25 minutes, its sections take 20. Change one of them.'],
  ],
  [
    'an id of a heading without its backslash',
    TABLE,
    '\\{#by-key}',
    '{#by-key}',
    0,
    ['the id {#by-key} lacks its backslash. Write \\{#by-key}.'],
  ],
  [
    'a heading without an id',
    STORE,
    '## Set and get \\{#set-get}',
    '## Set and get',
    0,
    ['the heading "Set and get" needs a lasting id: end it with \\{#some-id}.'],
  ],
  [
    'a key of the frontmatter that nobody reads',
    TABLE,
    'minutes: 10',
    'minutes: 10\ngaols: []',
    1,
    ['nobody reads "gaols". Did you mean "goals"? There are: title'],
  ],
  [
    'a day that the calendar does not have',
    TABLE,
    'minutes: 10',
    'minutes: 10\nlastUpdated: 2026-02-30',
    1,
    ['lastUpdated: there is no such day. Write one as 2026-02-28.'],
  ],
  [
    'an exercise of a section that is gone',
    EXERCISE,
    "section: '1.1'",
    "section: '1.7'",
    0,
    ['the course has no section 1.7. Write one of 1.1, 1.2.'],
  ],
  [
    'an entry that the card has twice',
    CARD,
    '  - id: get\n    name: GET',
    '  - id: set\n    name: GET',
    0,
    ['the id "set" is taken by content/reference/1-commands.yaml:9. Choose another.'],
  ],
  [
    'an entry of the card whose section is not there',
    CARD,
    'section: 1.2.set-get\n    cell',
    'section: 1.2.set-gte\n    cell',
    0,
    ['the lecture has no place "1.2.set-gte"', 'Did you mean "1.2.set-get"?'],
  ],
  [
    'an entry of the card whose cell is not there',
    CARD,
    'cell: 1.2.set-and-get',
    'cell: 1.2.set-and-gte',
    0,
    ['the lecture has no place "1.2.set-and-gte"', 'Did you mean "1.2.set-and-get"?'],
  ],
  [
    'a decision argued in a section that is not there',
    DECISION,
    "section: '1.2'",
    "section: '1.9'",
    1,
    ['"1.9.ends" leads nowhere'],
  ],
  [
    'a decision that leads nowhere',
    DECISION,
    'to: store',
    'to: stroe',
    0,
    ['leads to "stroe", which is nowhere', 'Did you mean "store"?'],
  ],
  [
    'a component that is misspelled',
    TABLE,
    '<Chooser decision',
    '<Choser decision',
    0,
    ['there is no component <Choser>', 'Did you mean <Chooser>?'],
  ],
  [
    'an attribute of a wrong type',
    STORE,
    'Redis has no tables.',
    '<Timer minutes="five" />\n\nRedis has no tables.',
    0,
    ['minutes of <Timer> cannot be "five". Write a number: "5".'],
  ],
];

describe('a mistake is told with its file, its line and what would be right', () => {
  it.each(MISTAKES)('%s', async (_what, file, from, to, below, says) => {
    const line = change(file, from, to) + below;
    const told = await check();
    const here = told.filter((one) => one.startsWith(`content/${file}:${line}:`));
    expect(here, told.join('\n')).not.toEqual([]);
    for (const words of says) expect(here.join('\n')).toContain(words);
    for (const one of told) expect(one).toMatch(/^content\/\S+:\d+:\d+ {2}\S.*[.?>]$/);
  });
});

describe('also told are', () => {
  it('all mistakes at once, in the order of files and lines', async () => {
    change(TABLE, 'minutes: 10', 'minutes: 10\ngaols: []');
    change(TABLE, '<Chooser decision', '<Choser decision');
    change(STORE, '(#ends)', '(#end)');
    change(DECISION, 'to: store', 'to: stroe');
    const places = (await check()).map((one) => one.replace(/^content\/|:\d+ .*/g, ''));
    expect(places).toEqual([`${DECISION}:15`, `${TABLE}:6`, `${TABLE}:65`, `${STORE}:17`]);
  });

  it('a command that the card has no entry for', async () => {
    const line = change(STORE, '```redis run id="with-end"', '```redis run id="with-end"');
    change(STORE, 'SET session:1 ada EX 60', 'SET session:1 ada EX 60\nTTL session:1');
    expect(await check()).toEqual([
      expect.stringMatching(`^content/${STORE}:${line}:.* uses TTL, and the reference card`),
    ]);
  });

  it('ids that were published and are gone', async () => {
    change(STORE, '## It ends by itself \\{#ends}', '## It ends by itself \\{#it-ends}');
    const told = await check();
    expect(told.join('\n')).toMatch(
      /content\/permalinks\.json:\d\d:1 {2}1\.2\.ends was published, and the course does not have it any more\. Bring the id back/,
    );
  });

  it('questions of a section that is gone', async () => {
    unlinkSync(path(STORE));
    const told = (await check()).join('\n');
    expect(told).toContain('content/quizzes/1.2.yaml:1:1  the course has no section 1.2.');
  });

  it('of one section only those that belong to it', async () => {
    change(TABLE, 'SELECT title FROM books', 'SELECT titel FROM books');
    change(STORE, '(#ends)', '(#end)');
    expect(await check(['1.2'])).toEqual([expect.stringContaining(`content/${STORE}:17:`)]);
  });
});
