/** Text search. Manual: "$text", "Text Indexes", "$meta". */
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import { loadEveryPart } from '../parts/parts.ts';
import { ARTICLES, REFUSED_SEARCHES, SEARCHES } from './behavior.ts';
import { stem } from './stemmer.ts';

beforeAll(loadEveryPart);

function articles() {
  const collection = createStore().db('shop').collection('articles');
  collection.insertMany(ARTICLES.map((article) => ({ ...article })));
  collection.createIndex({ subject: 'text' });
  return collection;
}

const refusal = (run: () => unknown): [number, string] => {
  try {
    run();
  } catch (error) {
    if (error instanceof MongoServerError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was accepted');
};

const SCORE = { score: { $meta: 'textScore' } };

describe('$text', () => {
  it.each(SEARCHES)('finds %j', (search, ids) => {
    const found = articles().find({ $text: search }).sort({ _id: 1 }).toArray();
    expect(found.map(({ _id }) => _id as number)).toEqual(ids);
  });

  it.each(REFUSED_SEARCHES)('refuses %j: %d %s', (search, code, message) => {
    expect(refusal(() => articles().find({ $text: search }).toArray())).toEqual([code, message]);
  });

  it('scores what it finds, shows the score beside all fields, and sorts by it', () => {
    const found = articles().find({ $text: { $search: 'coffee' } }, { projection: SCORE });
    expect(found.sort(SCORE).toArray()).toEqual([
      { ...ARTICLES[0], score: 1 },
      { ...ARTICLES[1], score: 0.75 },
      { ...ARTICLES[6], score: 0.75 },
    ]);
    const projection = { _id: 0, subject: 1, ...SCORE };
    expect(articles().findOne({ $text: { $search: 'cake' } }, { projection })).toEqual({
      subject: 'Baking a cake',
      score: 0.75,
    });
  });

  it('scores in pipelines, where it has to be first', () => {
    const match = { $match: { $text: { $search: 'coffee cake' }, views: { $gt: 5 } } };
    expect(
      articles()
        .aggregate([match, { $sort: { ...SCORE, _id: 1 } }, { $limit: 2 }, { $project: SCORE }])
        .toArray(),
    ).toEqual([
      { _id: 1, score: 1 },
      { _id: 3, score: 0.75 },
    ]);
    expect(
      articles()
        .aggregate([match, { $group: { _id: null, views: { $sum: '$views' } } }])
        .toArray(),
    ).toEqual([{ _id: null, views: 150 }]);
    expect(refusal(() => articles().aggregate([{ $limit: 1 }, match]))).toEqual([
      17313,
      '$match with $text is only allowed as the first pipeline stage',
    ]);
  });

  it('counts a field by its weight, and a word less each time', () => {
    const blog = createStore().db('shop').collection('blog');
    blog.insertMany([
      {
        _id: 1,
        content: 'This morning I had a cup of coffee.',
        about: 'beverage',
        keywords: ['coffee'],
      },
      {
        _id: 2,
        content: 'Who doesn’t like cake?',
        about: 'food',
        keywords: ['cake', 'food', 'dessert'],
      },
      { _id: 3, content: 'food food', about: 'nothing', keywords: [] },
    ]);
    blog.createIndex(
      { content: 'text', keywords: 'text', about: 'text' },
      { weights: { content: 10, keywords: 5 }, name: 'TextIndex' },
    );
    const scores = blog.find({ $text: { $search: 'food' } }, { projection: { _id: 1, ...SCORE } });
    // 5 × 1.1 for the keyword, 1 × 1.1 for what it is about; 10 × 1.5 × 1 for the word twice.
    expect(
      scores
        .sort({ _id: 1 })
        .toArray()
        .map(({ score }) => score as number),
    ).toEqual([expect.closeTo(6.6), expect.closeTo(15)]);
    expect(blog.indexes()[1]).toEqual({
      v: 2,
      key: { _fts: 'text', _ftsx: 1 },
      name: 'TextIndex',
      weights: { about: 1, content: 10, keywords: 5 },
      default_language: 'english',
      language_override: 'language',
      textIndexVersion: 3,
    });
  });

  it('needs a text index, of which a collection has one', () => {
    const collection = articles();
    expect(collection.indexes()[1]!.name).toBe('subject_text');
    expect(refusal(() => collection.createIndex({ author: 'text' }))).toEqual([
      67,
      'only one text index per collection allowed, found existing text index "subject_text"',
    ]);
    expect(collection.createIndex({ subject: 'text' })).toBe('subject_text');
    const { winningPlan } = collection.find({ $text: { $search: 'cake' } }).explain()
      .queryPlanner as { winningPlan: object };
    expect(winningPlan).toMatchObject({ stage: 'TEXT_MATCH', indexName: 'subject_text' });
    collection.dropIndex('subject_text');
    expect(refusal(() => collection.find({ $text: { $search: 'cake' } }))).toEqual([
      27,
      'text index required for $text query',
    ]);
    expect(refusal(() => collection.find({}).sort(SCORE).toArray())[0]).toBe(40218);
  });

  it('searches all fields with $**, and says which languages it does not know', () => {
    const collection = createStore().db('shop').collection('notes');
    collection.createIndex({ '$**': 'text' });
    collection.insertOne({ _id: 1, a: { b: ['one', { c: 'needles' }] } });
    expect(collection.countDocuments({ $text: { $search: 'needle' } })).toBe(1);
    const german =
      'The language "german" of text indexes is not implemented in this document store';
    expect(refusal(() => collection.insertOne({ language: 'german', a: 'x' }))).toEqual([
      238,
      german,
    ]);
    const other = createStore().db('shop').collection('notes');
    expect(refusal(() => other.createIndex({ a: 'text' }, { default_language: 'german' }))).toEqual(
      [238, german],
    );
  });
});

/** From the sample vocabulary of Snowball's English stemmer. */
const STEMS: [word: string, stem: string][] = Object.entries({
  ...{ consign: 'consign', consigned: 'consign', consigning: 'consign', consignment: 'consign' },
  ...{ consist: 'consist', consistency: 'consist', consistent: 'consist', consistently: 'consist' },
  ...{
    consolation: 'consol',
    consolations: 'consol',
    consolatory: 'consolatori',
    console: 'consol',
  },
  ...{
    consolidate: 'consolid',
    consolingly: 'consol',
    consonant: 'conson',
    conspicuously: 'conspicu',
  },
  ...{
    conspiracy: 'conspiraci',
    conspirators: 'conspir',
    constables: 'constabl',
    constancy: 'constanc',
  },
  ...{ knaves: 'knave', knavish: 'knavish', kneaded: 'knead', kneel: 'kneel', kneeling: 'kneel' },
  ...{
    knickknacks: 'knickknack',
    knightly: 'knight',
    knitted: 'knit',
    knives: 'knive',
    knocked: 'knock',
  },
  ...{
    cries: 'cri',
    ties: 'tie',
    gas: 'gas',
    kiwis: 'kiwi',
    hopping: 'hop',
    hoping: 'hope',
    luxuriated: 'luxuri',
  },
  ...{
    generate: 'generat',
    generous: 'generous',
    happy: 'happi',
    say: 'say',
    skies: 'sky',
    news: 'news',
  },
  ...{
    agreed: 'agre',
    feed: 'feed',
    controlling: 'control',
    roll: 'roll',
    "child's": 'child',
    databases: 'databas',
  },
});

it.each(STEMS)('the stem of %s is %s', (word, expected) => {
  expect(stem(word)).toBe(expected);
});
