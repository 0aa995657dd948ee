/** What a reader of the challenge is told, whatever the tables of the design look like. */
import { afterAll, describe, expect, test } from 'vitest';
import { checkStage, type StageVerdict } from './check.ts';
import type { Stage } from './challenge.ts';
import { readChallenge } from './read.ts';
import { emptyDatabase } from './run.ts';

const database = emptyDatabase();
afterAll(() => database.close());

const { stages, designs } = readChallenge('content/challenges/x-catalog-design.yaml').challenge;
const stageOf = (name: string): Stage => stages.find((one) => one.name === name)!;
const codeOf = (design: string, stage: string): string =>
  designs.find(({ name }) => name === design)!.code[stage]!;

/** A stage of one small table, whose checks are those of the course. */
const small: Stage = {
  name: 'small',
  when: 'Launch',
  title: 'Small',
  story: 'Store it.',
  products: [
    {
      name: 'Lamp',
      price: '8.00',
      description: 'Bright',
      category: 'electronics',
      attributes: { voltage: 240, colors: ['red', 'blue'], dimmable: true },
    },
  ],
  question: 'What is there?',
  columns: ['name', 'price'],
  ordered: true,
  expect: 'Lamp | 8.00',
  start: '-- here',
  checks: [
    { kind: 'stored', name: 'stored', says: 'Stored.', missing: 'Not stored.' },
    { kind: 'answer', name: 'answer', says: 'Answered.', missing: 'Not answered.' },
    {
      kind: 'follows',
      name: 'follows',
      replace: [{ from: 'Lamp', to: 'Light' }],
      expect: 'Light | 8.00',
      says: 'It follows.',
      missing: 'It does not follow.',
    },
    {
      kind: 'refuses',
      name: 'navy',
      replace: { from: 240, to: 'navy' },
      says: 'Navy is refused.',
      missing: 'Navy is accepted.',
    },
  ],
};
const TABLE = `
  CREATE TABLE lamps (name TEXT PRIMARY KEY, price NUMERIC, about TEXT, volts INTEGER, colors TEXT);
  INSERT INTO lamps VALUES ('Lamp', 8, 'Bright', 240, 'red, blue');`;
const QUERY = 'SELECT name, price FROM lamps;';
const REFUSES_ALL = `
  CREATE FUNCTION stubborn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;`;

const check = (code: string, stage = small, earlier: string[] = []): Promise<StageVerdict> =>
  checkStage(stage, earlier, code, database.run);
const statesOf = ({ verdict }: StageVerdict): string[] =>
  verdict.results.map(({ name, state }) => `${name} ${state}`);
const met = ['stored holds', 'answer holds', 'follows holds', 'navy holds'];

describe('any design is judged by what it answers', () => {
  test.each([
    ['a column for each attribute', `${TABLE} ${QUERY}`],
    [
      'prices as text, and a view',
      `
      CREATE TABLE a (n TEXT, p TEXT, d TEXT, v SMALLINT, c TEXT[]);
      INSERT INTO a VALUES ('Lamp', '8.00', 'Bright', 240, '{red, blue}');
      CREATE VIEW shown AS SELECT n, p FROM a; SELECT * FROM shown;`,
    ],
    [
      'a materialized view',
      `${TABLE}
      CREATE MATERIALIZED VIEW shown AS SELECT name, price FROM lamps; SELECT * FROM shown;`,
    ],
    [
      'inherited tables',
      `
      CREATE TABLE products (name TEXT, price NUMERIC, about TEXT);
      CREATE TABLE lamps (volts INTEGER, colors TEXT[]) INHERITS (products);
      INSERT INTO lamps VALUES ('Lamp', 8, 'Bright', 240, '{red, blue}');
      SELECT name, price FROM products;`,
    ],
    [
      'a name that is a key elsewhere',
      `
      CREATE TABLE products (name TEXT PRIMARY KEY, price NUMERIC, about TEXT);
      CREATE TABLE volts (name TEXT REFERENCES products, volts INTEGER);
      CREATE TABLE colors (name TEXT REFERENCES products, color TEXT, PRIMARY KEY (name, color));
      INSERT INTO products VALUES ('Lamp', 8, 'Bright');
      INSERT INTO volts VALUES ('Lamp', 240);
      INSERT INTO colors VALUES ('Lamp', 'red'), ('Lamp', 'blue');
      SELECT name, price FROM products;`,
    ],
    [
      'a schema of its own, and a function',
      `
      CREATE SCHEMA shop; SET search_path = shop; ${TABLE}
      CREATE FUNCTION listed() RETURNS TABLE (n TEXT, p NUMERIC) LANGUAGE sql
        AS 'SELECT name, price FROM lamps';
      SELECT * FROM listed();`,
    ],
    [
      'one document, with a trigger',
      `
      CREATE TABLE docs (doc JSON);
      CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF json_typeof(new.doc -> 'volts') <> 'number' THEN RAISE 'volts are a number'; END IF;
          RETURN new;
        END $$;
      CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION guard();
      INSERT INTO docs VALUES ('{"name": "Lamp", "price": 8.00, "about": "Bright", "volts": 240,
                                 "colors": ["red", "blue"]}');
      SELECT doc ->> 'name', doc ->> 'price' FROM docs;`,
    ],
    ['a transaction that is left open', `BEGIN; ${TABLE} ${QUERY}`],
  ])('%s', async (_what, code) => {
    const found = await check(code);
    expect(found.verdict.results.filter(({ state }) => state !== 'holds')).toEqual([]);
    expect(statesOf(found)).toEqual(met);
  });
});

