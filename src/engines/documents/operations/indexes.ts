/** Making and dropping indexes (manual, "createIndex"). */
import { fail } from '../errors.ts';
import { Index, type IndexDefinition } from '../index/index.ts';
import { collationDoc } from '../index/index.ts';
import { parseFilter } from '../query/parse.ts';
import { SIMPLE, collationOf } from '../values/collation.ts';
import { equal } from '../values/compare.ts';
import { docToResult, toStored } from '../values/convert.ts';
import { describe } from '../values/describe.ts';
import { pathOf } from '../values/paths.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, docOf, type Input, isDoc, isNumeric, type Value } from '../values/types.ts';
import { truthy } from '../query/field-operators.ts';
import { brought } from '../parts/brought.ts';
import { dataOf, docFrom, namespaceOf, refuseView, type Target } from './environment.ts';

const OPTIONS = new Set([
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'collation',
  'expireAfterSeconds',
  'hidden',
  'background',
  'v',
  'comment',
  'commitQuorum',
  'maxTimeMS',
  'session',
]);

function define(target: Target, keyInput: Input | string, options: Input): IndexDefinition {
  const key = toStored(typeof keyInput === 'string' ? { [keyInput]: 1 } : keyInput);
  if (!isDoc(key) || Object.keys(key).length === 0) return fail(67, 'Index keys cannot be empty.');
  for (const option of Object.keys(options)) {
    if (!OPTIONS.has(option)) {
      fail(
        197,
        `Error in specification { key: ${describe(key)}, name: "${nameOf(key)}", ${option}: ${describe(toStored(options[option]))} } :: caused by :: The field '${option}' is not valid for an index specification. Specification: { key: ${describe(key)}, name: "${nameOf(key)}", ${option}: ${describe(toStored(options[option]))} }`,
      );
    }
  }
  const fields = Object.keys(key);
  const directions = fields.map((field) => directionOf(key, field));
  const extra = docOf(
    (['expireAfterSeconds', 'hidden'] as const)
      .filter((option) => options[option] !== undefined)
      .map((option): [string, Value] => [option, toStored(options[option])]),
  );
  if (options.expireAfterSeconds !== undefined)
    brought('checkExpiry', 'expireAfterSeconds')(options.expireAfterSeconds, key);
  const collation = options.collation
    ? collationOf(options.collation)
    : (dataOf(target)?.options.collation ?? SIMPLE);
  return {
    name: typeof options.name === 'string' ? options.name : nameOf(key),
    key,
    fields,
    directions,
    unique: truthy(toStored(options.unique)),
    sparse: truthy(toStored(options.sparse)),
    partial: partialOf(target, options.partialFilterExpression),
    collation,
    extra,
  };
}

/** @throws MongoServerError CannotCreateIndex if no field can be called so (`index_key_validate.cpp`). */
function checkKey(field: string): void {
  if (field === '') fail(67, 'Index keys cannot be an empty field.');
  for (const [i, part] of pathOf(field).entries()) {
    if (part === '') fail(67, 'Index keys cannot contain an empty field.');
    if (part.startsWith('$') && !(i > 0 && /^\$(db|id|ref)$/.test(part)))
      fail(67, "Index key contains an illegal field name: field name starts with '$'.");
  }
}

