import { describe, expect, it } from 'vitest';
import {
  jsonSchema,
  parseCoverage,
  problemsOfPlaces,
  problemsOfTerms,
  type CoverageEntry,
} from './coverage.ts';
import { schemaText } from '../../practice/quiz/schema-file.ts';
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

  it('has nothing of what is folded away in it, unless the place itself is', () => {
    const folded = PAGE.replace(
      '<p>One JOIN',
      '<details class="deeper"><summary><h3 id="more">More</h3></summary><details><summary>In</summary>x</details><p id="inside">aside</p></details><p>One JOIN',
    );
    expect(passage(folded, 'filters')).toBe('Filters One JOIN each.');
    expect(passage(folded, 'inside')).toBe('aside');
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
    line: 7,
    ...more,
  });
  const six = Array.from({ length: 6 }, () => entry());
  const places = new Map([
    ['1.2.eav', 0],
    ['1.2.wide', 0],
  ]);
  const textAt = (id: string): string | null =>
    id === '1.2.eav' ? passage(PAGE, 'eav') : id === '1.2.wide' ? passage(PAGE, 'wide') : null;

  it('finds nothing wrong where every term stands at its place, whatever its case', () => {
    expect(problemsOfPlaces(six, ['1.2'], places)).toEqual([]);
    expect(problemsOfTerms(six, textAt)).toEqual([]);
  });

  it('names an id that is gone, a term that is not there, and a section with too few entries', () => {
    const entries = [...six, entry({ at: '1.2.gone' }), entry({ at: '1.2.wide' })];
    const messages = (problems: Error[]) => problems.map(({ message }) => message);
    expect(messages(problemsOfPlaces(entries, ['1.2', '1.3'], places))).toEqual([
      expect.stringContaining('content/coverage.yaml:1: section 1.3 has 0 entries'),
      expect.stringMatching(/^content.coverage\.yaml:7: .* there is no 1\.2\.gone any more/),
    ]);
    expect(messages(problemsOfTerms([...six, entry({ at: '1.2.wide' })], textAt))).toEqual([
      expect.stringContaining('“one join” does not stand at 1.2.wide'),
    ]);
  });

  it('refuses an entry that an author got wrong, naming it', () => {
    const yaml = (line: string): string => `"1.2":\n  - { ${line} }\n`;
    expect(parseCoverage(yaml('kind: idea, holds: x, at: 1.2.eav, terms: [y]'))).toEqual([
      { section: '1.2', kind: 'idea', holds: 'x', at: '1.2.eav', terms: ['y'], line: 2 },
    ]);
    expect(() => parseCoverage(yaml('kind: thought, holds: x, at: a, terms: [y]'))).toThrow(
      /^content.coverage\.yaml:2: section 1\.2, entry 1, kind: .*"idea"\|"example"/,
    );
    expect(() => parseCoverage(yaml('kind: idea, holds: x, at: a, terms: []'))).toThrow(
      'section 1.2, entry 1, terms: list at least one word',
    );
    expect(() => parseCoverage(yaml('kind: idea, holds: x, at: a, terms: [y], id: z'))).toThrow(
      'section 1.2, entry 1: "id" is not known here. It takes: kind, holds, at, terms.',
    );
  });

  it('has a schema for editors: npm run unit -- src/lecture/coverage -u writes it', async () => {
    await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('coverage.schema.json');
  });
});
