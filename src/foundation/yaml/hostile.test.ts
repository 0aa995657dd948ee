import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCoverage } from '../../lecture/coverage/coverage.ts';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { parseChallenge } from '../../practice/challenge/parse.ts';
import { parseDecision } from '../../lecture/decision/decision.ts';
import { parseExercise } from '../../practice/exercises/parse.ts';
import { parseSettings } from '../course/settings.ts';
import { readClosingPages, readOutline } from '../course/outline.ts';
import { readCourse } from '../course/pages.ts';
import { readIdeas } from '../../practice/quiz/ideas.ts';
import { parseQuestions } from '../../practice/quiz/parse.ts';
import { parseGroup } from '../../lecture/reference/parse.ts';

const root = mkdtempSync(join(tmpdir(), 'yaml-'));
afterAll(() => rmSync(root, { recursive: true }));
function written(file: string, text: string): string {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  return root;
}

const page = (front: string): string => `---\n${front}\n---\n\nText.\n`;
const PART = page('id: "1"\ntitle: A\ndescription: B.\nminutes: 1');

/** Every kind of YAML that `content/` holds: its file, its reader, and the line that it begins in. */
const KINDS: [string, string, (source: string, file: string) => unknown, number][] = [
  ['questions', 'content/quizzes/1.2.yaml', parseQuestions, 1],
  ['an exercise', 'content/exercises/x-one.yaml', parseExercise, 1],
  ['a challenge', 'content/challenges/x-one.yaml', parseChallenge, 1],
  ['a decision', 'content/decisions/database.yaml', parseDecision, 1],
  ['the card', 'content/reference/1-families.yaml', parseGroup, 1],
  ['ideas', 'content/ideas.yaml', (text, file) => readIdeas(written(file, text)), 1],
  ['the coverage', 'content/coverage.yaml', (text) => parseCoverage(text), 1],
  ['what the course is', 'content/course.yaml', (text) => parseSettings(text), 1],
  [
    'a part’s page',
    'content/lecture/1-a/index.mdx',
    (text, file) => readOutline(written(file, page(text))),
    2,
  ],
  [
    'a section’s page',
    'content/lecture/1-a/1.1-x.mdx',
    (text, file) => {
      written('content/lecture/1-a/index.mdx', PART);
      return readOutline(written(file, page(text)));
    },
    2,
  ],
  [
    'a closing page',
    'content/lecture/summary.mdx',
    (text, file) => {
      try {
        return readClosingPages(written(file, page(text)));
      } finally {
        rmSync(join(root, file));
      }
    },
    2,
  ],
  [
    'a page with lasting links',
    'content/lecture/index.mdx',
    (text, file) => {
      rmSync(join(root, 'content/lecture'), { recursive: true, force: true });
      return readCourse(written(file, page(text)));
    },
    2,
  ],
];

const BOMB = [
  'a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]',
  ...Array.from('bcdefghi', (name, at) => {
    const before = 'abcdefghi'[at]!;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
  }),
].join('\n');

/** What a file may hold, the line of the mistake from its first, and what is said of it. */
const HOSTILE: [string, string, number, string][] = [
  ['aliases of aliases', BOMB, 0, '&a names what follows'],
  ['an alias', 'id: one\ntitle: *one', 1, '*one'],
  ['an alias that names itself', 'a: &a [*a]', 0, '&a names what follows'],
  ['a tab', 'id:\n\ttitle: one', 1, 'a tab stands here. Indent with spaces.'],
  ['a key that stands twice', 'id: one\ntitle: a\nid: two', 2, '"id" stands here a second time'],
  [
    'a function',
    'id: !!js/function "function () { return process }"',
    0,
    'js/function says of what kind',
  ],
  ['an object of Python', 'id: !!python/object/apply:os.system ["true"]', 0, 'says of what kind'],
  ['binary content', 'id: one\ntitle: !!binary aGVsbG8=', 1, 'says of what kind'],
  ['a merge', 'base: 1\n<<: { id: one }', 1, '<< takes over'],
  ['a prototype', 'id: one\n__proto__: { admin: true }', 1, '"__proto__" cannot be a key'],
  ['a prototype deep inside', 'a:\n  - b:\n      __proto__: 1', 2, '"__proto__" cannot be a key'],
  [
    'a constructor',
    'constructor: { prototype: { admin: true } }',
    0,
    '"constructor" cannot be a key',
  ],
  ['5 MB', `id: ${'x'.repeat(5_000_000)}`, Number.NEGATIVE_INFINITY, '500,000 are the most'],
  [
    '10,000 keys',
    Array.from({ length: 10_000 }, (_, at) => `k${at}: 1`).join('\n') + '\nk7: 2',
    10_000,
    '"k7" stands here a second time',
  ],
  ['brackets in brackets', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, 0, 'nested too deeply'],
  ['lists in lists', `a: ${'['.repeat(60)}1${']'.repeat(60)}`, 0, 'nested too deeply'],
  ['a number beyond all', 'id: one\nminutes: 1e999', 1, '1e999 is no number that is kept exactly'],
  [
    'a number with too many digits',
    'minutes: 12345678901234567890',
    0,
    '12345678901234567890 is no',
  ],
  ['infinity', 'minutes: .inf', 0, '.inf is no number'],
  ['no number', 'minutes: .nan', 0, '.nan is no number'],
  ['a list as a key', '? [a, b]\n: c', 0, 'a key is a text'],
  ['a map as a key', '{ a: 1 }: b', 0, 'a key is a text'],
  ['an open quote', 'id: "one\ntitle: two', 1, 'needs quotes'],
  ['an open bracket', 'id: [one, two', 0, 'needs quotes'],
  ['a colon in a text', 'id: one\ntitle: a: b', 1, 'needs quotes'],
  [
    'a program as a link',
    'id: one\nnext:\n  link: " javascript:alert(1)"',
    2,
    'begins with javascript:',
  ],
  ['a control character', 'id: one\ntitle: "a\u0001b"', 1, 'a control character stands here'],
];

describe.each(KINDS)('hostile YAML in %s', (_kind, file, read, first) => {
  it.each(HOSTILE)('is refused in one line: %s', (_name, source, offset, says) => {
    let thrown: unknown;
    try {
      read(source, file);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AuthoringError);
    const { message } = thrown as AuthoringError;
    const line = offset < 0 ? 1 : first + offset;
    expect(message).toContain(`${file}:${line}: `);
    expect(message).toContain(says);
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(400);
  });

  if (!file.endsWith('.mdx'))
    it('is refused where a second document begins', () => {
      expect(() => read('id: one\n---\nid: two', file)).toThrow(
        `${file}:2: a second document begins here`,
      );
    });
});

it('leaves nothing behind in what all objects share', () => {
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