describe('what is missing is said', () => {
  test('code that the engine refuses, with its line', async () => {
    const { verdict, measures } = await check(`${TABLE}\nSELECT * FROM nowhere;`);
    expect(verdict).toMatchObject({
      kind: 'error',
      failure: { line: 4, message: 'ERROR: relation "nowhere" does not exist' },
    });
    expect(measures).toBeUndefined();
  });

  test('values that stand nowhere, by what they are; an id is no value', async () => {
    const code = `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC);
      INSERT INTO a VALUES (240, 'Lamp', 8.00); SELECT name, price FROM a;`;
    const { verdict } = await check(code);
    expect(verdict.results[0]).toEqual({
      name: 'stored',
      state: 'missing',
      message: 'Not stored.',
      detail:
        'In no cell of the database: “Bright” (description of Lamp), “240” (voltage of Lamp), “red” (colors of Lamp), “blue” (colors of Lamp).',
    });
  });

  test('fixed values, which follow no change', async () => {
    expect(statesOf(await check(`${TABLE} VALUES ('Lamp', 8.00);`))[2]).toBe('follows missing');
    expect(statesOf(await check(`${TABLE} SELECT 'Lamp', price FROM lamps;`))[2]).toBe(
      'follows missing',
    );
    expect(
      statesOf(await check(`${TABLE} SELECT name, price FROM lamps WHERE name = 'Lamp';`))[2],
    ).toBe('follows missing');
  });

  test('no query at the end', async () => {
    const { verdict } = await check(TABLE);
    expect(verdict.results[1]!.detail).toMatch(/shows no result. End it with the query/);
    expect(verdict.results[2]!.message).toBe('Not checked yet. The answer comes first.');
  });

  test('a value that any text may replace', async () => {
    const code = `${TABLE.replace('volts INTEGER', 'volts TEXT')} ${QUERY}`;
    expect(statesOf(await check(code))[3]).toBe('navy missing');
    const guarded = code.replace('volts TEXT', () => "volts TEXT CHECK (volts ~ '^[0-9]+$')");
    expect(statesOf(await check(guarded))).toEqual(met);
  });

  test('a value that no change at all may replace: nobody looks at what it would become', async () => {
    const stubborn = `${TABLE.replace('volts INTEGER', 'volts TEXT')} ${REFUSES_ALL}
      CREATE TRIGGER stubborn BEFORE UPDATE ON lamps FOR EACH ROW EXECUTE FUNCTION stubborn();`;
    const { verdict } = await check(`${stubborn} ${QUERY}`);
    expect(verdict.results[3]).toMatchObject({
      state: 'missing',
      message: 'Navy is accepted.',
      detail: 'The database refuses any change of the value, even one that leaves it as it is.',
    });
  });

  test('earlier code that fails is no verdict', async () => {
    await expect(check(QUERY, small, ['SELECT nothing;'])).rejects.toThrow(/earlier stage fails/);
  });
});

