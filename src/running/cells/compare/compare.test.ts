import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabases, executeCell } from '../execute/execute.ts';
import { cellsBefore, collectPage } from '../fence/collect.ts';
import { checkComparison } from './check.ts';

const FILE = 'content/lecture/3-document-stores/3.3-querying-documents.mdx';

/** A page with one `<Compare>` in line 3 of two SQLite and mongosh cells, on the same three products. */
function page(sql: string, mongosh: string, attributes = '', extra = ''): string {
  return `Text.

<Compare${attributes}>

\`\`\`sqlite run id="in-sql" title="SQL" session="sql"
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, price REAL, size TEXT);
INSERT INTO products VALUES (1, 'Tee', 29.99, 'L'), (2, 'Mouse', 25, NULL), (3, 'Desk', 349, NULL);
${sql}
\`\`\`

\`\`\`mongosh run id="in-mongosh" title="mongosh"
db.products.insertMany([
  { name: 'Tee', price: 29.99, size: 'L' },
  { name: 'Mouse', price: 25 },
  { name: 'Desk', price: 349 },
])
${mongosh}
\`\`\`
${extra}
</Compare>
`;
}

/** @throws AuthoringError as the build does. */
async function check(source: string): Promise<void> {
  const { cells, comparisons } = collectPage(source, FILE);
  const results = [];
  for (const cell of cells) results.push(await executeCell(cell, cellsBefore(cells, cell)));
  expect(comparisons).toHaveLength(1);
  await checkComparison(comparisons[0]!, cells, [results[0]!, results[1]!]);
}

/** What the author is told. */
async function refusal(...parts: Parameters<typeof page>): Promise<string> {
  const error = await check(page(...parts)).then(
    () => new Error('nothing is refused'),
    (thrown: unknown) => thrown as Error,
  );
  return error.message;
}

afterAll(closeDatabases);