function directionOf(key: Doc, field: string): 1 | -1 {
  const value = key[field]!;
  if (typeof value === 'string') {
    if (['text', '2d', '2dsphere', 'hashed', 'wildcard'].includes(value)) {
      return fail(238, `Index type '${value}' is not implemented in this document store`);
    }
    return fail(
      67,
      `Unknown index plugin '${value}'. Index type must be one of the following: 'btree', '2d', '2dsphere', 'text', 'hashed'`,
    );
  }
  if (field.includes('$**'))
    return fail(238, 'Wildcard indexes are not implemented in this document store');
  checkKey(field);
  if (!isNumeric(value) || toNumber(value) === 0) {
    return fail(
      67,
      `Values in v:2 index key pattern cannot be of type ${typeof value}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  }
  return toNumber(value) < 0 ? -1 : 1;
}

/** `price_1_name_-1`. */
function nameOf(key: Doc): string {
  return Object.keys(key)
    .map((field) => `${field}_${describe(key[field]).replace(/"|\.0$/g, '')}`)
    .join('_');
}

function partialOf(target: Target, input: unknown): IndexDefinition['partial'] {
  if (input === undefined) return null;
  const filter = toStored(input);
  if (!isDoc(filter)) return fail(14, "The field 'partialFilterExpression' must be an object");
  const context = { collation: SIMPLE, now: target.clock.now(), variables: {} };
  return { filter, match: parseFilter(filter, context).match };
}

/** Makes an index. @returns its name, and whether there was none like it. */
export function createIndex(
  target: Target,
  key: Input | string,
  options: Input,
): { name: string; created: boolean } {
  if (typeof key !== 'string') {
    const asked = toStored(key);
    if (isDoc(asked) && Object.values(asked).includes('text'))
      return createTextIndex(target, asked, options);
  }
  const definition = define(target, key, options);
  const { data } = target.access.write(target.database, target.name);
  for (const index of data.indexes) {
    const other = index.definition;
    const sameKey = equal(other.key, definition.key);
    const sameOptions =
      (other.unique === definition.unique || index.isIdIndex) &&
      other.sparse === definition.sparse &&
      other.collation === definition.collation &&
      equal(other.partial?.filter, definition.partial?.filter);
    if (sameKey && sameOptions && (other.name === definition.name || index.isIdIndex)) {
      return { name: other.name, created: false };
    }
    if (sameKey && sameOptions)
      fail(85, `Index already exists with a different name: ${other.name}`);
    if (other.name === definition.name) {
      fail(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${describe(infoDoc(definition))}, existing index: ${describe(infoDoc(other))}`,
      );
    }
  }
  const index = new Index(definition);
  index.build(data.slots, namespaceOf(target));
  data.indexes.push(index);
  if (definition.extra.expireAfterSeconds !== undefined) target.access.expires = true;
  return { name: definition.name, created: true };
}

function createTextIndex(
  target: Target,
  key: Doc,
  options: Input,
): { name: string; created: boolean } {
  const index = brought('parseTextIndex', '$text')(key, docFrom(options), nameOf(key));
  const { data } = target.access.write(target.database, target.name);
  if (data.text) {
    if (equal(data.text.info, index.info)) return { name: index.name, created: false };
    fail(
      67,
      `only one text index per collection allowed, found existing text index "${data.text.name}"`,
    );
  }
  for (const doc of data.docs()) index.check(doc);
  data.text = index;
  return { name: index.name, created: true };
}

/** @throws MongoServerError IndexNotFound, InvalidOptions. */
export function dropIndex(target: Target, which: string | Input): number {
  refuseView(target);
  const existing = dataOf(target);
  if (!existing) return fail(26, `ns not found ${namespaceOf(target)}`);
  const { data } = target.access.write(target.database, target.name);
  const before = data.indexes.length + (data.text ? 1 : 0);
  if (which === '*') {
    data.indexes = data.indexes.filter((index) => index.isIdIndex);
    data.text = null;
    return before;
  }
  const key = typeof which === 'string' ? null : toStored(which);
  const found = data.indexes.find(({ definition }) =>
    key ? equal(definition.key, key) : definition.name === which,
  );
  if (!found && data.text && (key ? equal(data.text.info.key, key) : data.text.name === which)) {
    data.text = null;
    return before;
  }
  if (!found) {
    return key
      ? fail(27, `can't find index with key: ${describe(key)}`)
      : fail(27, `index not found with name [${String(which)}]`);
  }
  if (found.isIdIndex) fail(72, 'cannot drop _id index');
  data.indexes = data.indexes.filter((index) => index !== found);
  return before;
}

function infoDoc({ name, key, unique, sparse, partial, collation, extra }: IndexDefinition): Doc {
  const fields: [string, Value][] = [
    ['v', 2],
    ['key', key],
    ['name', name],
  ];
  if (unique) fields.push(['unique', true]);
  if (sparse) fields.push(['sparse', true]);
  if (partial) fields.push(['partialFilterExpression', partial.filter]);
  if (collation.spec) fields.push(['collation', collationDoc(collation)]);
  for (const option of Object.keys(extra)) fields.push([option, extra[option]!]);
  return docOf(fields);
}

/** The indexes as `getIndexes` lists them. @throws MongoServerError NamespaceNotFound. */
export function listIndexes(target: Target): Input[] {
  refuseView(target);
  const data = dataOf(target);
  if (!data) return fail(26, `ns does not exist: ${namespaceOf(target)}`);
  const infos = data.indexes.map(({ definition }) => infoDoc(definition));
  return [...infos, ...(data.text ? [data.text.info] : [])].map(docToResult);
}
