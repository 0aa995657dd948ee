/** What a reader is told about code of every kind, on the engines of the course. */
import { afterAll, describe, expect, test } from 'vitest';
import { checkExercise, type Verdict } from './check.ts';
import type { Check, Exercise } from './exercise.ts';
import { Databases } from './run.ts';

const databases = new Databases();
afterAll(() => databases.close());

type Shape = Partial<Pick<Exercise, 'lang' | 'dataset'>> & { solution?: string };

function verdictOf(checks: Check[], code: string, shape: Shape = {}): Promise<Verdict> {
  const { solution = 'SELECT 1', lang = 'sql', dataset } = shape;
  const exercise: Exercise = {
    id: 'x-test-one',
    section: '1.2',
    title: 'A test',
    idea: 'an-idea',
    difficulty: 'easy',
    lang,
    ...(dataset !== undefined && { dataset }),
    task: 'Do it.',
    start: '-- here',
    hints: ['Try.'],
    solution: { code: solution, why: 'It is.' },
    checks,
    attempts: { right: [], wrong: [] },
  };
  return checkExercise(
    exercise,
    code,
    databases.runFor({ exercise, file: 'content/exercises/x-test-one.yaml', lineOf: () => 1 }),
  );
}

const stated = { name: 'one', says: 'It holds.', missing: 'It is missing.' };
const first = (verdict: Verdict): unknown => verdict.results[0];
const answer = (ordered: boolean): Check => ({ ...stated, kind: 'answer', ordered });
const detailOf = async (code: string, solution: string, shape: Shape = {}): Promise<unknown> => {
  const verdict = await verdictOf([answer(true)], code, { ...shape, solution });
  return verdict.results[0]!.detail;
};

describe('code that the engine refuses', () => {
  test('is a verdict of its own, with the engine’s words and the line, and no check runs', async () => {
    const notRun = {
      state: 'not-run',
      message: 'Not checked: your code ends with an error.',
    };
    const verdict = await verdictOf(
      [answer(false), answer(true)],
      'SELECT 1;\nSELECT * FROM toys;',
    );
    expect(verdict).toMatchObject({
      kind: 'error',
      failure: { line: 2, message: 'ERROR: relation "toys" does not exist' },
      results: [notRun, notRun],
    });
  });
});

describe('an answer', () => {
  const three = "VALUES (1, 'a'), (2, 'b'), (3, 'c')";

  test('is compared by its values, whatever the columns are called and numbers look like', async () => {
    const verdict = await verdictOf([answer(true)], 'SELECT 25 AS cost', {
      solution: 'SELECT 25.00 AS price',
    });
    expect(verdict).toMatchObject({ passed: true });
  });

  test('says how many rows are missing, and one of them', async () => {
    expect(await detailOf("VALUES (1, 'a')", three)).toBe(
      '2 rows of 3 are missing: for instance “2 | b”.',
    );
  });

  test('says how many rows are too many, counting repetitions', async () => {
    expect(await detailOf(`${three}, (3, 'c')`, three)).toBe('1 row too many: “3 | c”.');
  });

  test('says which columns were asked for', async () => {
    expect(await detailOf('SELECT 1 AS a', 'SELECT 1 AS a, 2 AS b')).toBe(
      'Your rows have 1 column (a), and 2 columns are asked for: a, b.',
    );
  });

  test('says where the order changes, if the order counts', async () => {
    const code = "VALUES (1, 'a'), (3, 'c'), (2, 'b')";
    expect(await detailOf(code, three)).toBe(
      'All that is asked for is there, in another order: row 2 is “3 | c” and should be “2 | b”.',
    );
    expect(await verdictOf([answer(false)], code, { solution: three })).toMatchObject({
      passed: true,
    });
  });

  test('of wrong rows the order is not judged', async () => {
    const { results } = await verdictOf([answer(false), answer(true)], 'SELECT 2');
    expect(results.map(({ state }) => state)).toEqual(['missing', 'not-run']);
  });

  test('is missing where a statement shows nothing', async () => {
    expect(await detailOf('CREATE TABLE t ()', 'SELECT 1')).toMatch(/shows no result/);
  });

  test('that goes on is not taken for its beginning', async () => {
    const wanted = 'SELECT generate_series(1, 200)';
    expect(await detailOf('SELECT generate_series(1, 300)', wanted)).toMatch(
      /goes on after 200 rows/,
    );
  });

  test('of mongosh is the documents, whatever the order of their fields', async () => {
    const shape = { lang: 'mongosh' };
    const solution = "[{ a: 1, b: ['x, }', { c: ISODate('2025-01-15') }] }, { a: 2 }]";
    const other = "[{ b: ['x, }', { c: ISODate('2025-01-15') }], a: 1 }, { a: 2 }]";
    expect(await detailOf(other, solution, shape)).toBeUndefined();
    expect(await detailOf(other.replace('x, ', 'y, '), solution, shape)).toMatch(
      /^1 document of 2 is missing/,
    );
    expect(await detailOf('db.none.find()', solution, shape)).toMatch(/finds none/);
  });
});

