/** `$setWindowFields` and `$fill`, which is one in short (manual). */
import { fail } from '../../errors.ts';
import { compute } from '../../projection/apply.ts';
import { parseAddFields } from '../../projection/projection.ts';
import { place, type ProjectionTree, tree } from '../../projection/tree.ts';
import { parseSort, type SortField, sortDocs } from '../../query/sort.ts';
import { byCodePoints, compare } from '../../values/compare.ts';
import { hashKey } from '../../values/hash.ts';
import { type Doc, docOf, isDoc, typeOf, type Value } from '../../values/types.ts';
import { inContext } from '../expression.ts';
import type { Evaluator } from '../operator.ts';
import { compilerOf, type MakeStage, type PipelineContext } from '../stage.ts';
import { partitionOf, parseWindow, WHOLE } from './frames.ts';
import { type Setting, WINDOWED, type WindowFunction } from './functions.ts';
import { UNWINDOWED } from './ordering.ts';

/** The names of all functions, for the documentation. */
export const WINDOW_FUNCTIONS: readonly string[] = [
  ...Object.keys(WINDOWED),
  ...Object.keys(UNWINDOWED),
];

const isFunction = (name: string): boolean => WINDOW_FUNCTIONS.includes(name);

const $setWindowFields: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(
      9,
      `the $setWindowFields stage specification must be an object, found ${typeOf(spec)}`,
    );
  for (const field in spec)
    if (!['partitionBy', 'sortBy', 'output'].includes(field))
      fail(40415, `BSON field '$setWindowFields.${field}' is an unknown field.`);
  const { output, partitionBy } = spec;
  if (output === undefined)
    return fail(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  if (!isDoc(output))
    return fail(
      14,
      `BSON field '$setWindowFields.output' is the wrong type '${typeOf(output)}', expected type 'object'`,
    );
  const sortBy = spec.sortBy === undefined ? null : parseSort(spec.sortBy);
  const fields = Object.keys(output);
  checkPaths(fields);
  const functions = fields.map((field) => functionOf(field, output[field]!, sortBy, context));
  const key = partitionBy === undefined ? null : compilerOf(context).compile(partitionBy);
  return (docs) =>
    partitionsOf(docs, key, context).flatMap((part) => {
      const sorted = sortBy ? sortDocs(part, sortBy, context.collation.strings) : part;
      const partition = partitionOf(sorted, sortBy);
      const values = functions.map((run) => run(partition));
      return withFields(sorted, fields, values);
    });
};

function checkPaths(fields: readonly string[]): void {
  for (const field of fields)
    if (fields.some((other) => other !== field && `${field}.`.startsWith(`${other}.`)))
      fail(6307900, "$setWindowFields 'output' specification contains two conflicting paths");
}

function functionOf(
  field: string,
  spec: Value,
  sortBy: readonly SortField[] | null,
  context: PipelineContext,
): WindowFunction {
  if (!isDoc(spec)) return fail(9, `The field '${field}' must be an object`);
  const names = Object.keys(spec);
  const name = names.find((one) => one.startsWith('$'));
  if (name === undefined)
    return fail(9, `Expected a $-prefixed window function${names[0] ? `, ${names[0]}` : ''}`);
  if (!isFunction(name)) return fail(9, `Unrecognized window function, ${name}`);
  const ranks = ['$rank', '$denseRank', '$documentNumber'].includes(name);
  if (ranks && names.length > 1)
    fail(5371601, 'Rank style window functions take no other arguments');
  for (const other of names) {
    if (other === name || other === 'window') continue;
    if (isFunction(other)) fail(9, 'Cannot specify two functions in window function spec');
    fail(9, `Window function found an unknown argument: ${other}`);
  }
  const compiler = compilerOf(context);
  const { window } = spec;
  const setting: Setting = {
    name,
    compiler,
    sortBy,
    window: WHOLE,
    explicit: window !== undefined,
  };
  if (!Object.hasOwn(WINDOWED, name)) {
    if (window !== undefined)
      fail(
        9,
        name === '$shift'
          ? "$shift does not accept a 'window' field"
          : `'window' field is not allowed in ${name}`,
      );
    return UNWINDOWED[name]!(spec[name]!, setting);
  }
  if (window !== undefined) setting.window = parseWindow(window, sortBy, compiler);
  return WINDOWED[name]!(spec[name]!, setting);
}

