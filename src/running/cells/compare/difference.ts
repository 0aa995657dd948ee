/** Whether two cells answered the same, and where not. */
import { isRecord, type Answer, type Plain, type PlainRecord } from './answer.ts';

export interface Rules {
  /** Fields that are not compared, such as `_id`. */
  ignore: readonly string[];
  /** Fields whose own fields count as the record's: a JSONB column that holds what a document has. */
  merge: readonly string[];
}

/** How the two cells are called in what is said about them. */
export type Names = readonly [string, string];

/** Lines of a difference that are told. */
const SHOWN = 5;

/**
 * NULL and a missing field are the same, and the order of fields does not matter. The order of
 * records does where both cells sort.
 *
 * @returns in words for the author, or nothing if the answers are equal.
 */
export function difference(
  [first, second]: readonly [readonly Answer[], readonly Answer[]],
  names: Names,
  rules: Rules,
): string | undefined {
  if (first.length === 0 || second.length === 0)
    return `"${first.length === 0 ? names[0] : names[1]}" answers nothing that could be compared. End it with a query.`;
  if (first.length !== second.length)
    return `"${names[0]}" gives ${count(first)}, "${names[1]}" gives ${count(second)}.`;
  for (const [index, one] of first.entries()) {
    const found = differenceOf(one, second[index]!, names, rules);
    if (found !== undefined)
      return first.length === 1 ? found : `Answer ${index + 1} of ${first.length}: ${found}`;
  }
  return undefined;
}

const count = ({ length }: readonly Answer[]): string =>
  `${length} ${length === 1 ? 'answer' : 'answers'}`;

function differenceOf(one: Answer, other: Answer, names: Names, rules: Rules): string | undefined {
  if (one.kind === 'found' && other.kind === 'found')
    return foundDifference(one, other, names, rules);
  const [first, second] = [told(one), told(other)];
  return first === second ? undefined : `"${names[0]}" ${first}, "${names[1]}" ${second}.`;
}

function told(answer: Answer): string {
  switch (answer.kind) {
    case 'found':
      return `finds ${answer.items.length}`;
    case 'written':
      return `writes ${answer.count}`;
    case 'refused':
      return 'is refused';
  }
}

type Found = Extract<Answer, { kind: 'found' }>;

function foundDifference(one: Found, other: Found, names: Names, rules: Rules): string | undefined {
  const bare =
    one.items.some((item) => !isRecord(item)) || other.items.some((item) => !isRecord(item));
  const [first, second] = [one, other].map(({ items }) =>
    items.map((item) => canonical(isRecord(item) ? reduced(item, rules, bare) : item)),
  ) as [string[], string[]];
  const several = first.length > 1 || second.length > 1;
  if (several && one.sorted !== other.sorted) {
    const [sorting, plain] = one.sorted ? names : [names[1], names[0]];
    return `"${sorting}" sorts and "${plain}" does not, so they ask for different things. Sort in both, or in neither.`;
  }
  const missing = without(first, second);
  const extra = without(second, first);
  if (missing.length > 0 || extra.length > 0)
    return [...listed(names[0], missing), ...listed(names[1], extra)].join('');
  if (!one.sorted) return undefined;
  const at = first.findIndex((text, index) => text !== second[index]);
  if (at < 0) return undefined;
  return (
    `the same records in another order, from place ${at + 1} on:` +
    `\n    ${names[0]}: ${first[at]!}\n    ${names[1]}: ${second[at]!}` +
    '\n  Sort by enough fields to leave nothing to chance.'
  );
}

function listed(name: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const lines = texts.slice(0, SHOWN).map((text) => `\n    ${text}`);
  const more = texts.length > SHOWN ? [`\n    … and ${texts.length - SHOWN} more`] : [];
  return [`\n  only in "${name}":`, ...lines, ...more];
}

/** What is in the first list and not in the second, counting repetitions. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of other) left.set(text, (left.get(text) ?? 0) + 1);
  return list.filter((text) => {
    const times = left.get(text) ?? 0;
    left.set(text, times - 1);
    return times <= 0;
  });
}

/**
 * @param bare the other side answers with values that have no name: a record of one field is compared
 * as its value.
 */
function reduced(record: PlainRecord, { ignore, merge }: Rules, bare: boolean): Plain {
  const fields = Object.entries(record)
    .flatMap(([name, value]) =>
      merge.includes(name) && isRecord(value) ? Object.entries(value) : [[name, value] as const],
    )
    .filter(([name, value]) => value !== null && !ignore.includes(name));
  return bare && fields.length === 1 ? fields[0]![1] : Object.fromEntries(fields);
}

/** Digits of a number that are compared: a sum of doubles ends otherwise than a sum of decimals. */
const DIGITS = 12;

/** One text for equal values: fields in order, numbers by their value. */
function canonical(value: Plain): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)));
  if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, part]) => `${JSON.stringify(name)}: ${canonical(part)}`).join(', ')}}`;
}
