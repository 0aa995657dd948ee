import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../../../engines/assets.ts';
import type { Output } from '../../../engines/engine.ts';
import { engine } from '../../../engines/documents/index.ts';
import { FindCursor } from '../../../engines/documents/api/cursor.ts';
import { ShellCollection } from '../../../engines/documents/shell/collection.ts';
import { ShellDatabase } from '../../../engines/documents/shell/database.ts';
import type { Catalog } from '../session/language.ts';
import { completeMongosh } from './completion.ts';
import { INSPECTION, readCatalog } from './inspection.ts';
import { COLLECTION_METHODS, CURSOR_METHODS, DATABASE_METHODS } from './names.ts';
import { readOperators } from './operators.ts';
import { isCompleteInput } from './places.ts';

const operators = readOperators(readFileSync('src/engines/documents/OPERATORS.md', 'utf8'));

describe('the names that are offered', () => {
  it.each([
    ['a database', DATABASE_METHODS, ShellDatabase],
    ['a collection', COLLECTION_METHODS, ShellCollection],
    ['a cursor', CURSOR_METHODS, FindCursor],
  ])('are methods of %s', (_, methods, { prototype }) => {
    expect(Object.keys(methods).length).toBeGreaterThan(5);
    for (const name of Object.keys(methods)) expect(name in prototype, name).toBe(true);
  });

  it('are operators of the store’s reference, by kind', () => {
    expect(operators.filter).toEqual(expect.arrayContaining(['$gt', '$elemMatch', '$and']));
    expect(operators.update).toEqual(expect.arrayContaining(['$set', '$push', '$each']));
    expect(operators.stage).toContain('$lookup');
    expect(operators.stage).not.toContain('$sum');
    expect(operators.accumulator).toContain('$sum');
    expect(operators.expression).toContain('$concat');
  });
});

describe('an input is whole', () => {
  /** acorn's judgment: what ends too early wants more; any other mistake is the reader's, `null`. */
  function wantsMore(text: string): boolean | null {
    try {
      parse(text, { ecmaVersion: 'latest', sourceType: 'script' });
      return false;
    } catch (error) {
      const { pos, message } = error as SyntaxError & { pos: number };
      if (/^Unterminated (template|comment)/.test(message)) return true;
      // A string without an end is a mistake: no shell waits for its end on another line.
      if (/^Unterminated string/.test(message)) return false;
      // A lone slash may divide as well as begin.
      if (/^Unterminated regular/.test(message)) return null;
      return pos >= text.trimEnd().length ? true : null;
    }
  }

  it.each([
    'db.users.find({ name: /^a[/]b/i, age: { $gt: 3 } }).sort({ a: 1 }).forEach((u) => { print(`${u.name} ${u.age / 2}`); });',
    'for (const x of [1, 2]) { if (x > 1) print("a\\"b)") } // done )',
    'var total = 1 + /* two ( */ 2; total++; const f = function (a) { return a };',
    "db.a.aggregate([{ $group: { _id: '$b', n: { $sum: 1 } } }])",
  ])('where a parser says so, at every place of %s', (code) => {
    let judged = 0;
    for (let end = 1; end <= code.length; end += 1) {
      const text = code.slice(0, end);
      const more = wantsMore(text);
      if (more === null) continue;
      expect(isCompleteInput(text), text).toBe(!more);
      judged += 1;
    }
    expect(judged).toBeGreaterThan(code.length / 2);
  });

  it('if a bracket is closed that was not open: no more lines mend that', () => {
    expect(isCompleteInput('db.users.find({ a: 1 )')).toBe(true);
  });
});

const catalog: Catalog = {
  database: 'shop',
  relations: [
    { name: 'orders', size: 2, fields: ['_id', 'total', 'customer.email'], indexes: [] },
    { name: 'products', size: 1, fields: ['_id', 'name', 'price'], indexes: [] },
    { name: 'odd-name', size: 0, fields: [], indexes: [] },
  ],
};

describe('what an input may go on with', () => {
  const offered = (text: string, history: string[] = []): string[] =>
    completeMongosh(text, text.length, catalog, history, operators)?.suggestions.map(
      ({ text }) => text,
    ) ?? [];

  it.each([
    ['db.', ['orders', 'products', 'getCollection("odd-name")', 'createCollection(']],
    ['db.pr', ['products']],
    ['db.products.ins', ['insertOne(', 'insertMany(']],
    ['db["odd-name"].cou', ['countDocuments(']],
    ['db.getCollection("odd-name").cou', ['countDocuments(']],
    ['db.products.find({ price: { $gt: 3 } }).so', ['sort(']],
    ['db.products.find().sort({ a: 1 }).li', ['limit(']],
    ['db.products.find({ pr', ['price: ']],
    ['db.products.find({ price: { $gt', ['$gte: ']],
    ["db.orders.find({ 'customer.", ['customer.email']],
    ['db.products.updateOne({ name: "a" }, { $se', ['$set: ', '$setOnInsert: ']],
    ['db.products.aggregate([{ $gr', ['$group: ', '$graphLookup: ']],
    ['db.products.aggregate([{ $group: { _id: "$na', ['$name']],
    ['db.products.aggregate([{ $group: { _id: 1, n: { $su', ['$sum: ', '$substr: ']],
    ['show c', ['show collections']],
    ['const x = ISO', ['ISODate(']],
  ])('%s', (text, expected) => {
    expect(offered(text)).toEqual(expect.arrayContaining(expected));
  });

  it('is variables of earlier inputs', () => {
    expect(offered('cheap', ['const cheapest = db.products.findOne()'])).toEqual(['cheapest']);
  });

  it('is nothing in prose, in a comment, and behind what is not known', () => {
    expect(offered('// db.')).toEqual([]);
    expect(offered('db.products.insertOne({ name: "db.')).toEqual([]);
    expect(offered('foo().')).toEqual([]);
    expect(offered('')).toEqual([]);
  });
});

describe('the view of the collections', async () => {
  const database = await engine.open(nodeAssets('documents'));
  afterAll(() => database.close());
  async function run(code: string): Promise<Output[]> {
    const outputs: Output[] = [];
    await database.run({ files: [{ name: 'input', code }] }, (output) => outputs.push(output));
    return outputs;
  }

  it('reads names, counts, fields and indexes from the shell itself, and leaves it as it was', async () => {
    await run(`use shop
      db.products.insertMany([{ name: 'Mug', size: { height: 9 } }, { price: 3 }]);
      db.products.createIndex({ name: 1 }, { unique: true });
      const mine = 1;
      for (let n = 0; n < 30; n++) db.many.insertOne({ n });
      db.many.find()`);
    expect(readCatalog(await run(INSPECTION))).toEqual({
      database: 'shop',
      relations: [
        {
          name: 'many',
          size: 30,
          fields: ['_id', 'n'],
          indexes: [{ name: '_id_', on: '{"_id":1}' }],
        },
        {
          name: 'products',
          size: 2,
          fields: ['_id', 'name', 'size', 'size.height', 'price'],
          indexes: [
            { name: '_id_', on: '{"_id":1}' },
            { name: 'name_1', on: '{"name":1}, unique' },
          ],
        },
      ],
    });
    const [more] = await run('it');
    expect(more?.kind === 'text' && more.text).toContain('n: 29');
    expect((await run('mine'))[0]).toMatchObject({ text: '1' });
  });

  it('is left alone where a reader has broken what it is read with', async () => {
    await run('JSON = 5');
    expect(readCatalog(await run(INSPECTION))).toBeNull();
  });
});
