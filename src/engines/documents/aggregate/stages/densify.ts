/** `$densify` (manual): documents for the steps of a range that have none. */
import { fail } from '../../errors.ts';
import { parseSort, sortDocs } from '../../query/sort.ts';
import { compare, equal } from '../../values/compare.ts';
import { hashKey } from '../../values/hash.ts';
import { arithmetic, isIntegral, type Numeric, remainder, toNumber } from '../../values/numbers.ts';
import { get, pathOf, setAt } from '../../values/paths.ts';
import {
  type Doc,
  docOf,
  isDoc,
  isNumeric,
  type Maybe,
  typeOf,
  type Value,
} from '../../values/types.ts';
import type { MakeStage } from '../stage.ts';
import { addUnits, type Unit, unitOf } from '../time-units.ts';

/** More than this many documents are not made (`internalQueryMaxAllowedDensifyDocs`). */
const MOST = 500_000;

/** Documents with the same values in all fields that partition. */
interface Part {
  /** What its new documents have besides the value. */
  base: Doc;
  /** The last step that has a document. */
  last: Value;
}

interface Densify {
  field: readonly string[];
  partitions: readonly string[];
  step: Numeric;
  unit: Unit | null;
  bounds: 'full' | 'partition' | readonly [Value, Value];
}

function parse(spec: Value): Densify {
  if (!isDoc(spec))
    return fail(9, `The $densify stage specification must be an object, found ${typeOf(spec)}`);
  for (const name in spec)
    if (!['field', 'partitionByFields', 'range'].includes(name))
      fail(40415, `BSON field '$densify.${name}' is an unknown field.`);
  const { field, range, partitionByFields = [] } = spec;
  if (field === undefined)
    return fail(40414, "BSON field '$densify.field' is missing but a required field");
  if (range === undefined)
    return fail(40414, "BSON field '$densify.range' is missing but a required field");
  if (!isDoc(range))
    return fail(
      14,
      `BSON field '$densify.range' is the wrong type '${typeOf(range)}', expected type 'object'`,
    );
  const { step, unit, bounds } = range;
  if (step === undefined)
    return fail(40414, "BSON field 'RangeStatement.step' is missing but a required field");
  if (bounds === undefined)
    return fail(40414, "BSON field 'RangeStatement.bounds' is missing but a required field");
  if (!isNumeric(step) || toNumber(step) <= 0)
    return fail(
      5733401,
      'The step parameter in a range statement must be a strictly positive numeric value',
    );
  if (unit !== undefined && !isIntegral(step))
    fail(
      6586400,
      'The step parameter in a range statement must be a whole number when densifying a date range',
    );
  const partitions = (
    Array.isArray(partitionByFields) ? partitionByFields : [partitionByFields]
  ).map(fieldName);
  const parsed: Densify = {
    field: pathOf(fieldName(field)),
    partitions,
    step,
    unit: unit === undefined ? null : unitOf(unit, '$densify'),
    bounds: boundsOf(bounds, step, unit !== undefined),
  };
  if (parsed.bounds === 'partition' && partitions.length === 0)
    fail(
      5733408,
      "One cannot specify the bounds as 'partition' without specifying a non-empty array of partitionByFields. You may have meant to specify 'full' bounds.",
    );
  return parsed;
}

