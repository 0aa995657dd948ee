import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPages } from '../../foundation/course/outline.ts';
import { collectPermalinks } from './collect.ts';
import { gonePage } from './gone-page.ts';
import { GONE, problemsOf, compareLedger, readLedger, redirectedTo } from './ledger.ts';
import { withNew, withRetired } from './record.ts';
import { mentionsOf, moveSection, removePages } from './relocate.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relocate-'));
  cpSync('content', join(root, 'content'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const problems = (ledger: ReturnType<typeof readLedger>): string[] =>
  problemsOf(compareLedger(ledger, collectPermalinks(root)));

describe('a part that is taken out', () => {
  it('goes with its sections, questions and exercises, and all its links say that it is gone', () => {
    const before = collectPermalinks(root).filter(({ id }) => /^2(\.|$)/.test(id));
    const files = removePages('2', root);
    expect(files).toContain('content/quizzes/2.3.yaml');
    expect(files).toContain('content/exercises/x-transfer.yaml');
    expect(files.filter((file) => file.startsWith('content/lecture/2-'))).toHaveLength(5);
    expect(files.filter((file) => existsSync(join(root, file)))).toEqual([]);
    expect(readPages(root).filter(({ id }) => id.startsWith('2'))).toEqual([]);

    const now = collectPermalinks(root);
    const ledger = withRetired(readLedger(root), now, '2', GONE);
    expect(problems(ledger)).toEqual([]);
    expect(before.length).toBeGreaterThan(80);
    for (const { id } of before) expect(redirectedTo(ledger, id, {}), id).toBe(GONE);
  });

  it('may lead to another page', () => {
    removePages('2.2', root);
    const ledger = withRetired(readLedger(root), collectPermalinks(root), '2.2', '2.1');
    expect(ledger.redirects['2.2']).toBe('2.1');
    expect(problems(ledger)).toEqual([]);
  });

  it('has to be there, and what its links lead to, too', () => {
    expect(() => removePages('9', root)).toThrow('The course has no page 9. There are: ');
    const all = collectPermalinks(root);
    expect(() => withRetired(readLedger(root), all, '2', '9.9')).toThrow('There is no 9.9');
    expect(() => withRetired(readLedger(root), all, '2', GONE)).toThrow('nothing to redirect');
  });
});

describe('a section that gets another number', () => {
  it('is named by it everywhere, and links to the old one lead on', () => {
    const changed = moveSection('1.3', '1.5', root);
    expect(changed[0]).toBe('content/lecture/1-the-problem/1.5-the-jsonb-escape-hatch.mdx');
    expect(read(changed[0]!)).toMatch(/^id: ["']1\.5["']$/m);
    expect(read('content/quizzes/1.5.yaml')).toContain("see: '1.5.validation'");
    expect(read('content/decisions/database.yaml')).toContain("section: '1.5'");
    const all = changed.map(read).join('\n');
    expect(all).not.toMatch(/(see|section|cell|at): '?1\.3['.\s]|<SectionLink id="1\.3/);

    // What is said in prose is the author's to change.
    expect(mentionsOf('1.3', root)).toContain('content/quizzes/3.2.yaml:42');

    const now = collectPermalinks(root);
    const ledger = withNew(withRetired(readLedger(root), now, '1.3', '1.5'), now);
    expect(problems(ledger)).toEqual([]);
    expect(ledger.redirects['1.3.validation']).toBe('1.5.validation');
  });

  it('cannot take the number of another, nor one of no part', () => {
    expect(() => moveSection('1.3', '1.4', root)).toThrow('1.4 is there already');
    expect(() => moveSection('1.3', '9.1', root)).toThrow('9.1 can be no section');
    expect(() => moveSection('1', '2', root)).toThrow('move its sections');
  });
});

it('the page of what is gone holds what it names as text', () => {
  expect(gonePage('2.1.<b>', '/course/')).toContain('This link was to 2.1.&lt;b&gt;,');
  expect(gonePage('2', '/course/')).toContain('<a href="/course/">');
});
