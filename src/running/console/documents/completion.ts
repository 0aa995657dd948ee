/** What an input of mongosh may go on with: collections, methods, operators, fields, variables. */
import type { Catalog } from '../session/language.ts';
import {
  shortestFirst,
  startingWith,
  type Completion,
  type Suggestion,
} from '../terminal/completion.ts';
import {
  COLLECTION_METHODS,
  COMMANDS,
  CONSTRUCTORS,
  CURSOR_METHODS,
  DATABASE_METHODS,
  type Methods,
} from './names.ts';
import type { OperatorKind } from './operators.ts';
import { placeAtEnd, type Bracket, type Place } from './places.ts';

export type Operators = Readonly<Record<OperatorKind, readonly string[]>>;

/** What the caret stands in. */
interface Setting {
  /** The text up to the caret. */
  before: string;
  place: Place;
  /** The word at the caret, and where it begins. */
  word: string;
  from: number;
  catalog: Catalog;
  /** The collection that the input is about, if it names one. */
  fields: string[];
}

/** @param history what was typed before; its variables are still there. */
export function completeMongosh(
  text: string,
  caret: number,
  catalog: Catalog,
  history: readonly string[],
  operators: Operators,
): Completion | null {
  const before = text.slice(0, caret);
  const place = placeAtEnd(before);
  if (/comment|template|regex/.test(place.inside)) return null;
  const command = /^\s*((?:show|use)\s.*)$/.exec(before)?.[1];
  if (command !== undefined) {
    const from = before.length - command.length;
    const suggestions = named(COMMANDS, command, undefined, (name) => name);
    return suggestions.length === 0 ? null : { from, suggestions };
  }
  const word = (place.inside === 'string' ? /[\w$.]*$/ : /[\w$]*$/).exec(before)![0];
  const from = before.length - word.length;
  const setting = { before, place, word, from, catalog, fields: fieldsOf(before, catalog) };
  const suggestions =
    place.inside === 'string' ? inString(setting, operators) : inCode(setting, history, operators);
  return suggestions.length === 0 ? null : { from, suggestions };
}

function inCode(setting: Setting, history: readonly string[], operators: Operators): Suggestion[] {
  const { before, from, word, place, fields } = setting;
  if (before[from - 1] === '.') return members(setting);
  if (word.startsWith('$')) return operatorsHere(setting, operators);
  const bracket = place.open.at(-1);
  if (bracket?.open === '{' && isKeyPlace(before.slice(0, from)))
    return [
      ...named(fields.filter(isName), word, 'field', (name) => `${name}: `),
      ...(word === '' ? operatorsHere(setting, operators) : []),
    ];
  if (word === '') return [];
  const first = place.open.length === 0 && before.slice(0, from).trim() === '';
  return [
    ...(first ? named(COMMANDS, word, undefined, (name) => name) : []),
    ...named(variablesOf([...history, before.slice(0, from)]), word, 'variable', (name) => name),
    ...(first ? [] : named(['db', ...CONSTRUCTORS], word, undefined, (name) => name)),
  ];
}

/** In a string: a field's name, or `"$field"` in a pipeline. */
function inString({ word, place, fields, before }: Setting, operators: Operators): Suggestion[] {
  if (before.slice(place.stringAt + 1) !== word) return [];
  if (callOf(place)?.word === 'aggregate' && word.startsWith('$'))
    return named(
      fields.map((field) => `$${field}`),
      word,
      'field',
      (name) => name,
    );
  if (word.startsWith('$')) return named(Object.values(operators).flat(), word, 'operator', String);
  return word === '' ? [] : named(fields, word, 'field', (name) => name);
}

