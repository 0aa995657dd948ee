import { describe, expect, it } from 'vitest';
import { collectPermalinks } from './collect.ts';
import {
  compareLedger,
  formatLedger,
  parseLedger,
  problemsOf,
  readLedger,
  recordsOf,
  redirectedTo,
  type Ledger,
} from './ledger.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { withMoved, withNew, withRedirect } from './record.ts';

function page(id: string, path: string): Permalink {
  return { id, kind: 'section', target: path, title: id, page: id, embeds: true };
}

function on({ id, target }: Permalink, anchor: string, kind = 'cell'): Permalink {
  const place = { id: `${id}.${anchor}`, target: `${target}#${anchor}` };
  return { ...place, kind, title: anchor, page: id, embeds: true };
}

const tables = page('1.2', 'the-problem/tables/');
const course = [tables, on(tables, 'eav'), on(tables, 'plan')];
const published: Ledger = { ids: recordsOf(course), redirects: {} };

const problems = (ledger: Ledger, now: Permalink[]): string[] =>
  problemsOf(compareLedger(ledger, now));

describe('the ledger of the course', () => {
  it('names a place on a page by the page’s id', () => {
    expect(published.ids).toEqual({
      '1.2': 'section the-problem/tables/',
      '1.2.eav': 'cell 1.2#eav',
      '1.2.plan': 'cell 1.2#plan',
    });
  });

  it('keeps every promise it has made', () => {
    expect(problems(readLedger(), collectPermalinks())).toEqual([]);
  });

  it('is a line per id in the order of the lecture', () => {
    const text = formatLedger({ ids: { '1.10': 'a', '1.2.x': 'b', '1.2': 'c' }, redirects: {} });
    expect([...text.matchAll(/"(1[^"]*)"/g)].map(([, id]) => id)).toEqual(['1.2', '1.2.x', '1.10']);
  });

  it('is read as it is meant after git joined the lines of two authors', () => {
    const joined = '{\n "ids": {\n  "1": "part a/"\n  "2": "part b/",\n },\n "redirects": {}\n}';
    expect(parseLedger(joined).ids).toEqual({ '1': 'part a/', '2': 'part b/' });
  });

  it('says what to do about a file that is no ledger', () => {
    expect(() => parseLedger('{"ids": {"1": 2}, "redirects": {}}')).toThrow('npm run permalinks');
  });
});

describe('an id that is', () => {
  it('new is told apart, and recorded by the command', () => {
    const now = [...course, on(tables, 'new')];
    expect(problems(published, now)).toEqual([]);
    expect(compareLedger(published, now).added).toEqual(['1.2.new']);
    expect(compareLedger(withNew(published, now), now).added).toEqual([]);
  });

  it('lost is a problem whose remedy is a redirect', () => {
    const now = [tables, on(tables, 'eav')];
    expect(problems(published, now)).toHaveLength(1);
    expect(problems(published, now)[0]).toContain('--redirect 1.2.plan');
    const mended = withRedirect(published, now, '1.2.plan', '1.2.eav');
    expect(problems(mended, now)).toEqual([]);
    expect(mended.ids).toHaveProperty(['1.2.plan']);
  });

  it('used for something else is a problem', () => {
    const other = page('1.2', 'the-problem/other/');
    const [problem] = problems(published, [other, on(other, 'eav'), on(other, 'plan')]);
    expect(problem).toContain('1.2 was published for "section the-problem/tables/"');
    const [kind] = problems(published, [tables, on(tables, 'eav', 'heading'), on(tables, 'plan')]);
    expect(kind).toContain('would now lead to "heading 1.2#eav"');
  });

  it('at a new place is the author’s word for it, once for the page and all on it', () => {
    const moved = page('1.2', 'data/tables/');
    const now = [moved, on(moved, 'eav'), on(moved, 'plan')];
    const ledger = withMoved(published, now, '1.2');
    expect(problems(ledger, now)).toEqual([]);
    expect(() => withMoved(ledger, now, '1.2')).toThrow('nothing has moved');
  });
});

describe('a redirect', () => {
  it('of a page takes along what stood on it', () => {
    const next = page('1.3', 'the-problem/next/');
    const now = [next, on(next, 'eav')];
    const { redirects } = withRedirect(published, now, '1.2', '1.3');
    expect(redirects).toEqual({ '1.2': '1.3', '1.2.eav': '1.3.eav', '1.2.plan': '1.3' });
  });

  it('may lead to an id that is redirected itself', () => {
    const ledger = { ids: {}, redirects: { a: 'b', b: '1.2', x: 'y', y: 'x' } };
    expect(redirectedTo(ledger, 'a', published.ids)).toBe('1.2');
    expect(redirectedTo(ledger, 'x', published.ids)).toBeUndefined();
  });

  it.each([
    ['from what is there', { '1.2.eav': '1.2' }, 'and is in the course'],
    ['to nothing', { old: 'older' }, 'which leads nowhere'],
    ['in a circle', { x: 'y', y: 'x' }, 'which leads nowhere'],
  ])('%s is a problem', (_, redirects, message) => {
    expect(problems({ ...published, redirects }, course)[0]).toContain(message);
  });

  it.each([
    ['1.2.eav', '1.2', 'leads there by itself'],
    ['1.2.never', '1.2', 'never recorded'],
    ['1.2.plan', '1.2.gone', 'There is no 1.2.gone'],
  ])('from %s to %s is refused', (from, to, message) => {
    const now = course.filter(({ id }) => id !== '1.2.plan');
    expect(() => withRedirect(published, now, from, to)).toThrow(message);
  });
});
