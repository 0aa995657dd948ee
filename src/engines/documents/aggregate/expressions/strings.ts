/** Strings (manual, "String Expression Operators"). Positions count code points (CP) or UTF-8 bytes. */
import { regexOf } from '../../query/regex.ts';
import { byCodePoints } from '../../values/compare.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import { BSONRegExp, docOf, isNumeric, type Maybe, type Value } from '../../values/types.ts';
import {
  ANY,
  fail,
  isNullish,
  namedOperator,
  operator,
  type Operator,
  typeName,
} from '../operator.ts';
import { textOf } from './text.ts';

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

function requireString(value: Maybe, name: string, code: number, position = ''): string {
  if (typeof value === 'string') return value;
  return fail(code, `${name} requires ${position}a string argument, found: ${typeName(value)}`);
}

function index(value: Maybe, name: string): number {
  if (!isNumeric(value) || !isIntegral(value)) {
    return fail(
      34451,
      `${name}: starting index must be a numeric type (is BSON type ${typeName(value)})`,
    );
  }
  return toNumber(value);
}

function substrBytes([value, from, length]: Maybe[], name: string): string {
  const bytes = utf8.encode(textOf(value));
  const start = index(from, name);
  if (start < 0)
    fail(50752, `${name}:  starting index must be non-negative (got: ${String(start)})`);
  const count = index(length, name);
  const within = (at: number) => (bytes[at] ?? 0) >> 6 === 0b10;
  if (within(start))
    fail(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  if (count >= 0 && within(start + count))
    fail(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  return fromUtf8.decode(bytes.slice(start, count < 0 ? undefined : start + count));
}

function trimmed(left: boolean, right: boolean): Operator {
  return namedOperator(
    { required: ['input'], optional: ['chars'] },
    ({ input, chars }, compiler, name) => {
      const text = compiler.compile(input!);
      const characters = chars === undefined ? null : compiler.compile(chars);
      return (scope) => {
        const value = text(scope);
        if (isNullish(value)) return null;
        const string = requireString(value, name, 50699, 'its input to be ');
        const given = characters?.(scope);
        if (characters && isNullish(given)) return null;
        const set = characters ? new Set(requireString(given, name, 50700)) : null;
        const cut = (point: string) => (set ? set.has(point) : /[\s\0]/.test(point));
        const points = [...string];
        let [from, to] = [0, points.length];
        while (left && from < to && cut(points[from]!)) from += 1;
        while (right && to > from && cut(points[to - 1]!)) to -= 1;
        return points.slice(from, to).join('');
      };
    },
  );
}

function indexOf(unit: 'code points' | 'bytes'): Operator {
  return operator([2, 4], ([value, part, from, to], name) => {
    if (isNullish(value)) return null;
    const string = requireString(value, name, 40091);
    const search = requireString(part, name, 40092);
    const start = from === undefined ? 0 : index(from, name);
    const end = to === undefined ? Infinity : index(to, name);
    const measure = (text: string) =>
      unit === 'bytes' ? utf8.encode(text).length : [...text].length;
    for (let at = string.indexOf(search); at >= 0; at = string.indexOf(search, at + 1)) {
      const position = measure(string.slice(0, at));
      if (position >= start && position + measure(search) <= end) return position;
    }
    return -1;
  });
}

function matcher(answer: (regex: RegExp, text: string) => Maybe, nothing: Maybe): Operator {
  return namedOperator(
    { required: ['input', 'regex'], optional: ['options'] },
    (args, compiler, name) => {
      const input = compiler.compile(args.input!);
      const regex = compiler.compile(args.regex!);
      const options = args.options === undefined ? null : compiler.compile(args.options);
      return (scope) => {
        const text = input(scope);
        const pattern = regex(scope);
        if (isNullish(text) || isNullish(pattern)) return nothing;
        const string = requireString(text, name, 51104, 'input to be ');
        const flags = options?.(scope);
        const optionText = typeof flags === 'string' ? flags : '';
        if (pattern instanceof BSONRegExp)
          return answer(regexOf(pattern.pattern, optionText || pattern.options), string);
        if (typeof pattern !== 'string')
          return fail(51105, `${name} needs 'regex' to be of type string or regex`);
        return answer(regexOf(pattern, optionText), string);
      };
    },
  );
}

function matchDoc(match: RegExpExecArray): Value {
  return docOf([
    ['match', match[0]],
    ['idx', [...match.input.slice(0, match.index)].length],
    ['captures', match.slice(1).map((capture: string | undefined) => capture ?? null)],
  ]);
}

function replacer(all: boolean): Operator {
  return namedOperator(
    { required: ['input', 'find', 'replacement'], optional: [] },
    (args, compiler, name) => {
      const parts = ['input', 'find', 'replacement'].map((part) => compiler.compile(args[part]!));
      return (scope) => {
        const values = parts.map((part) => part(scope));
        if (values.some(isNullish)) return null;
        const [input, find, replacement] = values.map((value, i) =>
          typeof value === 'string'
            ? value
            : fail(
                51746 - i,
                `${name} requires that '${['input', 'find', 'replacement'][i]!}' be a string, found: ${typeName(value)}`,
              ),
        ) as [string, string, string];
        if (find === '') return replacement + input;
        return all ? input.split(find).join(replacement) : input.replace(find, () => replacement);
      };
    },
  );
}

export const STRINGS: Readonly<Record<string, Operator>> = {
  $concat: operator(ANY, (values) => {
    let text = '';
    for (const value of values) {
      if (isNullish(value)) return null;
      if (typeof value !== 'string')
        return fail(16702, `$concat only supports strings, not ${typeName(value)}`);
      text += value;
    }
    return text;
  }),
  $toUpper: operator(1, ([value]) =>
    textOf(value).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  ),
  $toLower: operator(1, ([value]) =>
    textOf(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  ),
  $strLenCP: operator(1, ([value], name) => [...requireString(value, name, 34471)].length),
  $strLenBytes: operator(
    1,
    ([value], name) => utf8.encode(requireString(value, name, 34473)).length,
  ),
  $substr: operator(3, (values) => substrBytes(values, '$substrBytes')),
  $substrBytes: operator(3, substrBytes),
  $substrCP: operator(3, ([value, from, length], name) => {
    const start = index(from, name);
    return [...textOf(value)].slice(start, start + index(length, name)).join('');
  }),
  $split: operator(2, ([value, separator], name) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (typeof value !== 'string')
      return fail(
        40085,
        `${name} requires an expression that evaluates to a string as a first argument, found: ${typeName(value)}`,
      );
    if (typeof separator !== 'string')
      return fail(
        40086,
        `${name} requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
      );
    if (separator === '') return fail(40087, `${name} requires a non-empty separator`);
    return value.split(separator);
  }),
  $trim: trimmed(true, true),
  $ltrim: trimmed(true, false),
  $rtrim: trimmed(false, true),
  $indexOfCP: indexOf('code points'),
  $indexOfBytes: indexOf('bytes'),
  $strcasecmp: operator(2, ([a, b]) =>
    Math.sign(byCodePoints(textOf(a).toUpperCase(), textOf(b).toUpperCase())),
  ),
  $regexMatch: matcher((regex, text) => regex.test(text), false),
  $regexFind: matcher((regex, text) => {
    const match = regex.exec(text);
    return match ? matchDoc(match) : null;
  }, null),
  $regexFindAll: matcher(
    (regex, text) => [...text.matchAll(new RegExp(regex, `${regex.flags}g`))].map(matchDoc),
    [],
  ),
  $replaceOne: replacer(false),
  $replaceAll: replacer(true),
};
