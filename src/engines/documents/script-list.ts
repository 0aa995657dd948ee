/**
 * What the document store does, as scripts: the lists that its unit tests hold its sources to, and every operator
 * there is. What is shipped has to print the same.
 */
import type { Output } from '../engine.ts';
import { EXPRESSIONS, REFUSED_PIPELINES } from './aggregate/behavior.ts';
import {
  BY_TAGS,
  COFFEE,
  DENSIFIED,
  FORECAST,
  GRANULARITIES,
  NUMBERS,
  RARE_EXPRESSIONS,
  REFUSED_RARE,
} from './aggregate/stages/behavior.ts';
import {
  CAKE_SALES,
  CAKE_WINDOWS,
  REFUSED_WINDOWS,
  SERIES_WINDOWS,
} from './aggregate/windows/behavior.ts';
import { ORDER, PROJECTIONS, REFUSED_PROJECTIONS } from './projection/behavior.ts';
import {
  ARRAYS,
  COMPARISONS,
  INVENTORY,
  LOGICAL,
  NULL_FILTERS,
  NULLS,
  PRODUCTS,
  REFUSED_FILTERS,
} from './query/behavior.ts';
import { SESSIONS } from './shell/behavior.ts';
import { FULL_INSPECT, inspect } from './shell/inspect.ts';
import { ARTICLES, REFUSED_SEARCHES, SEARCHES } from './text/behavior.ts';
import { ARRAY_UPDATES, FIELD_UPDATES, REFUSED_UPDATES } from './update/behavior.ts';

export interface Scripts {
  what: string;
  /** Run one after the other, in a shell that begins anew. */
  scripts: string[];
}

/** A value as it is typed. */
const typed = (value: unknown): string => inspect(value, FULL_INSPECT);
const insert = (docs: unknown): string => `db.docs.insertMany(${typed(docs)}).acknowledged`;

/** A line of input for each, behind one that fills the collection. */
const over = (what: string, docs: unknown, lines: readonly string[]): Scripts => ({
  what,
  scripts: [insert(docs), ...lines],
});
const found = (filters: readonly (readonly unknown[])[]): string[] =>
  filters.map(([filter]) => `db.docs.find(${typed(filter)}, { _id: 1 })`);
const updated = (updates: readonly (readonly unknown[])[]): string[] =>
  updates.map(
    ([doc, update]) =>
      `db.docs.deleteMany({}); db.docs.insertOne(${typed({ _id: 1, ...(doc as object) })}).acknowledged\n` +
      `db.docs.updateOne({}, ${typed(update)}).modifiedCount\ndb.docs.find()`,
  );
const shown = (projections: readonly unknown[]): string[] =>
  projections.map((projection) => `db.docs.find({}, ${typed(projection)})`);

const piped = (pipelines: readonly (readonly unknown[])[]): string[] =>
  pipelines.map((pipeline) => `db.docs.aggregate(${typed([...pipeline, { $unset: '_id' }])})`);
const windowed = (layout: object, output: unknown): unknown[] => [
  { $setWindowFields: { ...layout, output: { value: output } } },
];

/** `$$NOW` is the browser's own time. */
const EVALUATED = EXPRESSIONS.filter(([expression]) => expression !== '$$NOW');