describe('two answers are the same', () => {
  it('in any order, if neither sorts: an ORDER BY in parentheses sorts something else', async () => {
    await check(
      page(
        'SELECT * FROM (SELECT name FROM products ORDER BY name DESC);',
        'db.products.find({}, { name: 1 })',
        ' ignore="_id"',
      ),
    );
  });

  it('with NULL where a document has no such field, and without what is ignored', async () => {
    await check(page('SELECT * FROM products;', 'db.products.find()', ' ignore="id _id"'));
  });

  it('as the same numbers, however they are written', async () => {
    await check(
      page(
        "SELECT sum(price) AS total, '29.99' AS text FROM products WHERE name <> 'Desk';",
        `db.products.aggregate([
          { $match: { name: { $ne: 'Desk' } } },
          { $group: { _id: null, total: { $sum: { $toDecimal: '$price' } } } },
          { $set: { text: '29.99' } },
        ])`,
      ),
    );
  });

  it('as a value without a name and a table of one cell; as a list of values and one column', async () => {
    await check(page('SELECT count(*) FROM products;', 'db.products.countDocuments()'));
    await check(page('SELECT DISTINCT name FROM products;', "db.products.distinct('name')"));
    await check(
      page(
        "SELECT price FROM products WHERE name = 'Tee';",
        "db.products.findOne({ name: 'Tee' }).price",
      ),
    );
  });

  it('as a document of its own and as one row; as null and as none', async () => {
    await check(
      page(
        "SELECT name FROM products WHERE name = 'Tee';",
        "db.products.findOne({ name: 'Tee' }, { _id: 0, name: 1 })",
      ),
    );
    await check(
      page("SELECT name FROM products WHERE name = 'x';", "db.products.findOne({ name: 'x' })"),
    );
  });

  it('when writes reach as many, whether they change anything or not', async () => {
    await check(
      page(
        `INSERT INTO products (name) VALUES ('Cup');
UPDATE products SET size = 'L' WHERE name = 'Tee';
DELETE FROM products WHERE price < 30;`,
        `db.products.insertOne({ name: 'Cup' })
db.products.updateMany({ name: 'Tee' }, { $set: { size: 'L' } })
db.products.deleteMany({ price: { $lt: 30 } })`,
      ),
    );
  });

  it('beyond the twenty documents that the shell prints', async () => {
    await check(
      page(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
SELECT i FROM n;`,
        'for (let i = 1; i <= 50; i++) { db.n.insertOne({ i }) }; void 0\ndb.n.find({}, { _id: 0 })',
      ),
    );
  });
});

describe('two answers that differ are refused', () => {
  it('at the line of the element, with what only one of them has', async () => {
    const message = await refusal(
      'SELECT name, price FROM products WHERE price > 25;',
      'db.products.find({ price: { $gte: 25 } }, { _id: 0, name: 1, price: 1 })',
    );
    expect(message).toBe(
      `${FILE}:3: the cells of this <Compare> do not answer the same. Answer 2 of 2: 
  only in "in-mongosh":
    {"name": "Mouse", "price": 25}`,
    );
  });

  it('when a field of one is not in the other', async () => {
    expect(
      await refusal('SELECT name FROM products;', 'db.products.find({}, { name: 1 })'),
    ).toMatch(
      /only in "in-sql":\n {4}\{"name": "Tee"\}\n(.|\n)*only in "in-mongosh":\n {4}\{"_id": "ObjectId /,
    );
  });

  it('when a number is a text in one of them', async () => {
    expect(
      await refusal(
        "SELECT '349' AS price;",
        "db.products.find({ name: 'Desk' }, { _id: 0, price: 1 })",
      ),
    ).toContain(
      'only in "in-sql":\n    {"price": "349"}\n  only in "in-mongosh":\n    {"price": 349}',
    );
  });

  it('when a record comes once in one and twice in the other', async () => {
    expect(
      await refusal(
        'SELECT 1 AS a UNION ALL SELECT 1;',
        'db.products.aggregate([{ $limit: 1 }, { $project: { _id: 0, a: { $literal: 1 } } }])',
      ),
    ).toContain('only in "in-sql":\n    {"a": 1}');
  });

  it('in another order, if both sort', async () => {
    expect(
      await refusal(
        'SELECT name FROM products ORDER BY price;',
        'db.products.find({}, { _id: 0, name: 1 }).sort({ price: -1 })',
      ),
    ).toContain('the same records in another order, from place 1 on');
  });

  it('if one sorts and the other does not', async () => {
    expect(
      await refusal(
        'SELECT name FROM products ORDER BY price;',
        'db.products.find({}, { _id: 0, name: 1 })',
      ),
    ).toContain('"in-sql" sorts and "in-mongosh" does not');
  });

  it('when a write reaches more', async () => {
    expect(
      await refusal(
        'UPDATE products SET price = 1;\nSELECT 1;',
        'db.products.updateOne({}, { $set: { price: 1 } })\n1',
      ),
    ).toContain('Answer 2 of 3: "in-sql" writes 3, "in-mongosh" writes 1.');
  });

  it('when one gives more answers, or none', async () => {
    expect(await refusal('SELECT 1;', '1\n2')).toContain(
      '"in-sql" gives 2 answers, "in-mongosh" gives 3 answers.',
    );
    const nothing = page('', '').replace(/db\.products\.insertMany\([^)]*\)/, 'use shop');
    await expect(check(nothing)).rejects.toThrow('"in-mongosh" answers nothing');
  });
});

describe('what an element may hold', () => {
  const refused = (source: string) => () => collectPage(source, FILE);

  it('is two cells', () => {
    const third = '\n```mongosh run id="third" title="t"\n1\n```\n';
    expect(refused(page('', '', '', third))).toThrow(
      `${FILE}:3: <Compare> holds two cells that answer the same question, and here are 3.`,
    );
    expect(refused('<Compare>\n\n```python\n1\n```\n\n</Compare>')).toThrow('and here are 0.');
  });

  it('is cells of two engines that print records', () => {
    expect(refused(page('', '').replace('```mongosh', '```sqlite'))).toThrow(
      'holds cells of two engines: "in-sql" and "in-mongosh" have the same.',
    );
    expect(refused(page('', '').replace('```mongosh', '```redis'))).toThrow(
      'the answers of "in-mongosh" cannot be compared. Languages that can: sql, sqlite, mongosh.',
    );
  });

  it('takes the attributes it knows', () => {
    expect(refused(page('', '', ' ignores="_id"'))).toThrow(
      `${FILE}:3: <Compare> cannot take ignores. It takes names of fields: ignore="…", merge="…".`,
    );
  });
});

describe('the answers of PostgreSQL', () => {
  it('are read by their types: JSON, lists, dates, decimals, booleans', async () => {
    const source = `<Compare ignore="_id" merge="attributes">

\`\`\`sql run id="pg" title="t"
SELECT 8.50::numeric(10, 2) AS price, true AS organic,
       '2025-01-15 11:30:00+01'::timestamptz AS at,
       '{oats,"rye flour"}'::text[] AS parts, '{1,2}'::int[] AS sizes,
       '{"b": {"x": 1, "y": [2]}, "a": "t"}'::jsonb AS attributes, NULL AS nothing;
\`\`\`

\`\`\`mongosh run id="docs" title="t"
db.x.insertOne({
  price: NumberDecimal('8.5'), organic: true, at: ISODate('2025-01-15T10:30:00Z'),
  parts: ['oats', 'rye flour'], sizes: [1, 2], a: 't', b: { y: [2], x: 1 },
}); void 0
db.x.find()
\`\`\`

</Compare>
`;
    await check(source);
    await expect(check(source.replace('{1,2}', '{2,1}'))).rejects.toThrow('"sizes": [2, 1]');
  });
});

describe("the shop's two datasets", () => {
  it('hold the same', async () => {
    const pair = (sql: string, mongosh: string) => `<Compare ignore="id _id" merge="attributes">

\`\`\`sql run id="pg" title="t" dataset="shop"
${sql}
\`\`\`

\`\`\`mongosh run id="docs" title="t" dataset="shop"
${mongosh}
\`\`\`

</Compare>
`;
    await check(pair('SELECT * FROM products;', 'db.products.find()'));
    await check(pair('SELECT * FROM customers;', 'db.customers.find()'));
    await check(
      pair(
        `SELECT c.name AS customer, o.ordered_at, o.status, sum(i.price * i.quantity) AS total,
                jsonb_agg(jsonb_build_object('name', p.name, 'price', i.price, 'quantity', i.quantity) ORDER BY i.ctid) AS items
         FROM orders AS o JOIN customers AS c ON c.id = o.customer_id
         JOIN order_items AS i ON i.order_id = o.id JOIN products AS p ON p.id = i.product_id
         GROUP BY o.id, c.name;`,
        `db.orders.aggregate([
           { $lookup: { from: 'customers', localField: 'customer_id', foreignField: '_id', as: 'customer' } },
           { $set: { customer: { $first: '$customer.name' } } },
           { $unset: ['customer_id', 'items.product_id'] },
         ])`,
      ),
    );
  });
});