describe('an order for a product that is not there', () => {
  const orders = stageOf('orders');
  const before = ['launch', 'toys', 'filters', 'warranty', 'colors'];
  const order = async (change: (code: string) => string): Promise<unknown> => {
    const earlier = before.map((stage) => codeOf('eav', stage));
    const { verdict } = await check(change(codeOf('eav', 'orders')), orders, earlier);
    return verdict.results.at(-1);
  };

  test('is refused by a foreign key, one that waits for the end of the transaction as well', async () => {
    expect(
      await order((code) =>
        code.replace('REFERENCES products (id)', '$& DEFERRABLE INITIALLY DEFERRED'),
      ),
    ).toMatchObject({ state: 'holds' });
  });

  test('is refused by a trigger', async () => {
    const trigger = `
      CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM products WHERE id = new.product_id) THEN
            RAISE 'no such product'; END IF;
          RETURN new;
        END $$;
      CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON order_lines
        FOR EACH ROW EXECUTE FUNCTION guard();
      INSERT INTO order_lines`;
    expect(
      await order((code) =>
        code
          .replace(' REFERENCES products (id)', '')
          .replace('INSERT INTO order_lines', () => trigger),
      ),
    ).toMatchObject({ state: 'holds' });
  });

  test('is not refused by a key of the order, nor by a number that is checked', async () => {
    expect(
      await order((code) =>
        code.replace('NOT NULL REFERENCES products (id)', 'UNIQUE CHECK (product_id < 100)'),
      ),
    ).toMatchObject({
      state: 'missing',
      message: 'The order for a product that is not there was accepted.',
    });
  });

  test('is not refused by a trigger that refuses whatever comes', async () => {
    const stubborn = `${REFUSES_ALL}
      CREATE TRIGGER stubborn BEFORE UPDATE ON order_lines FOR EACH ROW EXECUTE FUNCTION stubborn();`;
    expect(
      await order((code) =>
        code
          .replace(' REFERENCES products (id)', '')
          .replace(/CREATE TABLE order_lines[^;]*;/, (table) => `${table} ${stubborn}`),
      ),
    ).toMatchObject({ state: 'missing' });
  });

  test('a table of another name is said', async () => {
    expect(await order((code) => code.replaceAll('order_lines', 'items'))).toMatchObject({
      state: 'missing',
      message: 'There is no table `order_lines` with a column `quantity`.',
    });
  });
});

describe('what a design costs is counted by the engine', () => {
  const measure = async (change: string, query = QUERY): Promise<StageVerdict['measures']> =>
    (await check(`${change} ${query}`, small, [TABLE])).measures;

  test('changes of the schema in this stage: in a DO block too, not what was rolled back, no comment', async () => {
    expect(await measure('')).toMatchObject({ migrations: 0, tables: 1, columns: 5, cells: 5 });
    expect(
      await measure(`
        ALTER TABLE lamps ADD COLUMN a INTEGER, ADD COLUMN b INTEGER;
        DO $$ BEGIN ALTER TABLE lamps ADD COLUMN c INTEGER; END $$;
        CREATE TABLE copied AS SELECT * FROM lamps;
        DROP TABLE copied;
        COMMENT ON TABLE lamps IS 'lamps';
        BEGIN; ALTER TABLE lamps ADD COLUMN d INTEGER; ROLLBACK;
        UPDATE lamps SET a = 1;`),
    ).toEqual({ migrations: 4, tables: 1, columns: 8, cells: 8, nulls: 2, joins: 0, scans: 1 });
  });

  test('rows of inherited tables and partitions once', async () => {
    const made = `
      CREATE TABLE parts (a INTEGER, b INTEGER);
      CREATE TABLE more () INHERITS (parts);
      INSERT INTO more VALUES (1, NULL);`;
    expect(await measure(made)).toMatchObject({ tables: 3, cells: 7, nulls: 1 });
  });

  test.each([
    ['a join', 'SELECT l.name, l.price FROM lamps AS l JOIN lamps AS m ON m.price = l.price', 1, 2],
    [
      'a correlated subquery',
      'SELECT name, (SELECT m.price FROM lamps AS m WHERE m.name = l.name) FROM lamps AS l',
      1,
      2,
    ],
    [
      'EXISTS',
      'SELECT name, price FROM lamps AS l WHERE EXISTS (SELECT FROM lamps AS m WHERE m.price = l.price)',
      1,
      2,
    ],
    [
      'a list of its own is no other table',
      "SELECT name, price FROM lamps, unnest(string_to_array(colors, ', ')) AS c WHERE c = 'red'",
      0,
      1,
    ],
    [
      'UNION reads, and joins nothing',
      'SELECT name, price FROM lamps UNION SELECT name, price FROM lamps',
      0,
      2,
    ],
  ])('joins and scans of the plan: %s', async (_what, query, joins, scans) => {
    expect(await measure('', query)).toMatchObject({ joins, scans });
  });
});
