import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetImage, nodeAssets } from '../assets.ts';
import { gunzipSync } from 'node:zlib';
import type { Database, Output, ScriptFile } from '../engine.ts';
import {
  apply,
  difference,
  packFile,
  packImage,
  readFile as readPacked,
  readImage,
  type Files,
} from './image.ts';
import { engine } from './index.ts';

const bytes = (size: number, ...marks: [at: number, value: number][]): Uint8Array => {
  const content = new Uint8Array(size);
  for (const [at, value] of marks) content[at] = value;
  return content;
};

describe('an image', () => {
  const before = (): Files =>
    new Map([
      ['base/5/1249', bytes(3 * 8192, [0, 1], [9000, 2])],
      ['base/5/2619', bytes(8192, [5, 5])],
      ['global/pg_control', bytes(8192, [16, 1])],
      ['pg_wal/000000010000000000000002', bytes(100)],
    ]);
  const after = (): Files =>
    new Map([
      ['base/5/1249', bytes(3 * 8192, [0, 1], [9000, 3])],
      ['base/5/2619', bytes(2 * 8192, [5, 5], [8192, 6])],
      ['base/5/16791', bytes(8192 + 10, [8195, 7])],
      ['base/5/16792', bytes(0)],
      ['global/pg_control', bytes(8192, [16, 1])],
    ]);

  it('leads from the one state to the other: pages changed, files grown, made and removed', () => {
    const files = before();
    apply(readImage(packImage(difference('CREATE …', before(), after()))), files);
    expect(new Map([...files].sort())).toEqual(new Map([...after()].sort()));
  });

  it('of one file that is zeros for the most part is small, and gives it back', () => {
    const file = bytes(10 * 8192 + 100, [9000, 2], [10 * 8192 + 99, 7]);
    const packed = packFile(file);
    expect(packed.length).toBeLessThan(2 * 8192);
    expect(readPacked(packed)).toEqual(file);
  });

  it('holds only pages that changed, and of new files those that are not empty', () => {
    const { changed, removed, script } = difference('CREATE …', before(), after());
    expect(changed.map(({ path, pages }) => [path, [...pages.keys()]])).toEqual([
      ['base/5/1249', [1]],
      ['base/5/2619', [1]],
      ['base/5/16791', [1]],
      ['base/5/16792', []],
    ]);
    expect(removed).toEqual(['pg_wal/000000010000000000000002']);
    expect(script).toBe('CREATE …');
  });
});

describe('a server that starts with the image of a dataset', () => {
  const name = 'content/datasets/catalog-joined.sql';
  let dataset: ScriptFile;
  let database: Database;
  let scripted: Database;
  beforeAll(async () => {
    dataset = { name, code: await readFile(name, 'utf8') };
    const image = await datasetImage('postgres', dataset);
    const content = new Uint8Array(gunzipSync(await readFile(image!.file)));
    const assets = nodeAssets('postgres');
    database = await engine.open(assets, content);
    scripted = await engine.open(assets);
    await scripted.reset(dataset);
  }, 120_000);
  afterAll(() => Promise.all([database.close(), scripted.close()]));

  const answer = async (to: Database, code: string): Promise<Output[]> => {
    const outputs: Output[] = [];
    await to.run({ files: [{ name: 'query.sql', code }] }, (output) => outputs.push(output));
    return outputs;
  };

  it.each([
    ['rows', 'SELECT * FROM products AS p JOIN electronics AS e ON e.id = p.id'],
    [
      'statistics',
      "SELECT * FROM pg_stats WHERE schemaname = 'public' ORDER BY tablename, attname",
    ],
    ['plans', 'EXPLAIN SELECT * FROM products WHERE price < 100'],
    ['numbers of objects', 'SELECT oid, relname FROM pg_class WHERE oid >= 16384 ORDER BY oid'],
    ['the next number of a sequence', "SELECT nextval('products_id_seq')"],
  ])('answers as one that ran its script: %s', async (_, code) => {
    const answered = await answer(database, code);
    expect(answered).toEqual(await answer(scripted, code));
    expect(answered[0]?.kind).not.toBe('error');
  });

  it('goes back to the dataset, to none, and to another', async () => {
    await answer(database, 'DROP TABLE electronics');
    await database.reset(dataset);
    expect((await answer(database, 'SELECT count(*) FROM electronics'))[0]).toMatchObject({
      rows: [['4']],
    });
    await database.reset(null);
    expect((await answer(database, 'SELECT * FROM products'))[0]?.kind).toBe('error');
    await database.reset({ name: 'one.sql', code: 'CREATE TABLE one (i) AS SELECT 1' });
    expect((await answer(database, 'SELECT * FROM one'))[0]).toMatchObject({ rows: [['1']] });
  });
});
