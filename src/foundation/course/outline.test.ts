import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { labelOf, readClosingPages, readOutline, readPages, slugOf } from './outline.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

function lecture(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'outline-'));
  roots.push(root);
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, 'content/lecture', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return root;
}
const page = (fields: string): string =>
  `---\n${fields}\ndescription: What it is about.\n---\n\nText.\n`;
const PART = page('id: "1"\ntitle: The problem\nminutes: 40');

describe('the address of a page', () => {
  it.each([
    ['1-the-problem/1.2-three-broken-solutions.mdx', 'the-problem/three-broken-solutions'],
    ['1-the-problem/index.mdx', 'the-problem'],
    ['index.mdx', 'index'],
  ])('of %s has no numbers in it', (path, slug) => {
    expect(slugOf(path)).toBe(slug);
  });
});

describe('the outline', () => {
  it('of this course begins with the problem', () => {
    const [first] = readOutline();
    expect(first).toMatchObject({ id: '1', slug: 'the-problem' });
    expect(first!.sections.map(({ id }) => id).slice(0, 3)).toEqual(['1.1', '1.2', '1.3']);
    expect(first!.sections.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(first!.minutes);
  });

  it('orders sections by number, not by letter', () => {
    const section = (id: string) => page(`id: "${id}"\ntitle: T\nminutes: 1`);
    const root = lecture({
      '1-a/index.mdx': PART,
      '1-a/1.10-late.mdx': section('1.10'),
      '1-a/1.9-early.mdx': section('1.9'),
    });
    expect(readOutline(root)[0]!.sections.map(({ id }) => id)).toEqual(['1.9', '1.10']);
  });

  it('ends with the closing pages in their own order, and links them without a number', () => {
    const root = lecture({
      '1-a/index.mdx': PART,
      '1-a/1.1-x.mdx': page('id: "1.1"\ntitle: T\nminutes: 1'),
      'about.mdx': page('title: About'),
      'a-next.mdx': page('id: next\ntitle: Next\nclosing: 2'),
      'summary.mdx': page('id: summary\ntitle: Summary\nclosing: 1'),
    });
    expect(readPages(root).map(labelOf)).toEqual(['1 The problem', '1.1 T', 'Summary', 'Next']);
    expect(readClosingPages(root).map(({ slug }) => slug)).toEqual(['summary', 'a-next']);
  });

  it.each([
    ['a folder without a number', { 'the-problem/index.mdx': PART }, "a part's folder is named"],
    ['a part without a page', { '1-a/1.1-x.mdx': PART }, 'the part has no index.mdx'],
    [
      'an id that is no text',
      { '1-a/index.mdx': page('id: 1\ntitle: T\nminutes: 1') },
      'lacks "id"',
    ],
    ['a page without minutes', { '1-a/index.mdx': page('id: "1"\ntitle: T') }, 'lacks "minutes"'],
    ['a page without frontmatter', { '1-a/index.mdx': 'Text.' }, 'no frontmatter'],
    [
      'a number that is not the file’s',
      { '1-a/index.mdx': PART, '1-a/1.2-x.mdx': page('id: "1.3"\ntitle: T\nminutes: 1') },
      'the file is number 1.2, its frontmatter says id "1.3"',
    ],
  ])('refuses %s and says what would be right', (_what, files, message) => {
    expect(() => readOutline(lecture(files as unknown as Record<string, string>))).toThrow(message);
  });
});
