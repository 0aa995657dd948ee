import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BuiltSite } from '../../build/built-site/site.ts';
import type { LecturePage } from '../../build/lecture-pages.ts';
import { budgetTable, compare, readBudgets, type Measurement } from './budget.ts';
import { measureLessonPages } from './lesson-pages.ts';
import { measureQuiz } from './quiz.ts';
import { gzipSize, median, Scales, staticImports } from './page-weight.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'budgets-'));
  write('index.html', '<h1>The course</h1>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** The weight of a page that holds this, served under a base. */
function weigh(html: string, base = '/') {
  write('the-problem/jsonb/index.html', html);
  const site = new BuiltSite(folder, base);
  return new Scales(site).weigh(site.page('the-problem/jsonb/index.html')!);
}

describe('the weight of a page', () => {
  it('counts its HTML, style sheets and scripts gzipped, each once', () => {
    const css = 'main { max-width: 70ch }';
    const js = 'document.title = "JSONB";';
    write('_astro/page.css', css);
    write('_astro/page.js', js);
    const html = `<link rel="stylesheet" href="/_astro/page.css"><script type="module" src="/_astro/page.js">
      </script><link rel="modulepreload" href="/_astro/page.js">`;
    const weight = weigh(html);
    expect(weight).toMatchObject({
      html: gzipSize(html),
      css: gzipSize(css),
      javascript: gzipSize(js),
      media: 0,
      total: gzipSize(html) + gzipSize(css) + gzipSize(js),
    });
  });

  it('follows what modules import when they start, not what they import on demand', () => {
    write(
      '_astro/cell.js',
      'import { a } from "./broker.js"; export const edit = () => import("./editor.js");',
    );
    write('_astro/broker.js', 'export { a } from "./protocol.js";');
    write('_astro/protocol.js', 'export const a = 1;');
    write('_astro/editor.js', 'export const sandpack = "large";');
    expect(weigh('<script type="module" src="/_astro/cell.js"></script>').files).toEqual([
      'the-problem/jsonb/index.html',
      '_astro/cell.js',
      '_astro/broker.js',
      '_astro/protocol.js',
    ]);
  });

  it('follows what a script in the page imports, and counts that script as JavaScript', () => {
    write('_astro/cell.js', 'export {};');
    const weight = weigh('<script type="module">import "/_astro/cell.js";</script>');
    expect(weight.files).toContain('_astro/cell.js');
    expect(weight.javascript).toBe(gzipSize('export {};') + gzipSize('import "/_astro/cell.js";'));
  });

  it('counts images, those of style sheets as well, and no data blocks as scripts', () => {
    write('_astro/page.css', 'h1 { background: url(dots.svg) }');
    write('_astro/dots.svg', '<svg/>');
    write('icon.png', 'png');
    const weight =
      weigh(`<link rel="stylesheet" href="/_astro/page.css"><link rel="icon" href="/icon.png">
      <script type="application/json">{"rows": 3}</script>`);
    expect(weight.media).toBe(gzipSize('<svg/>') + gzipSize('png'));
    expect(weight.javascript).toBe(0);
  });

  it('does not follow links that a reader may click', () => {
    expect(weigh('<a href="/">Home</a><link rel="canonical" href="/">').files).toHaveLength(1);
  });

  it('is found under a sub-path', () => {
    write('_astro/cell.js', 'import "./broker.js";');
    write('_astro/broker.js', 'export {};');
    const { files } = weigh(
      '<script type="module" src="/course/_astro/cell.js"></script>',
      '/course/',
    );
    expect(files).toContain('_astro/broker.js');
  });
});

describe('static imports', () => {
  it('are told from dynamic ones by parsing, also in minified code', () => {
    expect(
      staticImports(
        'import{a as b}from"./x.js";import"./y.js";export*from"./z.js";const c=()=>import("./w.js")',
      ),
    ).toEqual(['./x.js', './y.js', './z.js']);
  });
});

describe('lesson pages', () => {
  const section = (id: string, slug: string): LecturePage => ({
    id,
    title: slug,
    slug,
    page: `${slug}/index.html`,
    source: `content/lecture/${slug}.mdx`,
    kind: 'section',
  });

  it('are measured by their heaviest and their middle, and must not load an engine', () => {
    write('_engines/sqlite.bin', 'x'.repeat(500));
    write('a/index.html', 'short');
    write('b/index.html', `<link rel="preload" href="/_engines/sqlite.bin">`);
    write('c/index.html', Array.from({ length: 500 }, (_, n) => n * n).join(' '));
    const { measurements } = measureLessonPages(new BuiltSite(folder, '/'), [
      section('1.1', 'a'),
      section('1.2', 'b'),
      section('1.3', 'c'),
    ]);
    const of = (entry: string) => measurements.find((one) => one.entry === entry);
    expect(of('all files, gzip, heaviest page')?.of).toBe('/c/');
    expect(of('engine files, any page')).toMatchObject({ bytes: 500, of: 'most: /b/' });
    expect(of('JavaScript, gzip, any page')?.bytes).toBe(0);
  });

  it('that were not built are named by their source', () => {
    expect(() => measureLessonPages(new BuiltSite(folder, '/'), [section('1.9', 'gone')])).toThrow(
      'content/lecture/gone.mdx (1.9)',
    );
  });

  it('have the upper of two middles as their median', () => {
    expect(median([40, 10, 30, 20])).toBe(30);
    expect(median([3, 1, 2])).toBe(2);
  });
});

describe('budgets', () => {
  const measured = (bytes: number): Measurement => ({
    group: 'Edit, extra to first keystroke',
    entry: 'any cell, gzip',
    bytes,
    of: 'a cell',
  });

  it('as committed are sizes, and are kept up to their last byte', () => {
    const budgets = readBudgets(join(import.meta.dirname, '../../..'));
    const [kept, exceeded] = compare([measured(250_000), measured(250_001)], budgets);
    expect([kept?.kept, exceeded?.kept]).toEqual([true, false]);
    expect(budgetTable([exceeded!])).toMatch(/^✗ Edit.* 250\.0 kB ≤ +250\.0 kB +a cell$/);
  });

  it('that nobody wrote down are asked for', () => {
    expect(() => compare([measured(1)], {})).toThrow('budgets.json has no entry "any cell, gzip"');
  });

  it('that are no sizes are refused with their place', () => {
    write('budgets.json', '{"Edit": {"any cell": 320}}');
    expect(() => readBudgets(folder)).toThrow('budgets.json, "Edit", "any cell": "320" is no size');
  });
});

describe('the quiz script', () => {
  const page = (slug: string): LecturePage => ({
    id: slug,
    title: slug,
    slug,
    page: `${slug}/index.html`,
    source: `content/lecture/${slug}.mdx`,
    kind: 'section',
  });
  const script = 'import "./done.js";customElements.define(`course-question`,class{});';
  const asking = '<course-question></course-question><script src="/_astro/quiz.js"></script>';
  const measured = (...slugs: string[]) => {
    write('_astro/quiz.js', script);
    write('_astro/done.js', 'export {};');
    write('_astro/menu.js', 'document.title;');
    write('self-test/index.html', '<script src="/_astro/quiz.js"></script>');
    const all = measureQuiz(new BuiltSite(folder, '/'), slugs.map(page));
    return Object.fromEntries(all.map(({ entry, bytes }) => [entry, bytes]));
  };

  it('is measured with what it imports, and without what else its page loads', () => {
    write('asks/index.html', `${asking}<script src="/_astro/menu.js"></script>`);
    write('tells/index.html', '<script src="/_astro/menu.js"></script>');
    const bytes = gzipSize(script) + gzipSize('export {};');
    expect(measured('asks', 'tells')).toMatchObject({
      'Quiz script, gzip': bytes,
      'Quiz script, pages without questions': 0,
      'self-test, JavaScript, gzip': bytes,
    });
  });

  it('counts where a page loads it that asks nothing', () => {
    write('asks/index.html', asking);
    write('tells/index.html', '<script src="/_astro/quiz.js"></script>');
    expect(measured('asks', 'tells')['Quiz script, pages without questions']).toBeGreaterThan(0);
  });

  it('must be there where questions are', () => {
    write('asks/index.html', '<course-question></course-question>');
    expect(() => measured('asks')).toThrow('asks/index.html asks questions and loads no script');
  });
});