describe('a check of what the code left behind', () => {
  const query: Check = {
    ...stated,
    kind: 'query',
    code: 'SELECT count(*), 0.5 FROM toys',
    expect: '2 | 0.5',
  };

  test('holds, or shows what the database answers', async () => {
    const create = 'CREATE TABLE toys AS SELECT generate_series(1, 2)';
    expect(first(await verdictOf([query], create))).toMatchObject({
      state: 'holds',
      message: 'It holds.',
    });
    expect(first(await verdictOf([query], create.replace('2)', '3)')))).toMatchObject({
      state: 'missing',
      message: 'It is missing.',
      detail: 'The database answers: 3 | 0.5',
    });
  });

  test('says so where it cannot run, and does not pass', async () => {
    const verdict = await verdictOf([query], 'SELECT 1');
    expect(verdict).toMatchObject({ passed: false });
    expect(first(verdict)).toMatchObject({
      state: 'not-run',
      message: 'This check could not run. ERROR: relation "toys" does not exist',
    });
  });

  test('every check starts from what the reader’s code left, not from another check', async () => {
    const insert: Check = { ...stated, kind: 'accepted', code: 'INSERT INTO toys VALUES (3)' };
    const verdict = await verdictOf(
      [insert, insert, query],
      'CREATE TABLE toys AS SELECT generate_series(1, 2)',
    );
    expect(verdict).toMatchObject({ passed: true });
  });
});

describe('a statement that must fail', () => {
  const code = "INSERT INTO products VALUES (99, 'Top', -1)";
  const refused: Check = { ...stated, kind: 'refused', code, error: '23514' };
  const create = 'CREATE TABLE products (id INTEGER, name TEXT, price NUMERIC CHECK (price > 0))';

  test('fails', async () => {
    expect(first(await verdictOf([refused], create))).toMatchObject({ state: 'holds' });
  });

  test('does not fail', async () => {
    const verdict = await verdictOf([refused], create.replace(' CHECK (price > 0)', ''));
    expect(first(verdict)).toMatchObject({ state: 'missing', message: 'It is missing.' });
  });

  test('fails for another reason, which does not count', async () => {
    expect(first(await verdictOf([refused], 'SELECT 1'))).toMatchObject({
      state: 'missing',
      detail: 'It is refused for another reason. ERROR: relation "products" does not exist',
    });
  });

  test('and one that must not, in Redis', async () => {
    const accepted: Check = { ...stated, kind: 'accepted', code: 'INCR visits' };
    const shape = { lang: 'redis' };
    expect(first(await verdictOf([accepted], 'SET visits 1', shape))).toMatchObject({
      state: 'holds',
    });
    expect(first(await verdictOf([accepted], 'SET visits many', shape))).toMatchObject({
      state: 'missing',
      detail: '(error) ERR value is not an integer or out of range',
    });
  });
});

