/** The design challenges of the course: their designs meet every stage, their mistakes are told, and a slip of an author too. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { schemaText } from '../quiz/schema-file.ts';
import { jsonSchema, SCHEMA_FILE } from './challenge.ts';
import { measureDesigns } from './designs.ts';
import { parseChallenge } from './parse.ts';
import { challengeFiles, readChallenge } from './read.ts';
import { emptyDatabase } from './run.ts';
import { verifiedChallenge } from './verified.ts';

const FILE = 'content/challenges/x-catalog-design.yaml';
const SOURCE = readFileSync(FILE, 'utf8');

describe('code that does not end', () => {
  const quick = emptyDatabase({ milliseconds: 2000 });
  afterAll(() => quick.close());
  const ENDLESS = 'SELECT pg_sleep(1e6);';

  test('in a design is stopped, with its place in the file', async () => {
    const placed = parseChallenge(SOURCE, FILE);
    const { challenge, lineOf } = placed;
    const [stage] = challenge.stages;
    challenge.designs[0]!.code[stage!.name] = ENDLESS;
    await expect(measureDesigns(placed, quick.run)).rejects.toThrow(
      `${FILE}:${lineOf('designs', 0, 'code', stage!.name)}: challenge "x-catalog-design": "wide", or what checks it, ` +
        'does not end: it was stopped after 2 s in its line 1, “SELECT pg_sleep(1e6);”',
    );
  });
});

describe('the challenges of the course', () => {
  test('there is the catalog', () => {
    expect(challengeFiles()).toContain(FILE);
  });

  test.each(challengeFiles())(
    '%s: all designs meet all stages, wrong code fails first where it says, starts are no solutions',
    { timeout: 300_000 },
    async (file) => {
      const placed = readChallenge(file);
      const { errors, measured, trials } = await verifiedChallenge(placed);
      expect(errors.map(({ message }) => message)).toEqual([]);
      expect(measured.map(({ design }) => design)).toEqual([
        'wide',
        'eav',
        'tables',
        'joined',
        'jsonb',
      ]);
      // What section 1.2 tells of them, counted.
      const of = Object.fromEntries(measured.map(({ design, stages }) => [design, stages]));
      const [launch, toys, filters] = [0, 1, 2];
      expect(of['wide']![launch]!.nulls).toBeGreaterThan(100);
      expect(of['wide']![toys]!.migrations).toBe(1);
      expect(of['eav']![toys]!.migrations).toBe(0);
      expect(of['eav']![filters]!.joins).toBe(2);
      expect(of['tables']![toys]!.scans).toBe(6);
      expect(of['joined']![filters]!.joins).toBe(1);
      expect(of['jsonb']!.map(({ nulls }) => nulls)).toEqual([0, 0, 0, 0, 0, 0]);

      // A reader is told more than that something is wrong.
      const told = trials.map(({ verdict }) => JSON.stringify(verdict.results)).join('\n');
      expect(told).toContain('`toys` cannot be found');
      expect(told).toContain('The order for a product that is not there was accepted.');
      expect(told).toContain('“4” (min_age of Desktop Train Set)');
    },
  );

  test('the schema for editors is the one of the validator', async () => {
    expect(existsSync(SCHEMA_FILE)).toBe(true);
    expect(
      readFileSync(SCHEMA_FILE, 'utf8'),
      'run: node scripts/author/challenge.ts --schema',
    ).toBe(await schemaText(jsonSchema()));
  });
});

describe('a slip of an author is told with its line', () => {
  const lineOf = (part: string): number => SOURCE.slice(0, SOURCE.indexOf(part)).split('\n').length;
  const refused = (from: string, to: string): (() => unknown) => {
    expect(SOURCE).toContain(from);
    return () => parseChallenge(SOURCE.replace(from, to), FILE);
  };
  const cases: [string, string, string, RegExp][] = [
    ['a price without cents', "price: '8.00'", 'price: 8', /price/],
    ['a kind that is not known', 'kind: points', 'kind: pointer', /kind is one of stored/],
    [
      'a mistake in a stage that is not there',
      'stage: colors',
      'stage: colours',
      /no stage is called colours/,
    ],
    ['a swap of code that is not there', 'from: ILIKE', 'from: SIMILAR', /does not hold “SIMILAR”/],
    [
      'a check that nothing misses',
      'misses: exact',
      'misses: follows',
      /no wrong attempt misses "exact"/,
    ],
  ];
  test.each(cases)('%s', (_what, from, to, message) => {
    expect(refused(from, to)).toThrow(message);
    expect(refused(from, to)).toThrow(new RegExp(`^${FILE}:\\d+: `));
  });

  test('the line is that of the mistake', () => {
    expect(refused('kind: points', 'kind: pointer')).toThrow(`${FILE}:${lineOf('kind: points')}`);
  });

  test('a stage whose answer could be fixed values', () => {
    const source = SOURCE.replaceAll('kind: follows', 'kind: stored');
    expect(() => parseChallenge(source, FILE)).toThrow(/is not known here|kind: follows/);
  });
});