export const BEHAVIOR: readonly Scripts[] = [
  ...SESSIONS.map(([what, scripts]) => ({ what, scripts })),
  over('filters', PRODUCTS, found([...COMPARISONS, ...LOGICAL, ...REFUSED_FILTERS])),
  over('filters of arrays', INVENTORY, found(ARRAYS)),
  over('filters of null and missing', NULLS, found(NULL_FILTERS)),
  over('updates', [], updated([...FIELD_UPDATES, ...ARRAY_UPDATES, ...REFUSED_UPDATES])),
  over(
    'projections',
    [ORDER],
    shown([
      ...PROJECTIONS.map(([, projection]) => projection),
      ...REFUSED_PROJECTIONS.map(([projection]) => projection),
    ]),
  ),
  over(
    'expressions',
    [{ _id: 1 }],
    EVALUATED.map(
      ([expression]) => `db.docs.aggregate([{ $project: { _id: 0, v: ${typed(expression)} } }])`,
    ),
  ),
  over(
    'windows',
    CAKE_SALES,
    piped([
      ...CAKE_WINDOWS.map(([layout, output]) => windowed(layout, output)),
      ...REFUSED_WINDOWS.map(([stage]) => [{ $setWindowFields: stage }]),
    ]),
  ),
  ...SERIES_WINDOWS.map(([docs, layout, output], i) =>
    over(`windows over series, ${String(i + 1)}`, docs, piped([windowed(layout, output)])),
  ),
  over(
    'buckets of numbers',
    NUMBERS,
    GRANULARITIES.map(
      ([granularity]) =>
        `db.docs.aggregate(${typed([{ $bucketAuto: { groupBy: '$_id', buckets: 5, ...(granularity ? { granularity } : {}) } }])})`,
    ),
  ),
  over(
    'steps of a range',
    COFFEE,
    piped(
      DENSIFIED.map(([bounds]) => [
        {
          $densify: {
            field: 'altitude',
            partitionByFields: ['variety'],
            range: { bounds, step: 200 },
          },
        },
      ]),
    ),
  ),
  over('levels of a document', [FORECAST], piped([[BY_TAGS]])),
  over('text search', ARTICLES, [
    "db.docs.createIndex({ subject: 'text' })",
    ...[...SEARCHES, ...REFUSED_SEARCHES].map(
      ([search]) =>
        `db.docs.find({ $text: ${typed(search)} }, { score: { $meta: 'textScore' } }).sort({ score: { $meta: 'textScore' }, _id: 1 })`,
    ),
  ]),
  over(
    'rare expressions',
    [{ _id: 1, x: 'text' }],
    piped([
      ...RARE_EXPRESSIONS.map(([expression]) => [{ $project: { v: expression } }]),
      ...REFUSED_RARE.map(([pipeline]) => pipeline),
    ]),
  ),
  over(
    'refused pipelines',
    [{ _id: 1 }],
    REFUSED_PIPELINES.map(([pipeline]) => `db.docs.aggregate(${typed(pipeline)})`),
  ),
];

/** What operators are given: some of it fits each of them, and what does not is answered by an error. */
const OPERANDS = [
  '"$n"',
  '["$n", 2]',
  '"$list"',
  '["$list", 1]',
  '["$list", "$list"]',
  '"$text"',
  '["$text", "a"]',
  '["$text", 0, 1]',
  '"$at"',
  '{ date: "$at" }',
  '{ input: "$list" }',
  '{ input: "$text", find: "a", replacement: "b", regex: "a" }',
  '[true, "$n", 3]',
  '"$sub"',
  '3',
  '"a"',
  '[2, 5]',
  '{}',
  '{ n: 1 }',
];

