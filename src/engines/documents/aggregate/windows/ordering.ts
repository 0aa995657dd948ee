/** The functions of `$setWindowFields` that take no window: they go by the order of the partition. */
import { fail } from '../../errors.ts';
import { type SortField, sortKey } from '../../query/sort.ts';
import { compare, equal } from '../../values/compare.ts';
import { describe } from '../../values/describe.ts';
import {
  arithmetic,
  decimalOf,
  divide,
  isIntegral,
  type Numeric,
  toNumber,
} from '../../values/numbers.ts';
import { getMapped } from '../../values/paths.ts';
import {
  Decimal128,
  docOf,
  double,
  isDoc,
  isNumeric,
  type Maybe,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { add, subtract } from '../expressions/arithmetic.ts';
import type { MakeWindowFunction, Setting } from './functions.ts';

function onlySort({ sortBy, name }: Setting, code: number): SortField {
  return sortBy?.length === 1
    ? sortBy[0]!
    : fail(
        code,
        `${name} must be specified with a top level sortBy expression with exactly one element`,
      );
}

/** @param rank of a document: of its place from 0, the places of the first of its equals, and how many came before those. */
const rank =
  (number: (place: number, first: number, groups: number) => number): MakeWindowFunction =>
  (operand, setting) => {
    const { name, compiler } = setting;
    if (!isDoc(operand) || Object.keys(operand).length > 0)
      fail(5371603, `${name} must be specified with '{}' as the value`);
    const field = onlySort(setting, 5371602);
    return ({ docs }) => {
      let last: Maybe;
      let [first, groups] = [0, -1];
      return docs.map((doc, place) => {
        const key = sortKey(doc, field, compiler.strings);
        if (place === 0 || compare(key, last, compiler.strings) !== 0) {
          first = place;
          groups += 1;
        }
        last = key;
        return number(place, first, groups) + 1;
      });
    };
  };

const NO_DOC = docOf([]);

const $shift: MakeWindowFunction = (operand, { compiler, sortBy }) => {
  if (!isDoc(operand)) return fail(9, 'Argument to $shift must be an object');
  for (const field in operand)
    if (!['output', 'by', 'default'].includes(field)) fail(9, 'Unknown argument in $shift');
  const { by, output, default: missing } = operand;
  if (by !== undefined && !(isNumeric(by) && isIntegral(by)))
    fail(9, `'$shift:by' field must be an integer, but found  by: ${describe(by)}`);
  if (output === undefined) return fail(9, "$shift requires an 'output' expression.");
  if (by === undefined) return fail(9, "$shift requires 'by' as an integer value.");
  if (!sortBy) fail(9, "'$shift' requires a sortBy");
  const evaluate = compiler.compile(output);
  const otherwise =
    missing === undefined ? null : compiler.compile(missing)({ root: NO_DOC, variables: null });
  const distance = toNumber(by as Numeric);
  return ({ docs }) =>
    docs.map((_, i) => {
      const other = docs[i + distance];
      return (other ? evaluate({ root: other, variables: null }) : otherwise) ?? null;
    });
};

const $expMovingAvg: MakeWindowFunction = (operand, { compiler, sortBy }) => {
  if (!isDoc(operand))
    return fail(9, '$expMovingAvg must have exactly one argument that is an object');
  const { input, N, alpha } = operand;
  if (Object.keys(operand).length !== 2 || input === undefined)
    return fail(
      9,
      "$expMovingAvg sub object must have exactly two fields: An 'input' field, and either an 'N' field or an 'alpha' field",
    );
  if (!sortBy) fail(9, "$expMovingAvg requires an explicit 'sortBy'");
  const weight = weightOf(N, alpha);
  const rest = arithmetic('subtract', 1, weight);
  const evaluate = compiler.compile(input);
  return ({ docs }) => {
    let mean: Numeric | null = null;
    let decimal = false;
    return docs.map((doc) => {
      const value = evaluate({ root: doc, variables: null });
      if (isNumeric(value)) {
        decimal ||= value instanceof Decimal128;
        // In decimals whatever the values are, as the server reckons.
        const part = arithmetic('multiply', decimalOf(value), weight);
        mean =
          mean === null
            ? decimalOf(value)
            : arithmetic('add', part, arithmetic('multiply', mean, rest));
      }
      return mean === null || decimal ? mean : double(toNumber(mean));
    });
  };
};

function weightOf(N: Maybe, alpha: Maybe): Numeric {
  if (N !== undefined) {
    if (!isNumeric(N)) fail(9, `'N' field must be an integer, but found type ${typeOf(N)}`);
    if (!isIntegral(N))
      fail(
        9,
        `'N' field must be an integer, but found  N: ${describe(N)}. To use a non-integer, use the 'alpha' argument instead`,
      );
    if (toNumber(N) <= 0) fail(9, `'N' must be greater than zero. Got ${describe(N)}`);
    return divide(decimalOf(2), arithmetic('add', N, 1));
  }
  if (alpha === undefined)
    return fail(
      9,
      "Got unrecognized field in $expMovingAvg$expMovingAvg sub object must have exactly two fields: An 'input' field, and either an 'N' field or an 'alpha' field",
    );
  if (!isNumeric(alpha)) return fail(9, "'alpha' must be a number");
  if (!(toNumber(alpha) > 0 && toNumber(alpha) < 1))
    fail(9, `'alpha' must be between 0 and 1 (exclusive), found alpha: ${describe(alpha)}`);
  return decimalOf(alpha);
}

const $locf: MakeWindowFunction = (operand, { compiler }) => {
  const evaluate = compiler.compile(operand);
  return ({ docs }) => {
    let last: Value = null;
    return docs.map((doc) => (last = evaluate({ root: doc, variables: null }) ?? last));
  };
};

const $linearFill: MakeWindowFunction = (operand, setting) => {
  const field = onlySort(setting, 605001);
  const evaluate = setting.compiler.compile(operand);
  return ({ docs }) => {
    const places = docs.map((doc) => getMapped(doc, field.path));
    const values = docs.map((doc) => evaluate({ root: doc, variables: null }) ?? null);
    checkPlaces(places, values);
    const filled = values.slice();
    let before = -1;
    values.forEach((value, after) => {
      if (value === null) return;
      for (let i = before + 1; before >= 0 && i < after; i += 1)
        filled[i] = between([places[before], values[before]], [places[after], value], places[i]);
      before = after;
    });
    return filled;
  };
};

function checkPlaces(places: readonly Maybe[], values: readonly Value[]): void {
  places.forEach((place, i) => {
    const value = values[i];
    if (value !== null && !isNumeric(value))
      fail(14, `Value to be filled must be numeric or nullish, but found ${typeOf(value)}`);
    if (!isNumeric(place) && !(place instanceof Date))
      fail(14, `Value of the sortBy field must be numeric or a date, but found ${typeOf(place)}`);
    if (i === 0) return;
    if (equal(place, places[i - 1]))
      fail(6050106, 'There can be no repeated values in the sort field');
    if (isNumeric(place) !== isNumeric(places[i - 1]))
      fail(
        14,
        `Conflicting sort value types, previously received type ${typeOf(places[i - 1])}, but found ${typeOf(place)}`,
      );
  });
}

type Point = readonly [place: Maybe, value: Maybe];

/** The value at a place on the line through two points. */
function between([x1, y1]: Point, [x2, y2]: Point, x: Maybe): Value {
  const slope = divide(subtract(y2, y1) as Numeric, subtract(x2, x1) as Numeric);
  return add([y1, arithmetic('multiply', subtract(x, x1) as Numeric, slope)]) as Value;
}

export const UNWINDOWED: Readonly<Record<string, MakeWindowFunction>> = {
  $rank: rank((_, first) => first),
  $denseRank: rank((_, __, groups) => groups),
  $documentNumber: rank((place) => place),
  $shift,
  $expMovingAvg,
  $locf,
  $linearFill,
};
