/**
 * Writes the facts about every command of redis-server 7.0, asked from the server itself by `COMMAND` and `COMMAND DOCS`:
 * `command-data.ts` in `src/engines/redis/core/` has what a server needs (arity, flags, key positions, group), and
 * `command-notes-data.ts` what is told of a command to whoever asks (categories, tips, key specifications, since, summary, syntax).
 *
 *     node scripts/redis/write-commands.ts
 */
import { writeFileSync } from 'node:fs';
import Redis from 'ioredis';
import { startRedisServer } from './server-process.ts';

type Nested = string | number | null | Nested[];
interface Argument {
  name: string;
  type: string;
  token?: string;
  flags: string[];
  arguments: Argument[];
}

const fields = (flat: Nested): Record<string, Nested> => {
  const out: Record<string, Nested> = {};
  const items = flat as Nested[];
  for (let i = 0; i < items.length; i += 2) out[String(items[i])] = items[i + 1]!;
  return out;
};

function argument(flat: Nested): Argument {
  const f = fields(flat);
  return {
    name: String(f.display_text ?? f.name),
    type: String(f.type),
    ...(f.token === undefined ? {} : { token: String(f.token) }),
    flags: (f.flags as string[] | undefined) ?? [],
    arguments: ((f.arguments as Nested[] | undefined) ?? []).map(argument),
  };
}

/** An argument as redis-cli's help writes it: `[EX seconds|PX milliseconds]`. */
function syntax(a: Argument): string {
  let value = a.name;
  if (a.type === 'oneof') value = a.arguments.map(syntax).join('|');
  else if (a.type === 'block') value = a.arguments.map(syntax).join(' ');
  else if (a.type === 'pure-token') value = '';
  const token = a.token === '' ? '""' : a.token;
  let text = [token, value].filter((part) => part !== undefined && part !== '').join(' ');
  if (a.flags.includes('multiple')) {
    text = a.flags.includes('multiple_token') ? `${text} [${text} ...]` : `${text} [${value} ...]`;
  }
  return a.flags.includes('optional') ? `[${text}]` : text;
}

/** A key specification in short: `RW,access;index 1;range 0 1 0;notes`. `command-info.ts` reads it. */
function keySpec(flat: Nested): string {
  const f = fields(flat);
  const part = (value: Nested): string => {
    const { type, spec } = fields(value);
    const values = Object.values(fields(spec!));
    return [String(type), ...values.map(String)].join(' ');
  };
  const notes = f.notes === undefined ? '' : `;${String(f.notes)}`;
  return `${(f.flags as string[]).join(',')};${part(f.begin_search!)};${part(f.find_keys!)}${notes}`;
}

const server = await startRedisServer();
const redis = new Redis(server.port);
const info = (await redis.call('COMMAND')) as Nested[][];
const docs = fields((await redis.call('COMMAND', 'DOCS')) as Nested);

/** By name: the server tells subcommands in another order each time. */
const inOrder = (entries: Nested[][]): Nested[][] =>
  [...entries].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

const keySpecs: string[] = [];
const rows: unknown[] = [];
const notes: unknown[] = [];
function row(entry: Nested[], doc: Record<string, Nested>): unknown[] {
  const [name, arity, flags, first, last, step, categories, tips, specs, subcommands] = entry;
  const spec = (specs as Nested[]).map(keySpec).join('|');
  if (!keySpecs.includes(spec)) keySpecs.push(spec);
  const subDocs = doc.subcommands ? fields(doc.subcommands) : {};
  notes.push([
    name,
    (categories as string[]).map((c) => c.slice(1)).join(' '),
    (tips as string[]).join(' '),
    keySpecs.indexOf(spec),
    doc.since ?? '',
    doc.summary ?? '',
    ((doc.arguments as Nested[] | undefined) ?? []).map((a) => syntax(argument(a))).join(' '),
  ]);
  return [
    name,
    arity,
    (flags as string[]).join(' '),
    [first, last, step].join(' '),
    doc.group ?? '',
    ...((subcommands as Nested[][]).length > 0
      ? [inOrder(subcommands as Nested[][]).map((s) => row(s, fields(subDocs[String(s[0])]!)))]
      : []),
  ];
}
const groupOf = (entry: Nested[]): string =>
  `${String(fields(docs[String(entry[0])]!).group)} ${String(entry[0])}`;
// By group, which also compresses better.
for (const entry of [...info].sort((a, b) => (groupOf(a) < groupOf(b) ? -1 : 1))) {
  rows.push(row(entry, fields(docs[String(entry[0])]!)));
}
const NOTE = `// Written by scripts/redis/write-commands.ts from the replies of redis-server ${server.version}. Do not edit.`;
const listOf = (items: unknown[]): string => items.map((r) => JSON.stringify(r)).join(',\n');
const write = (file: string, content: string): void =>
  writeFileSync(new URL(`../../src/engines/redis/core/${file}`, import.meta.url), content);
write(
  'command-data.ts',
  `${NOTE}
/** name, arity, flags, keys, group, subcommands */
export type CommandRow = [string, number, string, string, string, CommandRow[]?];
// prettier-ignore
export const COMMAND_ROWS: readonly CommandRow[] = [
${listOf(rows)},
];
`,
);
write(
  'command-notes-data.ts',
  `${NOTE}
/** name, categories, tips, key specification, since, summary, syntax */
export type NoteRow = [string, string, string, number, string, string, string];
// prettier-ignore
export const KEY_SPECS: readonly string[] = ${JSON.stringify(keySpecs, null, 1)};
// prettier-ignore
export const NOTE_ROWS: readonly NoteRow[] = [
${listOf(notes)},
];
`,
);
redis.disconnect();
await server.stop();
console.log(`${rows.length} commands`);