/** How an operator of each list of the reference is typed; of what chance or the clock decides, only whether it works. */
const TYPED: Readonly<Record<string, (name: string, operand: string) => string>> = {
  'On fields': (name, operand) => `db.docs.find({ n: { ${name}: ${operand} } }, { _id: 1 })`,
  'On documents': (name, operand) =>
    `${name === '$text' ? "db.docs.createIndex({ text: 'text' }); " : ''}db.docs.find({ ${name}: ${operand} }, { _id: 1 })`,
  Operators: (name, operand) =>
    `db.docs.updateOne({ _id: 1 }, { ${name}: { ${name === '$currentDate' ? 'now' : 'n'}: ${operand} } }); db.docs.find({}, { now: 0 })`,
  'Modifiers of `$push`': (name, operand) =>
    `db.docs.updateOne({ _id: 1 }, { $push: { list: { $each: [7], ${name}: ${operand} } } }); db.docs.find({}, { now: 0 })`,
  'Keywords of `$jsonSchema`': (name, operand) =>
    `db.docs.find({ $jsonSchema: { ${name}: ${operand}, properties: { n: { ${name}: ${operand} } } } }, { _id: 1 })`,
  Positional: (name, operand) =>
    `db.docs.updateOne({ list: 1 }, { $set: { "list.${name.replace('<identifier>', 'it')}": ${operand} } }, { arrayFilters: [${name.includes('identifier') ? '{ it: 1 }' : ''}] }); db.docs.find()`,
  Stages: (name, operand) =>
    name === '$sample'
      ? `db.docs.aggregate([{ $sample: ${operand === '3' ? '{ size: 3 }' : operand} }]).toArray().length`
      : `db.docs.aggregate([{ ${name}: ${operand} }])`,
  Accumulators: (name, operand) =>
    `db.docs.aggregate([{ $group: { _id: null, v: { ${name}: ${operand} } } }])`,
  'Functions of `$setWindowFields`': (name, operand) =>
    `db.docs.aggregate([{ $setWindowFields: { sortBy: { _id: 1 }, output: { v: { ${name}: ${operand} } } } }])`,
  'Of `runCommand`': (name, operand) =>
    `Object.keys(db.runCommand({ ${name}: ${operand}, query: {}, filter: {} })).join()`,
};
const expression = (name: string, operand: string): string =>
  name === '$rand'
    ? `db.docs.aggregate([{ $project: { v: { $gt: [{ $rand: {} }, 1] } } }])`
    : `db.docs.aggregate([{ $project: { v: { ${name}: ${operand} } } }])`;

const DOCS = `[
  { _id: 1, n: 5, list: [3, 1, 2], text: "abc", at: ISODate("2025-03-01T12:00:00Z"), sub: { a: 1 } },
  { _id: 2, n: 2.5, list: [], text: "", at: null, sub: {} }
]`;

/** A list of operators, with a script for each. */
export interface OperatorScripts extends Scripts {
  names: string[];
}

/**
 * @param reference the page of operators.
 * @param share 4: each operator is given every fourth of what it may be, and its neighbor the fourths beside. Default: all.
 * @returns its lists: every operator, with what it is given.
 */
export function everyOperator(reference: string, share = 1): OperatorScripts[] {
  return reference
    .split('\n## ')
    .slice(1)
    .flatMap((section) =>
      [...section.matchAll(/^- (.*?): (`.*`)$/gm)].map(([, list, listed]) => {
        const type = section.startsWith('Expressions') ? expression : TYPED[list!];
        if (!type) throw new Error(`nobody knows how to type what is listed under “${list}”`);
        const names = [...listed!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
        const line = (name: string, operand: string): string =>
          `db.docs.drop(); db.docs.insertMany(${DOCS}).acknowledged\n${type(name, operand)}`;
        return {
          what: list!,
          names,
          scripts: names.map((name, index) =>
            OPERANDS.filter((_, at) => (at + index) % share === 0)
              .map((operand) => line(name, operand))
              .join('\n'),
          ),
        };
      }),
    );
}

/** What a run printed and what it said of errors. */
export const textsOf = (outputs: readonly Output[]): string[] =>
  outputs.flatMap((output) => {
    if (output.kind === 'error') return [`${output.severity}: ${output.message}`];
    return output.kind === 'text' ? [output.text] : [];
  });

/**
 * @param name of an operator that there is.
 * @returns what no database says of it: that it is not known, or something in the words of JavaScript, which would not even
 * be readable in what is shipped.
 */
export function notSaidByADatabase(name: string, texts: readonly string[]): string[] {
  const escaped = name.replace(/[$[\]]/g, '\\$&');
  const unknown = new RegExp(
    `(unknown|unrecognized|no such) (?!argument in).*[ ']${escaped}('|\\.$|$)|: ${escaped} is not implemented`,
    'im',
  );
  return texts.filter((text) => unknown.test(text) || /^(Type|Range|Reference)Error/.test(text));
}
