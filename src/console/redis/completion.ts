/** What a line of redis-cli may go on with: commands, then keys and options, from the command table. */
import {
  completions,
  keyspace,
  splitArguments,
  type Client,
  type CommandSpec,
  type Server,
} from '../../engines/redis/emulator.ts';
import {
  shortestFirst,
  startingWith,
  type Completion,
  type Suggestion,
} from '../terminal/completion.ts';

/** Commands of redis-cli itself. */
const OWN = ['HELP', 'CLEAR'];

/** Which type of key a command of a group is for; the other groups take any. */
const TYPE_OF_GROUP: Readonly<Record<string, string>> = {
  string: 'string',
  bitmap: 'string',
  list: 'list',
  hash: 'hash',
  set: 'set',
  'sorted-set': 'zset',
};

/** @param line the text up to the caret. */
export function completeLine(server: Server, client: Client, line: string): Completion | null {
  const word = /\S*$/.exec(line)![0];
  const from = line.length - word.length;
  const before = splitArguments(line.slice(0, from));
  if (before === null || /^["']/.test(word)) return null;
  const spec = commandOf(server, before);
  const suggestions =
    spec === null ? commands(server, line, before) : words(server, client, spec, before, word);
  if (suggestions.length === 0) return null;
  return { from, suggestions };
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
  return [...new Set(rest)].sort(shortestFirst).map((text) => ({ text: `${text} `, label: text }));
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
          .map((option): Suggestion => ({ text: `${option} `, label: option, detail: 'option' }));
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
  const views = keyspace(server, 1).filter(
    (view) => view.db === client.db.id && (type === undefined || view.type === type),
  );
  const types = new Map(views.map((view) => [view.key, view.type]));
  return startingWith(types.keys(), word)
    .filter((key) => /^[^\s"']+$/.test(key))
    .map((key) => ({ text: `${key} `, label: key, detail: types.get(key)! }));
}

/** The words in capitals of a command's syntax: `NX`, `WITHSCORES`. */
function optionsOf({ syntax }: CommandSpec): string[] {
  return syntax.match(/\b[A-Z][A-Z]+\b/g) ?? [];
}
