/** COMMAND: the command table, as Redis tells it. */
import { globMatch, type Bytes } from '../core/bytes.ts';
import { notesOf } from '../core/command-notes.ts';
import type { CommandSpec, Handler } from '../core/command-table.ts';
import { err, MapReply, SetReply, Status, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';

/** What the numbers and words of a key specification's parts are called. */
const PART_FIELDS: Record<string, string[]> = {
  index: ['index'],
  keyword: ['keyword', 'startfrom'],
  range: ['lastkey', 'keystep', 'limit'],
  keynum: ['keynumidx', 'firstkey', 'keystep'],
};

/** `range 0 1 0` as `{type: range, spec: {lastkey: 0, keystep: 1, limit: 0}}`. */
function part(text: string): Reply {
  const [type, ...values] = text.split(' ') as [string, ...string[]];
  const flat = values.flatMap((value, i) => [
    PART_FIELDS[type]![i]!,
    /^-?\d+$/.test(value) ? Number(value) : value,
  ]);
  return new MapReply(['type', type, 'spec', new MapReply(flat)]);
}

function keySpecReply(text: string): Reply {
  const [flags, begin, find, notes] = text.split(';') as [string, string, string, string?];
  return new MapReply([
    ...(notes === undefined ? [] : ['notes', notes]),
    'flags',
    new SetReply(flags.split(',').map((flag) => new Status(flag))),
    'begin_search',
    part(begin),
    'find_keys',
    part(find),
  ]);
}

function info(spec: CommandSpec): Reply {
  const statuses = (words: string[], prefix = ''): Reply =>
    new SetReply(words.map((word) => new Status(prefix + word)));
  const { categories, tips, keySpecs } = notesOf(spec);
  return [
    spec.name,
    spec.arity,
    statuses(spec.flags),
    spec.firstKey,
    spec.lastKey,
    spec.keyStep,
    statuses(categories, '@'),
    new SetReply(tips),
    new SetReply(keySpecs ? keySpecs.split('|').map(keySpecReply) : []),
    spec.subcommands ? [...spec.subcommands.values()].map(info) : new SetReply([]),
  ];
}

/** Of the commands of this emulator: summary, since, group and subcommands; Redis adds complexity, history and the tree of arguments. */
function docs(spec: CommandSpec): Reply {
  const { summary, since } = notesOf(spec);
  const flat: Reply[] = ['summary', summary, 'since', since, 'group', spec.group];
  if (spec.subcommands) {
    const subs = [...spec.subcommands.values()].filter(({ here }) => here);
    flat.push('subcommands', new MapReply(subs.flatMap((sub) => [sub.name, docs(sub)])));
  }
  return new MapReply(flat);
}

function lookup(server: Server, name: Bytes): CommandSpec | undefined {
  const [first, second] = name.toLowerCase().split('|');
  const spec = server.commands.get(first!);
  return second === undefined ? spec : spec?.subcommands?.get(second);
}

/** Where `numkeys` stands in commands whose keys it counts. */
const COUNTED_KEYS: Record<string, number> = {
  zunion: 1,
  zinter: 1,
  zdiff: 1,
  zintercard: 1,
  sintercard: 1,
  lmpop: 1,
  zmpop: 1,
  blmpop: 2,
  bzmpop: 2,
  zunionstore: 2,
  zinterstore: 2,
  zdiffstore: 2,
  eval: 2,
  eval_ro: 2,
  evalsha: 2,
  evalsha_ro: 2,
  fcall: 2,
  fcall_ro: 2,
};

/** The keys in a command's words. */
export function keysOf(spec: CommandSpec, argv: Bytes[]): Bytes[] {
  const countAt = COUNTED_KEYS[spec.name];
  if (countAt !== undefined) {
    const count = Number(argv[countAt]);
    if (!Number.isInteger(count) || count < 1 || countAt + count >= argv.length) return [];
    const stored = spec.name.endsWith('store') ? [argv[1]!] : [];
    return [...stored, ...argv.slice(countAt + 1, countAt + 1 + count)];
  }
  if (spec.name === 'sort') {
    let store: Bytes | undefined;
    for (let i = 2; i < argv.length; i++) {
      const word = argv[i]!.toLowerCase();
      // The last one counts, and what BY, GET and LIMIT take is none.
      if (word === 'store') store = argv[i + 1] ?? store;
      else i += { by: 1, get: 1, limit: 2 }[word] ?? 0;
    }
    return store === undefined ? [argv[1]!] : [argv[1]!, store];
  }
  if (spec.name === 'georadius' || spec.name === 'georadiusbymember') {
    const from = spec.name === 'georadius' ? 6 : 5;
    const stored = ['store', 'storedist'].flatMap((word) => {
      const at = argv.findIndex((each, i) => i >= from && each.toLowerCase() === word);
      return at > 0 && at + 1 < argv.length ? argv[at + 1]! : [];
    });
    return [argv[1]!, ...stored];
  }
  const keyword = /;keyword (\S+) (\d+);range -1 1 2/.exec(notesOf(spec).keySpecs);
  if (keyword) {
    const from = Number(keyword[2]);
    const at = argv.findIndex((word, i) => i >= from && word.toUpperCase() === keyword[1]);
    return at < 0 ? [] : argv.slice(at + 1, at + 1 + Math.floor((argv.length - at - 1) / 2));
  }
  if (spec.firstKey === 0) return [];
  const last = spec.lastKey < 0 ? argv.length + spec.lastKey : spec.lastKey;
  const keys: Bytes[] = [];
  for (let i = spec.firstKey; i <= last; i += spec.keyStep) keys.push(argv[i]!);
  return keys;
}

function getKeys(server: Server, argv: Bytes[]): Reply {
  const words = argv.slice(2);
  let spec = server.commands.get(words[0]!.toLowerCase());
  if (spec?.subcommands && words.length > 1) spec = spec.subcommands.get(words[1]!.toLowerCase());
  if (!spec) throw err('Invalid command specified');
  if (notesOf(spec).keySpecs === '') throw err('The command has no key arguments');
  if (spec.arity > 0 ? spec.arity !== words.length : words.length < -spec.arity) {
    throw err('Invalid number of arguments specified for command');
  }
  const keys = keysOf(spec, words);
  if (keys.length === 0 && !spec.flags.includes('no_mandatory_keys')) {
    throw err('Invalid arguments specified for command');
  }
  return keys;
}

function listCommands(server: Server, argv: Bytes[]): Reply {
  let keep: (spec: CommandSpec) => boolean = () => true;
  if (argv.length > 2) {
    if (argv.length !== 5 || argv[2]!.toLowerCase() !== 'filterby') throw SYNTAX;
    const argument = argv[4]!;
    const kind = argv[3]!.toLowerCase();
    if (kind === 'pattern') keep = (spec) => globMatch(argument.toLowerCase(), spec.name);
    else if (kind === 'aclcat')
      keep = (spec) => notesOf(spec).categories.includes(argument.toLowerCase());
    else if (kind === 'module') keep = () => false;
    else throw SYNTAX;
  }
  const names: string[] = [];
  for (const spec of server.commands.values()) {
    if (keep(spec)) names.push(spec.name);
    for (const sub of spec.subcommands?.values() ?? [])
      if (keep(sub) && argv.length > 2) names.push(sub.name);
  }
  // A set of all, and an array of some.
  return argv.length > 2 ? names : new SetReply(names);
}

const all = (server: Server): Reply => [...server.commands.values()].map(info);

export const commandInfoCommands: Record<string, Handler> = {
  command: all,
  'command|count': (server) => server.commands.size,
  'command|info': (server, _client, argv) =>
    argv.length === 2
      ? all(server)
      : argv.slice(2).map((name) => {
          const spec = lookup(server, name);
          return spec ? info(spec) : null;
        }),
  'command|docs': (server, _client, argv) => {
    const specs =
      argv.length === 2
        ? [...server.commands.values()]
        : argv.slice(2).flatMap((name) => lookup(server, name) ?? []);
    return new MapReply(
      specs.filter(({ here }) => here).flatMap((spec) => [spec.name, docs(spec)]),
    );
  },
  'command|list': (server, _client, argv) => listCommands(server, argv),
  'command|getkeys': (server, _client, argv) => getKeys(server, argv),
};