/** Documents with the same key, in the order of the keys; a missing one is null. */
function partitionsOf(docs: Doc[], key: Evaluator | null, context: PipelineContext): Doc[][] {
  if (!key) return docs.length ? [docs] : [];
  const { strings } = context.collation;
  const partitions = new Map<unknown, { key: Value; docs: Doc[] }>();
  for (const doc of docs) {
    const value = key({ root: doc, variables: null }) ?? null;
    if (Array.isArray(value)) fail(14, "Cannot 'partitionBy' an expression of type array");
    const hash = hashKey(value);
    const known = partitions.get(hash);
    if (known) known.docs.push(doc);
    else partitions.set(hash, { key: value, docs: [doc] });
  }
  const sorted = [...partitions.values()].sort((a, b) => compare(a.key, b.key, strings));
  if (strings === byCodePoints) return sorted.map((partition) => partition.docs);
  const merged: typeof sorted = [];
  for (const partition of sorted) {
    const last = merged.at(-1);
    if (last && compare(last.key, partition.key, strings) === 0) last.docs.push(...partition.docs);
    else merged.push(partition);
  }
  return merged.map((partition) => partition.docs);
}

/** The documents with a value of each list at each field. */
function withFields(docs: readonly Doc[], fields: readonly string[], values: Value[][]): Doc[] {
  let at = 0;
  const root: ProjectionTree = tree();
  fields.forEach((field, i) => {
    place(root, field, { kind: 'compute', evaluate: () => values[i]![at] });
  });
  return docs.map((doc, i) => {
    at = i;
    return compute(doc, root, { root: doc, variables: null });
  });
}

const METHODS: Readonly<Record<string, string>> = { linear: '$linearFill', locf: '$locf' };

const $fill: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(9, `The $fill stage specification must be an object, found ${typeOf(spec)}`);
  for (const field in spec)
    if (!['partitionBy', 'partitionByFields', 'sortBy', 'output'].includes(field))
      fail(40415, `BSON field '$fill.${field}' is an unknown field.`);
  const { output, sortBy, partitionBy, partitionByFields } = spec;
  if (output === undefined)
    return fail(40414, "BSON field '$fill.output' is missing but a required field");
  if (!isDoc(output) || Object.keys(output).length === 0)
    return fail(
      6050203,
      "The output field in '$fill' must contain an object with at least one element",
    );
  if (partitionBy !== undefined && partitionByFields !== undefined)
    fail(
      6050204,
      "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'",
    );
  const methods: [string, Value][] = [];
  const constants: [string, Value][] = [];
  for (const field in output) {
    const { method, value } = fillOf(output[field]!);
    if (method !== undefined) methods.push([field, docOf([[method, `$${field}`]])]);
    else constants.push([field, docOf([['$ifNull', [`$${field}`, value!]]])]);
  }
  const by = partitionByFields === undefined ? partitionBy : partitionFields(partitionByFields);
  const filled =
    methods.length === 0
      ? null
      : $setWindowFields(
          docOf([
            ...(by === undefined ? [] : [['partitionBy', by] as const]),
            ...(sortBy === undefined ? [] : [['sortBy', sortBy] as const]),
            ['output', docOf(methods)],
          ]),
          context,
        );
  const constant = inContext('Invalid $addFields', () => parseAddFields(docOf(constants), context));
  return (docs) => {
    const done = filled ? filled(docs) : docs;
    return constants.length ? done.map(constant) : done;
  };
};

function fillOf(given: Value): { method?: string; value?: Value } {
  if (!isDoc(given) || Object.keys(given).length === 0)
    return fail(6050200, 'Each fill output specification must be an object with exactly one field');
  for (const field in given)
    if (field !== 'method' && field !== 'value')
      fail(40415, `BSON field '$fill.${field}' is an unknown field.`);
  const { method, value } = given;
  if (method === undefined) return { value: value! };
  if (value !== undefined)
    fail(
      6050201,
      "Each fill output specification must have exactly one of 'method' or 'value' fields, not both",
    );
  const known = typeof method === 'string' ? METHODS[method] : undefined;
  return { method: known ?? fail(6050202, 'Method must be either locf or linear') };
}

function partitionFields(fields: Value): Value {
  if (!Array.isArray(fields))
    return fail(
      14,
      `BSON field '$fill.partitionByFields' is the wrong type '${typeOf(fields)}', expected type 'array'`,
    );
  return docOf(
    fields.map((field, i) => {
      if (typeof field !== 'string')
        return fail(
          14,
          `BSON field '$fill.partitionByFields.${String(i)}' is the wrong type '${typeOf(field)}', expected type 'string'`,
        );
      return [field, `$${field}`] as const;
    }),
  );
}

export const WINDOWS: Readonly<Record<string, MakeStage>> = { $setWindowFields, $fill };
