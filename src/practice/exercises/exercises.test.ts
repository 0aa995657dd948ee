/** Exercises as authors write them: each keeps its word, and how a mistake of an author is told. */
import { existsSync, readFileSync } from 'node:fs';
import { format } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { schemaText } from '../quiz/schema-file.ts';
import { jsonSchema, SCHEMA_FILE } from './exercise.ts';
import { parseExercise } from './parse.ts';
import { exerciseFiles, readExercise } from './read.ts';
import { Databases } from './run.ts';
import { verifiedExercise } from './verified.ts';
import { verifyExercise } from './verify.ts';

const databases = new Databases();
afterAll(() => databases.close());

const FILE = 'content/exercises/x-eav-furniture.yaml';
const SOURCE = readFileSync(FILE, 'utf8');
const sections = new Set(collectPermalinks().map(({ id }) => id));

describe('code that does not end', () => {
  const quick = new Databases({ milliseconds: 5000 });
  afterAll(() => quick.close());

  test('is stopped, with its place in the file', async () => {
    const [, example] = /```yaml\n(id: x-[\s\S]*?)```/.exec(
      readFileSync('src/practice/exercises/README.md', 'utf8'),
    )!;
    const file = 'content/exercises/x-toys.yaml';
    const placed = parseExercise(example!, file);
    const [attempt] = placed.exercise.attempts.right;
    attempt!.code = 'SELECT 1;\nSELECT pg_sleep(1e6);';
    const { errors } = await verifyExercise(placed, quick.runFor(placed));
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        `${file}:${placed.lineOf('attempts', 'right', 0)}: exercise "x-toys": "JSON, and a named constraint", or what ` +
          'checks it, does not end: it was stopped after 5 s in its line 2, “SELECT pg_sleep(1e6);”',
      ),
    ]);
  }, 120_000);
});

describe('the exercises of the course', () => {
  test('there are some', () => {
    expect(exerciseFiles()).toContain(FILE);
  });

  test.each(exerciseFiles())(
    '%s: right code passes, wrong code fails first where it says',
    async (file) => {
      const placed = readExercise(file);
      const { trials, errors } = await verifiedExercise(placed, databases);
      expect(errors.map(({ message }) => message)).toEqual([]);
      // The solution, the start, two right attempts and three wrong ones.
      expect(trials.length).toBeGreaterThanOrEqual(7);
    },
    // Ten codes, five checks, and a fresh dataset for each: some exercises fill a database a hundred times.
    120_000,
  );

  test.each(exerciseFiles())('%s: belongs to a section of the course', (file) => {
    expect(sections).toContain(readExercise(file).exercise.section);
  });

  test('the schema for editors is the one of the validator', async () => {
    expect(existsSync(SCHEMA_FILE)).toBe(true);
    expect(
      readFileSync(SCHEMA_FILE, 'utf8'),
      'run: node scripts/author/exercises.ts --schema',
    ).toBe(await schemaText(jsonSchema()));
  });

  test('the README’s example is accepted, and does what it says', async () => {
    const [, example] = /```yaml\n(id: x-[\s\S]*?)```/.exec(
      readFileSync('src/practice/exercises/README.md', 'utf8'),
    )!;
    const placed = parseExercise(example!, 'content/exercises/x-toys.yaml');
    const { errors } = await verifyExercise(placed, databases.runFor(placed));
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(await format(example!, { parser: 'yaml', singleQuote: true, printWidth: 100 })).toBe(
      example,
    );
  });
});

describe('an exercise that does not keep its word is told, with the line', () => {
  const errorsOf = async (source: string): Promise<string> => {
    const placed = parseExercise(source, FILE);
    const { errors } = await verifyExercise(placed, databases.runFor(placed));
    return errors.map(({ message }) => message).join('\n');
  };
  const cases: [string, string, string, RegExp][] = [
    [
      'a wrong attempt that fails another check',
      'misses: rows',
      'misses: order',
      /yaml:\d+: "lengths compared as text" should fail first at "order" and fails first at "rows": These/,
    ],
    [
      'a right attempt that does not pass',
      'ORDER BY cm;',
      'ORDER BY cm DESC;',
      /yaml:\d+: "two joins, and DISTINCT" should pass and fails first at "order"/,
    ],
    [
      'a solution that the engine refuses',
      'ORDER BY length;',
      'ORDER BY lengths;',
      /yaml:\d+: "solution" should pass and fails first at "error": ERROR: column "lengths"/,
    ],
    [
      'a solution without a result',
      'SELECT p.name, l.length\n',
      'CREATE TABLE t AS SELECT p.name, l.length\n',
      /yaml:\d+: exercise "x-eav-furniture": its solution fails, or shows no result\. End it/,
    ],
  ];
  test.each(cases)('%s', async (_, from, to, message) => {
    expect(SOURCE).toContain(from);
    expect(await errorsOf(SOURCE.replace(from, to))).toMatch(message);
  });

  test('a start that is a solution', async () => {
    const solution = /^solution:\n {2}code: \|\n([\s\S]*?)\n {2}why:/m.exec(SOURCE)![1]!;
    const started = SOURCE.replace(
      /^start: \|\n[\s\S]*?^hints:/m,
      () => `start: |\n${solution}\nhints:`,
    );
    expect(await errorsOf(started)).toMatch(/yaml:\d+: the start passes all checks/);
  });

  test('a dataset that is not there', () => {
    const placed = parseExercise(SOURCE.replace('catalog-eav', 'catalog-toys'), FILE);
    expect(() => databases.runFor(placed)).toThrow(/yaml:\d+: .*catalog-toys\.sql.*catalog-wide/);
  });
});

