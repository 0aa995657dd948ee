/** Inputs as a person makes them who types quickly, pastes from elsewhere, and has a keyboard that corrects. */
import type { Random } from '../../scripts/judge/redis/random.ts';

export interface Corpus {
  own: readonly string[];
  others: readonly string[];
}

type Change = (text: string, random: Random, corpus: Corpus) => string;

const pick = <T>(from: readonly T[], random: Random): T =>
  from[Math.floor(random() * from.length)]!;
const at = (text: string, random: Random): number => Math.floor(random() * (text.length + 1));
const insert = (text: string, place: number, what: string): string =>
  text.slice(0, place) + what + text.slice(place);

const MARKS = [
  ...'()[]{}<>\'"`;,.:\\/|&*^%$#@!?~=+-_0',
  '--',
  '/*',
  '*/',
  '//',
  '$$',
  '${',
  '"""',
  '\\',
];
const LETTERS = [
  'é',
  'ß',
  '名',
  '😀',
  '👩‍👩‍👧',
  '𝒳',
  '\u0301',
  '\u200b',
  '\u00a0',
  '\u202e',
  '\ufeff',
  '\0',
  '\ud835',
  '\udcb3',
  '\t',
  '\r',
  '\r\n',
];
const PROMPTS = [
  'postgres=# ',
  'postgres-# ',
  'shop=> ',
  'sqlite> ',
  'test> ',
  'shop> ',
  '127.0.0.1:6379> ',
  '127.0.0.1:6379[1]> ',
  '>>> ',
  '$ ',
  '... ',
];
const NUMBERS = [
  '1',
  '0',
  '-1',
  '1e9',
  '0x1F',
  '1n',
  '.5',
  '5.',
  '9223372036854775808',
  '1_000',
  'NaN',
];

const CHANGES: readonly Change[] = [
  // Enter came too early.
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  // A character is missing, twice there, or another; two have changed places.
  (text, random) => {
    const place = at(text, random);
    return text.slice(0, place) + text.slice(place + 1);
  },
  (text, random) => {
    const place = at(text, random);
    return insert(text, place, text.charAt(place));
  },
  (text, random) => {
    const place = at(text, random);
    return (
      text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2)
    );
  },
  (text, random) => insert(text, at(text, random), pick(MARKS, random)),
  (text, random) => insert(text, at(text, random), pick(LETTERS, random)),
  (text, random) => text + pick(MARKS, random),
  (text, random) => text + pick(NUMBERS, random),
  (text, random) =>
    pick(['', ' ', 'let x = ', 'SELECT ', 'SET n ', 'return '], random) +
    pick(NUMBERS, random) +
    (text.length % 2 ? '' : '\n'),
  // A keyboard that corrects.
  (text) => text.replaceAll("'", '’').replaceAll('"', '“').replaceAll('--', '—'),
  (text) => text.charAt(0).toUpperCase() + text.slice(1) + '.',
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  // Pasted, with what stood around it.
  (text, random) =>
    text
      .split('\n')
      .map((line) => pick(PROMPTS, random) + line)
      .join('\n'),
  (text, random) => pick(PROMPTS, random) + text,
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', ' '),
  (text) => `\`\`\`\n${text}\n\`\`\``,
  (text, random, { others }) => pick(others, random),
  (text, random, { others }) => `${text}\n${pick(others, random)}`,
  (text, random, { own }) => `${text} ${pick(own, random)}`,
  // Brackets that never end.
  (_, random) =>
    pick(['(', '[', '{', '{"a":', 'f(', '((', '-', '!', 'NOT ', '"'], random).repeat(
      Math.floor(random() ** 4 * 20_000),
    ),
];

/** @returns one input, the same for the same random numbers. */
export function roughInput(corpus: Corpus, random: Random): string {
  const lines = pick(corpus.own, random).split('\n');
  // Mostly a line or two: what is typed at a prompt.
  const from = Math.floor(random() * lines.length);
  let text =
    random() < 0.3
      ? lines.join('\n')
      : lines.slice(from, from + 1 + Math.floor(random() * 3)).join('\n');
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--)
    text = pick(CHANGES, random)(text, random, corpus);
  // Now and then the clipboard holds a whole file.
  return random() < 0.002
    ? text.repeat(Math.ceil(200_000 / (text.length + 1)))
    : text.slice(0, 300_000);
}