describe('the plan of the last statement', () => {
  const seek = 'SELECT * FROM t WHERE id = 1;';
  const plan = (part: { names?: string; avoids?: string }): Check => ({
    ...stated,
    kind: 'plan',
    ...part,
  });

  test.each([
    ['sql', 'Seq Scan'],
    ['sqlite', 'SCAN t'],
  ])('%s: names something, or avoids it', async (lang, scan) => {
    const code = `CREATE TABLE t (id INTEGER);\n${seek}`;
    expect(first(await verdictOf([plan({ names: scan })], code, { lang }))).toMatchObject({
      state: 'holds',
    });
    const verdict = await verdictOf([plan({ avoids: scan })], code, { lang });
    expect(first(verdict)).toMatchObject({ state: 'missing' });
    expect(verdict.results[0]!.detail).toContain(scan);
  });

  test('a reader’s own EXPLAIN is taken as it stands', async () => {
    const verdict = await verdictOf(
      [plan({ names: 'Seq Scan' })],
      `CREATE TABLE t (id INTEGER); EXPLAIN ${seek}`,
    );
    expect(first(verdict)).toMatchObject({ state: 'holds' });
  });

  test('a statement that has none is not checked, in words', async () => {
    const verdict = await verdictOf([plan({ names: 'Seq Scan' })], 'CREATE TABLE t (id INTEGER);');
    expect(first(verdict)).toMatchObject({ state: 'not-run' });
    expect(verdict.results[0]!.message).toMatch(/could not run. Your last statement has no plan/);
  });
});

describe('the work of a load', () => {
  const shape = { lang: 'mongosh' };
  const work = (limits: { reads?: number; writes?: number }, code = 'page(3)'): Check => ({
    ...stated,
    kind: 'work',
    before: 'db.pages.insertMany([1, 2, 3, 4].map((n) => ({ _id: n, at: n })))',
    code,
    ...limits,
  });
  const scan = 'function page(at) { return db.pages.findOne({ at }) }';
  const seek = 'function page(_id) { return db.pages.findOne({ _id }) }';

  test('holds within its limit, and says what was more', async () => {
    expect(first(await verdictOf([work({ reads: 1 })], seek, shape))).toMatchObject({
      state: 'holds',
      message: 'It holds.',
    });
    expect(first(await verdictOf([work({ reads: 1 })], scan, shape))).toMatchObject({
      state: 'missing',
      message: 'It is missing.',
      detail: 'Read: 3, where 1 document would do.',
    });
  });

  test('what runs before is not counted, nor is the reader’s own code', async () => {
    const code = `db.pages.insertOne({ _id: 9 })\n${seek}`;
    expect(first(await verdictOf([work({ writes: 0 })], code, shape))).toMatchObject({
      state: 'holds',
    });
  });

  test('counts inserts, updates and deletions as written, whatever the database', async () => {
    const code = `
      function page() {
        db.pages.updateMany({ at: { $gt: 2 } }, { $set: { seen: true } })
        db.getSiblingDB('log').views.insertOne({ at: 1 })
        db.pages.deleteOne({ _id: 1 })
      }`;
    const verdict = await verdictOf([work({ reads: 2, writes: 4 })], code, shape);
    expect(verdict.results[0]!.detail).toBe('Read: 5, where 2 documents would do.');
    const both = await verdictOf([work({ reads: 1, writes: 1 })], code, shape);
    expect(both.results[0]!.detail).toBe(
      'Read: 5, where 1 document would do. Written: 4, where 1 document would do.',
    );
  });

  test('a load that fails is no work done', async () => {
    const verdict = await verdictOf([work({ reads: 1 })], 'db.pages.find()', shape);
    expect(verdict).toMatchObject({ passed: false });
    expect(first(verdict)).toMatchObject({
      state: 'not-run',
      message: 'This check could not run. ReferenceError: page is not defined',
    });
  });
});