describe('a file that is not right is refused with its line and its remedy', () => {
  const cases: [string, string | RegExp, string, RegExp][] = [
    ['no YAML', "section: '1.2'", 'section: a: b', /yaml:3: .*needs quotes/],
    ['a number for the section', "section: '1.2'", 'section: 1.2', /yaml:3: section: /],
    ['a key that is not known', 'idea:', 'ideas:', /idea: is missing\. Write it/],
    [
      'another name than the file',
      'id: x-eav-furniture',
      'id: x-eav',
      /yaml:2: id: the file is called x-eav-furniture\.yaml/,
    ],
    ['an id of no exercise', 'id: x-eav-furniture', 'id: eav', /yaml:2: id: an id is x-/],
    ['a language that does not run', 'lang: sql', 'lang: python', /yaml:7: lang: /],
    [
      'a kind of check that there is not',
      'kind: answer',
      'kind: answers',
      /check 1.*kind is one of answer, query/,
    ],
    [
      'one name for two checks',
      'name: order',
      'name: rows',
      /check 2 name: an earlier check has this name/,
    ],
    ['a check called error', 'name: order', 'name: error', /check 2 name: error means the engine/],
    [
      'an attempt that misses no check',
      'misses: order',
      'misses: sorting',
      /attempts wrong 4 misses: no check is called "sorting"\. Write one of rows, order, error/,
    ],
    [
      'a check that nothing fails',
      'misses: order',
      'misses: rows',
      /check 2: no wrong attempt misses "order"/,
    ],
    [
      'a plan that names nothing',
      'kind: answer\n    ordered: false',
      'kind: plan',
      /check 1: write what the plan names/,
    ],
    [
      'one right attempt',
      / {4}- says: the rows of a product[\s\S]*?(?= {2}wrong:)/,
      '',
      /attempts right: write at least two/,
    ],
  ];
  test.each(cases)('%s', (_, from, to, message) => {
    const source = SOURCE.replace(from, to);
    expect(source).not.toBe(SOURCE);
    expect(() => parseExercise(source, FILE)).toThrow(message);
  });

  test('work without a limit, and where the engine does not count', () => {
    const file = 'content/exercises/x-nested-filter.yaml';
    const work = (path: string, limit: string): string =>
      readFileSync(path, 'utf8').replace(
        'kind: answer\n    ordered: false',
        `kind: work\n    code: page()${limit}`,
      );
    expect(() => parseExercise(work(file, ''), file)).toThrow(
      /check 1: write how many documents may be read or written: reads: 100/,
    );
    expect(() => parseExercise(work(FILE, '\n    reads: 1'), FILE)).toThrow(
      /check 1 kind: work can be measured in mongosh\. In sql write kind: plan or query/,
    );
  });

  test('an interruption where statements cannot be told apart', () => {
    const file = 'content/exercises/x-nested-filter.yaml';
    const source = readFileSync(file, 'utf8').replace(
      'kind: answer\n    ordered: false',
      "kind: interrupted\n    code: db.products.countDocuments()\n    expect: '16'",
    );
    expect(() => parseExercise(source, file)).toThrow(
      /check 1 kind: code can be interrupted in sql and redis\. In mongosh write kind: query/,
    );
  });

  test('a plan where the engine explains nothing of that kind', () => {
    const file = 'content/exercises/x-nested-filter.yaml';
    const source = readFileSync(file, 'utf8').replace(
      'kind: answer\n    ordered: false',
      'kind: plan\n    names: IXSCAN',
    );
    expect(() => parseExercise(source, file)).toThrow(
      /check 1 kind: a plan can be checked in sql and sqlite/,
    );
  });
});
