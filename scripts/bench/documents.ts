/**
 * How fast the document store is, beside mingo (queries over plain arrays) and NeDB (an embedded
 * document store), in one run on the same 100,000 documents.
 *
 *     npm run bench -- documents [documents]
 *
 * Each figure is the median of several runs after a warm-up, in milliseconds. Figures to reach: ahead
 * of both on every line; `_id` and indexed range independent of the collection's size; the scan at
 * most four times a plain JavaScript filter.
 */
import Datastore from '@seald-io/nedb';
import { Aggregator, Query } from 'mingo';
import { createStore, loadEveryPart } from '../../src/engines/documents/index.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const CATEGORIES = [
  'electronics',
  'clothing',
  'books',
  'food',
  'toys',
  'furniture',
  'garden',
  'music',
];

interface Product {
  _id: number;
  name: string;
  price: number;
  category: string;
  stock: number;
}

/** Pseudo-random numbers, the same in every run. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function products(count: number): Product[] {
  const random = randoms(7);
  return Array.from({ length: count }, (_, i) => ({
    _id: i,
    name: `Product ${String(i)}`,
    price: Math.round(random() * 100_000) / 100,
    category: CATEGORIES[Math.floor(random() * CATEGORIES.length)]!,
    stock: Math.floor(random() * 500),
  }));
}

/** Milliseconds one run takes: the median of as many as fit into a second, at most 400, after a warm-up. */
async function median(run: () => unknown): Promise<number> {
  const taken: number[] = [];
  const begun = performance.now();
  while (taken.length < 400 && (taken.length < 7 || performance.now() - begun < 1000)) {
    const start = performance.now();
    await run();
    taken.push(performance.now() - start);
  }
  const warm = taken.slice(Math.floor(taken.length / 3)).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)]!;
}

function storeOf(docs: Product[]) {
  const collection = createStore().db('shop').collection('products');
  collection.insertMany(docs as unknown as Record<string, unknown>[]);
  collection.createIndex({ stock: 1 });
  return collection;
}

async function nedbOf(docs: Product[]): Promise<Datastore<Product>> {
  const db = new Datastore<Product>({ inMemoryOnly: true });
  await db.ensureIndexAsync({ fieldName: 'stock' });
  await db.insertAsync(docs);
  return db;
}

const show = (ms: number) => (ms < 0.1 ? ms.toFixed(4) : ms.toFixed(2)).padStart(10);

async function compare(docs: Product[]): Promise<void> {
  const store = storeOf(docs);
  const nedb = await nedbOf(docs);
  const mingo = (filter: object) => new Query(filter as never).find<Product>(docs);
  const range = { price: { $gte: 500, $lt: 505 } };
  const narrow = { stock: { $gte: 250, $lt: 251 } };
  const group = [{ $group: { _id: '$category', total: { $sum: '$price' }, count: { $sum: 1 } } }];
  const id = Math.floor(docs.length / 2);
  const lines: [
    string,
    (() => unknown) | null,
    () => unknown,
    (() => unknown) | null,
    (() => unknown) | null,
  ][] = [
    [
      'range scan',
      () => docs.filter((doc) => doc.price >= 500 && doc.price < 505),
      () => store.find(range).toArray(),
      () => mingo(range).all(),
      () => nedb.findAsync(range),
    ],
    [
      'find by _id',
      null,
      () => store.findOne({ _id: id }),
      () => mingo({ _id: id }).limit(1).all(),
      () => nedb.findOneAsync({ _id: id }),
    ],
    [
      'indexed range',
      null,
      () => store.find(narrow).toArray(),
      () => mingo(narrow).all(),
      () => nedb.findAsync(narrow),
    ],
    [
      'sort + limit 10',
      null,
      () => store.find().sort({ price: -1 }).limit(10).toArray(),
      () => mingo({}).sort({ price: -1 }).limit(10).all(),
      () => nedb.findAsync({}).sort({ price: -1 }).limit(10),
    ],
    [
      'group',
      null,
      () => store.aggregate(group).toArray(),
      () => new Aggregator(group).run(docs as never),
      null,
    ],
  ];
  console.log(`${docs.length.toLocaleString('en-US')} documents, milliseconds (median)`);
  console.log(
    `${''.padEnd(18)}${['plain JS', 'store', 'mingo', 'NeDB'].map((name) => name.padStart(10)).join('')}`,
  );
  for (const [name, ...runs] of lines) {
    const times: string[] = [];
    for (const run of runs) times.push(run ? show(await median(run)) : '–'.padStart(10));
    console.log(name.padEnd(18) + times.join(''));
  }
}

const WINDOWS = [
  {
    $setWindowFields: {
      partitionBy: '$category',
      sortBy: { _id: 1 },
      output: {
        total: { $sum: '$price', window: { documents: ['unbounded', 'current'] } },
        mean: { $avg: '$price', window: { documents: [-9, 0] } },
        most: { $max: '$stock', window: { documents: [-9, 0] } },
      },
    },
  },
];

/** mingo's time grows with the square of the documents: beyond so many nobody would wait for it. */
const MOST_FOR_MINGO = 10_000;

/** A sum so far, a mean and a maximum of ten documents, in eight partitions. */
async function windows(): Promise<void> {
  console.log('\nWindow functions, by the size of the collection');
  for (const count of [1_000, MOST_FOR_MINGO, COUNT]) {
    const docs = products(count);
    const store = storeOf(docs);
    const ours = await median(() => store.aggregate(WINDOWS).toArray());
    const start = performance.now();
    if (count <= MOST_FOR_MINGO) new Aggregator(WINDOWS as never).run(docs as never);
    const theirs = count <= MOST_FOR_MINGO ? show(performance.now() - start) : '–'.padStart(10);
    console.log(
      `${count.toLocaleString('en-US').padStart(9)}  store ${show(ours)}   mingo ${theirs}`,
    );
  }
}

async function independence(): Promise<void> {
  console.log('\nStore alone, by the size of the collection');
  for (const count of [1_000, 10_000, COUNT]) {
    // As many documents in the range at every size.
    const docs = products(count).map((doc, i) => ({ ...doc, stock: i }));
    const store = storeOf(docs);
    const at = Math.floor(count / 2);
    const byId = await median(() => store.findOne({ _id: at }));
    const byRange = await median(() =>
      store.find({ stock: { $gte: at, $lt: at + 100 } }).toArray(),
    );
    console.log(
      `${count.toLocaleString('en-US').padStart(9)}  _id ${show(byId)}   range of 100 ${show(byRange)}`,
    );
  }
}

await loadEveryPart();
await compare(products(COUNT));
await windows();
await independence();
