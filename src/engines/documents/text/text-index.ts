/** Text indexes (manual, "Text Indexes on Self-Managed Deployments"): which fields are searched, and what each counts. */
import { fail, notImplemented } from '../errors.ts';
import { describe } from '../values/describe.ts';
import { isIntegral, toNumber } from '../values/numbers.ts';
import { pathOf, someValue } from '../values/paths.ts';
import {
  type Doc,
  docOf,
  isDoc,
  isNumeric,
  type Maybe,
  typeOf,
  type Value,
} from '../values/types.ts';
import { type Language, languageOf } from './tokens.ts';

/** Stands for all fields. */
const EVERYTHING = '$**';

export interface TextIndex {
  name: string;
  weights: ReadonlyMap<string, number>;
  language: Language;
  /** The field by which a document says that it is in another language. */
  override: string;
  /** As `getIndexes` shows it. */
  info: Doc;
  /** @throws MongoServerError if a document is in a language whose rules are not here. */
  check(doc: Doc): void;
}

/** Whether a key asks for a text index. */
export const isTextKey = (key: Doc): boolean =>
  Object.values(key).some((value) => value === 'text');

/** @throws MongoServerError CannotCreateIndex, NotImplemented. */
export function parseTextIndex(key: Doc, options: Doc, defaultName: string): TextIndex {
  const fields = Object.keys(key);
  if (!fields.every((field) => key[field] === 'text'))
    notImplemented('A text index with further keys');
  const weights = weightsOf(fields, options.weights);
  const given = options.default_language ?? 'english';
  const override = options.language_override ?? 'language';
  if (typeof given !== 'string' || typeof override !== 'string')
    return fail(67, 'default_language and language_override have to be strings');
  const language = languageOf(given) ?? unknownLanguage(given);
  const name = typeof options.name === 'string' ? options.name : defaultName;
  return {
    name,
    weights,
    language,
    override,
    info: docOf([
      ['v', 2],
      [
        'key',
        docOf([
          ['_fts', 'text'],
          ['_ftsx', 1],
        ]),
      ],
      ['name', name],
      ['weights', docOf([...weights].sort(([a], [b]) => (a < b ? -1 : 1)))],
      ['default_language', given],
      ['language_override', override],
      ['textIndexVersion', 3],
    ]),
    check: (doc) => {
      languageIn(doc, language, override);
    },
  };
}

function unknownLanguage(name: string): never {
  return notImplemented(`The language "${name}" of text indexes`);
}

/** The language of a document. */
export function languageIn(doc: Doc, language: Language, override: string): Language {
  const own: Maybe = doc[override];
  if (own === undefined) return language;
  if (typeof own !== 'string')
    return fail(17261, `found language override field in document with non-string type`);
  return languageOf(own) ?? unknownLanguage(own);
}

function weightsOf(fields: readonly string[], given: Maybe): Map<string, number> {
  const weights = new Map(fields.map((field) => [field, 1]));
  if (given === undefined) return weights;
  if (!isDoc(given))
    return fail(67, `weights have to be a document, and are of type ${typeOf(given)}`);
  for (const field in given) {
    const weight: Value = given[field]!;
    if (!isNumeric(weight) || !isIntegral(weight))
      return fail(67, `text index weight must be numeric, found: ${describe(weight)}`);
    const n = toNumber(weight);
    if (n < 1 || n > 99_999)
      fail(
        67,
        `text index weight must be in the exclusive interval (0,100000) but found: ${String(n)}`,
      );
    weights.set(field, n);
  }
  return weights;
}

/** The texts of a document that an index holds, with what each counts. */
export function* textsOf(
  doc: Doc,
  { weights }: TextIndex,
): Generator<[text: string, weight: number]> {
  for (const [field, weight] of weights) {
    if (field === EVERYTHING) {
      for (const text of stringsIn(doc)) yield [text, weight];
      continue;
    }
    const found: string[] = [];
    someValue(doc, pathOf(field), (value) => {
      for (const item of Array.isArray(value) ? value : [value])
        if (typeof item === 'string') found.push(item);
      return false;
    });
    for (const text of found) yield [text, weight];
  }
}

function* stringsIn(value: Value): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item);
  else if (isDoc(value)) for (const field in value) yield* stringsIn(value[field]!);
}
