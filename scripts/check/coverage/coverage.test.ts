import { describe, expect, it } from 'vitest';
import { coverageProblems, parseCoverage, type CoverageEntry } from './coverage.ts';
import { passage } from './passage.ts';

const PAGE = `<html><body><nav>EAV</nav><main>
  <h2 id="eav">The <em>E</em>AV design</h2><p>Keys are rows.</p>
  <h3 id="filters">Filters</h3><p>One JOIN each.</p><script>secret()</script>
  <h2 id="wide">Wide</h2><p>NULLs</p>
  <course-cell id="nulls"><pre>SELECT
  count(*)</pre></course-cell><p>after</p></main><footer>foot</footer></body></html>`;

describe('a passage of a page', () => {
  it('is what follows a heading up to the next of its rank', () => {
    expect(passage(PAGE, 'eav')).toBe('The EAV design Keys are rows. Filters One JOIN each.');
    expect(passage(PAGE, 'filters')).toBe('Filters One JOIN each.');
  });

  it('is the inside of any other element', () => {
    expect(passage(PAGE, 'nulls')).toBe('SELECT count(*)');
  });

  it('is the main part for a whole page, and null for an id that is not there', () => {
    expect(passage(PAGE, '')).toMatch(/^The EAV design .* after$/);
    expect(passage(PAGE, 'gone')).toBeNull();
  });
});

describe('coverage', () => {
  const entry = (more: Partial<CoverageEntry> = {}): CoverageEntry => ({
    section: '1.2',
    kind: 'idea',
    holds: 'every filter is a join',
    at: '1.2.eav',
    terms: ['one join'],
    ...more,
  });
  const six = Array.from({ length: 6 }, () => entry());
  const textAt = (id: string): string | null =>
    id === '1.2.eav' ? passage(PAGE, 'eav') : id === '1.2.wide' ? passage(PAGE, 'wide') : null;

  it('finds nothing wrong where every term stands at its place, whatever its case', () => {
    expect(coverageProblems(six, ['1.2'], textAt)).toEqual([]);
  });

  it('names an id that is gone, a term that is not there, and a section with too few entries', () => {
    const entries = [...six, entry({ at: '1.2.gone' }), entry({ at: '1.2.wide' })];
    expect(coverageProblems(entries, ['1.2', '1.3'], textAt)).toEqual([
      expect.stringContaining('section 1.3 has 0 entries'),
      expect.stringContaining('there is no 1.2.gone any more'),
      expect.stringContaining('“one join” does not stand at 1.2.wide'),
    ]);
  });

  it('refuses an entry that an author got wrong, naming it', () => {
    const yaml = (line: string): string => `"1.2":\n  - { ${line} }\n`;
    expect(parseCoverage(yaml('kind: idea, holds: x, at: 1.2.eav, terms: [y]'))).toEqual([
      { section: '1.2', kind: 'idea', holds: 'x', at: '1.2.eav', terms: ['y'] },
    ]);
    expect(() => parseCoverage(yaml('kind: thought, holds: x, at: a, terms: [y]'))).toThrow(
      'section 1.2, entry 1: kind is one of idea, example',
    );
    expect(() => parseCoverage(yaml('kind: idea, holds: x, at: a, terms: []'))).toThrow(
      'terms lists words',
    );
    expect(() => parseCoverage(yaml('kind: idea, holds: x, at: a, terms: [y], id: z'))).toThrow(
      '"id" is unknown',
    );
  });
});
