import { describe, expect, it } from 'vitest';
import { cellsBefore, collectCells } from './collect.ts';
import { isRunnable, parseFence, type Fence } from './fence.ts';

const fence = (meta: string, code = 'SELECT 1;', lang = 'sql'): Fence => ({
  lang,
  meta,
  code,
  file: 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx',
  line: 40,
});
const parse = (meta: string, code?: string, lang?: string) => parseFence(fence(meta, code, lang));
const PLACE = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx:40: ';

describe('a fence with run', () => {
  it('is told from a fence that only mentions the word', () => {
    expect(isRunnable('run id="a"')).toBe(true);
    expect(isRunnable('title="how to run it"')).toBe(false);
    expect(isRunnable(null)).toBe(false);
  });

  it('becomes a cell with its attributes', () => {
    const cell = parse(
      'run id="eav-cast" dataset="catalog-eav" session="eav" title="The cast that fails" expect="error" mask="timing, cost"',
    );
    expect(cell).toEqual({
      id: 'eav-cast',
      engine: 'postgres',
      title: 'The cast that fails',
      dataset: 'catalog-eav',
      session: 'eav',
      expect: 'error',
      masks: ['timing', 'cost'],
      files: [{ name: 'query.sql', code: 'SELECT 1;' }],
      file: 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx',
      line: 40,
    });
  });

  it('runs on the engine of its language', () => {
    expect(parse('run id="a" title="t"', 'SELECT 1;', 'sqlite').engine).toBe('sqlite');
  });

  it('is split into files at @file lines', () => {
    const code =
      '-- @file schema.sql\nCREATE TABLE t (id int);\n\n-- @file query.sql\nSELECT * FROM t;';
    expect(parse('run id="a" title="t"', code).files).toEqual([
      { name: 'schema.sql', code: 'CREATE TABLE t (id int);' },
      { name: 'query.sql', code: 'SELECT * FROM t;' },
    ]);
  });

  it.each([
    ['run title="t"', 'a cell needs a lasting id'],
    ['run id="Every Filter" title="t"', 'a cell needs a lasting id'],
    ['run id="a"', 'needs a title'],
    [
      'run id="a" title="t" datset="x"',
      'unknown option "datset". Did you mean "dataset"? A cell takes: id, title, dataset',
    ],
    ['run id="a" title="t" expect="failure"', 'expect="failure" is unknown'],
    ['run id="a" title="t" mask="times"', 'unknown mask "times". Declared masks: timing, cost'],
    ['run error id="a" title="t"', 'unknown word "error". Did you mean error="…"?'],
    ['run id="a" title="t" id="b"', '"id" is given twice'],
    ['run id="a" title=t', 'write attributes as name="value"'],
  ])('with %s is refused with its place and a remedy', (meta, message) => {
    expect(() => parse(meta)).toThrow(PLACE);
    expect(() => parse(meta)).toThrow(message);
  });

  it('in a language that cannot run is refused, with those that can', () => {
    expect(() => parse('run id="a" title="t"', 'print(1)', 'python')).toThrow(
      '"python" cannot run. Languages that run: sql, sqlite, mongosh, redis.',
    );
  });

  it('loses no line that stands before the first file', () => {
    expect(() => parse('run id="a" title="t"', 'SELECT 0;\n-- @file b.sql\nSELECT 1;')).toThrow(
      '"SELECT 0;" stands before the first @file line',
    );
  });

  it('refuses two files of one name', () => {
    expect(() => parse('run id="a" title="t"', '-- @file a.sql\n-- @file a.sql')).toThrow(
      'two files are called "a.sql"',
    );
  });
});

const PAGE = `---
title: A page
---

Text with {/* a comment */} and <Recall week="5" topic="JSONB">a component</Recall>.

\`\`\`sql run id="one" title="One" session="s"
SELECT 1;
\`\`\`

- in a list

  \`\`\`sql run id="two" title="Two"
  SELECT 2;
  \`\`\`

\`\`\`python
run = 1
\`\`\`

\`\`\`sql run id="three" title="Three" session="s"
SELECT 3;
\`\`\`
`;

describe('the cells of a page', () => {
  it('are found in order, in lists and between components, with their lines', () => {
    const cells = collectCells(PAGE, 'page.mdx');
    expect(cells.map(({ id, line }) => [id, line])).toEqual([
      ['one', 7],
      ['two', 13],
      ['three', 21],
    ]);
    expect(cells[1]!.files[0]!.code).toBe('SELECT 2;');
  });

  it('of the same session run before one another', () => {
    const cells = collectCells(PAGE, 'page.mdx');
    expect(cellsBefore(cells, cells[2]!).map(({ id }) => id)).toEqual(['one']);
    expect(cellsBefore(cells, cells[1]!)).toEqual([]);
  });

  it('cannot share an id', () => {
    expect(() => collectCells(PAGE.replace('"three"', '"one"'), 'page.mdx')).toThrow(
      'page.mdx:21: the id "one" is taken by the cell in line 7.',
    );
  });
});