function fieldName(name: Value): string {
  if (typeof name !== 'string')
    return fail(
      14,
      `BSON field '$densify.field' is the wrong type '${typeOf(name)}', expected type 'string'`,
    );
  if (name.startsWith('$'))
    fail(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  return name;
}

function boundsOf(bounds: Value, step: Numeric, dated: boolean): Densify['bounds'] {
  if (bounds === 'full' || bounds === 'partition') return bounds;
  if (typeof bounds === 'string')
    return fail(5946802, "Bounds string must either be 'full' or 'partition'");
  if (!Array.isArray(bounds))
    return fail(
      5733404,
      "The bounds in a range statement must be the string 'full', 'partition', or an ascending array of two numbers or two dates",
    );
  if (bounds.length !== 2)
    fail(5733403, 'A bounding array in a range statement must have exactly two elements');
  const [low, high] = bounds as [Value, Value];
  if (compare(low, high) > 0)
    fail(5733402, 'A bounding array must be an ascending array of either two dates or two numbers');
  const mixed = 'A bounding array must contain either both dates or both numeric types';
  if (isNumeric(low)) {
    if (dated) fail(5733409, 'Numeric bounds may not have unit parameter');
    if (!isNumeric(high)) fail(5733406, mixed);
    if (typeOf(low) !== typeOf(high) || typeOf(low) !== typeOf(step))
      fail(5876900, 'Upper bound, lower bound, and step must all have the same type');
  } else if (low instanceof Date) {
    if (!(high instanceof Date)) fail(5733405, mixed);
    if (!dated) fail(5733410, 'A bounding array of dates must specify a unit');
  } else fail(5946800, 'Explicit bounds must be numeric or dates');
  return [low, high];
}

const $densify: MakeStage = (spec, context) => {
  const densify = parse(spec);
  const { field, partitions, bounds, unit } = densify;
  const dotted = field.join('.');
  const order = parseSort(
    docOf([...(bounds === 'full' ? [] : partitions), dotted].map((name) => [name, 1])),
  );
  return (docs) => {
    const made: Doc[] = [];
    const parts = new Map<unknown, Part>();
    let generated = 0;
    const generate = (part: Part, end: Value) => {
      for (let next = moved(part.last, densify, 1); compare(next, end) < 0;) {
        made.push(setAt(part.base, field, next));
        generated += 1;
        if (generated > MOST)
          fail(
            5897900,
            `Generated ${String(generated)} documents in $densify, which is over the limit of ${String(MOST)}. Increase the 'internalQueryMaxAllowedDensifyDocs' parameter to allow more generated documents`,
          );
        part.last = next;
        next = moved(next, densify, 1);
      }
    };
    let [least, most]: [Maybe, Maybe] = [undefined, undefined];
    for (const doc of sortDocs(docs, order, context.collation.strings)) {
      const value = get(doc, field);
      if (value !== undefined && value !== null) {
        checkValue(value, unit);
        least ??= value;
        most = value;
        const part = partOf(doc, value, least, densify, parts);
        generate(part, earlier(value, bounds));
        // A document that stands on a step needs no other.
        if (equal(moved(part.last, densify, 1), value)) part.last = value;
      }
      made.push(doc);
    }
    if (bounds === 'partition') return made;
    if (bounds !== 'full') {
      if (partitions.length === 0 && parts.size === 0)
        parts.set('', { base: docOf([]), last: moved(bounds[0], densify, -1) });
      for (const part of parts.values()) generate(part, bounds[1]);
    } else if (partitions.length > 0 && most !== undefined) {
      const end = onStep(least!, most, densify) ? moved(most, densify, 1) : most;
      for (const part of parts.values()) generate(part, end);
    }
    return made;
  };
};

const earlier = (value: Value, bounds: Densify['bounds']): Value =>
  typeof bounds !== 'string' && compare(bounds[1], value) < 0 ? bounds[1] : value;

function checkValue(value: Value, unit: Unit | null): void {
  if (isNumeric(value)) {
    if (unit)
      fail(6053600, 'Encountered numeric densify value in collection when step has a date unit.');
  } else if (value instanceof Date) {
    if (!unit)
      fail(
        6053601,
        'Encountered date densify value in collection when step does not have a date unit.',
      );
  } else fail(5733201, 'Densify field type must be numeric or a date');
}

function partOf(
  doc: Doc,
  value: Value,
  least: Value,
  densify: Densify,
  parts: Map<unknown, Part>,
): Part {
  const { partitions, bounds } = densify;
  const values = partitions.map((name) => get(doc, pathOf(name)));
  const key = hashKey(values.map((one) => one ?? null));
  const known = parts.get(key);
  if (known) return known;
  let base = docOf([]);
  values.forEach((one, i) => {
    if (one !== undefined) base = setAt(base, pathOf(partitions[i]!), one);
  });
  const first = bounds === 'full' ? least : bounds === 'partition' ? value : bounds[0];
  const part: Part = { base, last: moved(first, densify, -1) };
  parts.set(key, part);
  return part;
}

function moved(value: Value, { step, unit }: Densify, times: 1 | -1): Value {
  if (value instanceof Date) return addUnits(value, unit!, times * toNumber(step), 'UTC');
  return arithmetic(times === 1 ? 'add' : 'subtract', value as Numeric, step);
}

/** Whether one value lies a whole number of steps behind another. */
function onStep(from: Value, to: Value, densify: Densify): boolean {
  if (isNumeric(from) && isNumeric(to))
    return toNumber(remainder(arithmetic('subtract', to, from), densify.step)) === 0;
  let at = from;
  while (compare(at, to) < 0) at = moved(at, densify, 1);
  return equal(at, to);
}

export const DENSIFY: Readonly<Record<string, MakeStage>> = { $densify };
