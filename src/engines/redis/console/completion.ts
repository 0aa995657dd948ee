/** What a line of redis-cli may go on with: commands, then keys and options, from the command table. */
import { notesOf } from '../core/command-notes.ts';
import {
  completions,
  firstOf,
  fromText,
  splitArguments,
  toText,
  usage,
  type Client,
  type CommandSpec,
  type Server,
} from '../emulator.ts';
import { LONGEST_SUGGESTION, MOST_SUGGESTIONS } from './limits.ts';
import type { Assistance } from './messages.ts';

type Completion = NonNullable<Assistance['completion']>;
type Suggestion = Completion['suggestions'][number];

/** Commands of redis-cli itself. */
const OWN = ['HELP', 'CLEAR', 'CONNECT', 'EXIT'];

/** Which type of key a command of a group is for; the other groups take any. */
const TYPE_OF_GROUP: Readonly<Record<string, string>> = {
  string: 'string',
  bitmap: 'string',
  list: 'list',
  hash: 'hash',
  set: 'set',
  'sorted-set': 'zset',
  hyperloglog: 'string',
  geo: 'zset',
};

/** The short ones first: `GET` before `GETRANGE`. */
const shortestFirst = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** The names that begin like a word, whatever its case, the word itself left out. */
const startingWith = (names: readonly string[], word: string): string[] =>
  [...new Set(names)].filter((name) => name !== word && name.startsWith(word.toUpperCase()));

/** @param text what stands at the prompt. @param caret where it is being typed. */
export function assist(server: Server, client: Client, text: string, caret: number): Assistance {
  return {
    completion: completeLine(server, client, text.slice(0, caret)),
    hint: usage(server, text),
  };
}

function completeLine(server: Server, client: Client, line: string): Completion | null {
  const word = /\S*$/.exec(line)![0];
  const from = line.length - word.length;
  const before = splitArguments(line.slice(0, from));
  if (before === null || /^["']/.test(word)) return null;
  const spec = commandOf(server, before);
  const suggestions =
    spec === null ? commands(server, line, before) : words(server, client, spec, before, word);
  if (suggestions.length === 0) return null;
  return { from, suggestions: suggestions.slice(0, MOST_SUGGESTIONS) };
}

/** The command of complete words, or `null` while it may still be one of several. */
function commandOf(server: Server, argv: readonly string[]): CommandSpec | null {
  const spec = server.commands.get(argv[0]?.toLowerCase() ?? '');
  if (!spec?.subcommands) return spec ?? null;
  return spec.subcommands.get(argv[1]?.toLowerCase() ?? '') ?? null;
}

function commands(server: Server, line: string, before: readonly string[]): Suggestion[] {
  const typed = line.trimStart();
  // After a word that is no command nothing is known.
  if (before.length > 1 || typed === '') return [];
  const help = /^(help|\?)\s+(.*)$/i.exec(typed);
  if (help) return suggest(completions(server, help[2]!), 0);
  const names = completions(server, typed.replace(/\s+/, ' '));
  return suggest(
    [...names, ...(before.length === 0 ? startingWith(OWN, typed) : [])],
    before.length,
  );
}

/** Names of commands, without the words of theirs that stand there already. */
function suggest(names: readonly string[], words: number): Suggestion[] {
  const rest = names.map((name) => name.split(' ').slice(words).join(' ')).filter(Boolean);
  return [...new Set(rest)].sort(shortestFirst).map((text) => suggestion(text));
}

function words(
  server: Server,
  client: Client,
  spec: CommandSpec,
  before: readonly string[],
  word: string,
): Suggestion[] {
  const keys = takesKey(spec, before.length) ? keysFor(server, client, spec, word) : [];
  const enough = before.length >= Math.abs(spec.arity);
  const used = new Set(before.map((each) => each.toUpperCase()));
  const options =
    word === '' && !enough
      ? []
      : startingWith(optionsOf(spec), word)
          .filter((option) => !used.has(option))
          .map((option) => suggestion(option, 'option'));
  return [...keys, ...options];
}

/** Whether the word at a position is a key. */
function takesKey({ firstKey, lastKey, keyStep }: CommandSpec, position: number): boolean {
  if (firstKey === 0 || position < firstKey) return false;
  if (lastKey >= 0 && position > lastKey) return false;
  return (position - firstKey) % Math.max(1, keyStep) === 0;
}

function keysFor(server: Server, client: Client, spec: CommandSpec, word: string): Suggestion[] {
  const type = TYPE_OF_GROUP[spec.group];
  const { dict } = client.db;
  const typed = fromText(word).toLowerCase();
  const now = Math.floor(server.clock());
  const keys = firstOf(
    dict,
    MOST_SUGGESTIONS,
    (key, value) =>
      (type === undefined || value.type === type) &&
      value.expireAt >= now &&
      key.length <= LONGEST_SUGGESTION &&
      key.slice(0, typed.length).toLowerCase() === typed &&
      isBareWord(toText(key), word),
  );
  return keys.map((key) => suggestion(toText(key), dict.get(key)!.type));
}

/** Whether a key can be typed without quotes, and is not there already. */
const isBareWord = (key: string, word: string): boolean => key !== word && /^[^\s"']+$/.test(key);

const suggestion = (label: string, detail = ''): Suggestion => ({
  text: `${label} `,
  label,
  detail,
});

/** The words in capitals of a command's syntax: `NX`, `WITHSCORES`. */
function optionsOf(spec: CommandSpec): string[] {
  return notesOf(spec).syntax.match(/\b[A-Z][A-Z]+\b/g) ?? [];
}