/** What stands behind a dot. */
function members({ before, from, word, catalog }: Setting): Suggestion[] {
  const owner = before.slice(0, from - 1).trimEnd();
  if (/(^|[^\w$.])db$/.test(owner)) {
    const collections = catalog.relations.map(({ name }) => name);
    return [
      ...startingWith(collections, word).map((name) => ({
        text: isName(name) ? name : `getCollection(${JSON.stringify(name)})`,
        label: name,
        detail: 'collection',
      })),
      ...methods(DATABASE_METHODS, word),
    ];
  }
  if (/(^|[^\w$.])db\.[\w$.]+$/.test(owner) || /(^|[^\w$.])db\[(['"]).*\2\]$/.test(owner))
    return methods(COLLECTION_METHODS, word);
  if (!owner.endsWith(')')) return [];
  const called = calledAt(owner);
  if (called === 'getCollection') return methods(COLLECTION_METHODS, word);
  if (called === 'getSiblingDB') return methods(DATABASE_METHODS, word);
  const givesCursor = [
    'find',
    'aggregate',
    'sort',
    'limit',
    'skip',
    'hint',
    'collation',
    'map',
    'pretty',
  ];
  if (called === 'explain')
    return methods(COLLECTION_METHODS, word).filter(({ label }) =>
      /^(find|aggregate|distinct)\(/.test(label!),
    );
  return givesCursor.includes(called) ? methods(CURSOR_METHODS, word) : [];
}

/** The name of the call that a text ends with: `sort` of `db.a.find({}).sort({ b: 1 })`. */
function calledAt(text: string): string {
  for (let at = text.lastIndexOf('('); at >= 0; at = text.lastIndexOf('(', at - 1)) {
    const { open, inside, broken } = placeAtEnd(text.slice(at));
    if (inside === 'code' && open.length === 0 && !broken)
      return /([\w$]+)\s*$/.exec(text.slice(0, at))?.[1] ?? '';
    if (at === 0) break;
  }
  return '';
}

/** The call of a method whose arguments the place is in. */
const callOf = (place: Place): Bracket | undefined =>
  place.open.findLast(({ open, word }) => open === '(' && /^\w/.test(word));

function operatorsHere({ place, word }: Setting, operators: Operators): Suggestion[] {
  const call = callOf(place);
  const kinds: OperatorKind[] = kindsFor(call?.word ?? '', call?.commas ?? 0, place);
  const seen = new Set<string>();
  return kinds.flatMap((kind) =>
    startingWith(operators[kind], word)
      .filter((name) => !seen.has(name) && seen.add(name))
      .sort(shortestFirst)
      .map((name) => ({ text: `${name}: `, label: name, detail: kind })),
  );
}

function kindsFor(method: string, argument: number, place: Place): OperatorKind[] {
  if (/^(find|findOne|count|countDocuments|deleteOne|deleteMany|findOneAndDelete)$/.test(method))
    return argument === 0 ? ['filter'] : [];
  if (/^(updateOne|updateMany|findOneAndUpdate)$/.test(method))
    return argument === 0 ? ['filter'] : ['update'];
  if (method === 'aggregate') {
    // `[{ $…`: a stage. Deeper, what belongs into one.
    const depth = place.open.filter(({ open }) => open === '{').length;
    return depth <= 1 ? ['stage'] : ['accumulator', 'window', 'expression', 'filter'];
  }
  return method === '' ? ['filter', 'update', 'stage', 'expression'] : [];
}

/** Whether a key of an object may stand behind the text. */
const isKeyPlace = (text: string): boolean => /[{,]\s*$/.test(text);

function fieldsOf(text: string, { relations }: Catalog): string[] {
  const named = [
    ...text.matchAll(
      /\bdb(?:\.([\w$.]+?)\.\w+\s*\(|\.getCollection\((['"])(.*?)\2\)|\[(['"])(.*?)\4\])/g,
    ),
  ].at(-1);
  const name = named?.[1] ?? named?.[3] ?? named?.[5];
  return relations.find((relation) => relation.name === name)?.fields ?? [];
}

/** Names that earlier inputs have declared. */
function variablesOf(inputs: readonly string[]): string[] {
  return inputs.flatMap((input) =>
    [...input.matchAll(/\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)/g)].map(
      ([, name]) => name!,
    ),
  );
}

const isName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

function named(
  names: readonly string[],
  word: string,
  detail: string | undefined,
  insert: (name: string) => string,
): Suggestion[] {
  return startingWith(names, word).map((name) => ({
    text: insert(name),
    label: name.trim(),
    ...(detail ? { detail } : {}),
  }));
}

function methods(of: Methods, word: string): Suggestion[] {
  return startingWith(Object.keys(of), word).map((name) => ({
    text: of[name]![0] === '' ? `${name}()` : `${name}(`,
    label: `${name}()`,
  }));
}
