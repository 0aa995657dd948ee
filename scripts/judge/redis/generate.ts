/** Random commands, by group, and random sequences of them. */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import { collections } from './groups/collections.ts';
import { connections } from './groups/connections.ts';
import { dumpCommands } from './groups/dumps.ts';
import { keyspace } from './groups/keyspace.ts';
import { places } from './groups/places.ts';
import { scripting } from './groups/scripting.ts';
import { sketches } from './groups/sketches.ts';
import { sortedSets } from './groups/sorted-sets.ts';
import { streams } from './groups/streams.ts';
import { strings } from './groups/strings.ts';
import type { Random } from './random.ts';
import { olderDump } from './payloads.ts';
import type { Transfer } from './transfer.ts';
import { wordsFrom, type Groups } from './words.ts';

/** One step of a sequence. */
export type Step =
  | { kind: 'command'; group: string; client: number; argv: Bytes[] }
  /** A whole scan, from cursor 0 to cursor 0; `argv` with `%` for the cursor. */
  | { kind: 'scan'; group: string; client: number; argv: Bytes[] }
  | { kind: 'transfer'; group: string; client: number; transfer: Transfer }
  | { kind: 'advance'; group: 'time'; milliseconds: number };

export const CLIENTS = 3;

/** Generators of commands for every group, drawing from `random`. */
export function generators(random: Random): Groups {
  const words = wordsFrom(random);
  const groups = {
    ...strings(words),
    ...collections(words),
    ...sortedSets(words),
    ...streams(words),
    ...keyspace(words),
    ...connections(words),
    ...sketches(words),
    ...places(words),
    ...dumpCommands(words),
  };
  const others = Object.values(groups);
  return { ...groups, ...scripting(words, () => words.one(words.one(others))()) };
}

/** How often each group is drawn. */
const WEIGHTS: Record<string, number> = {
  string: 14,
  bitmap: 6,
  hash: 10,
  list: 12,
  set: 10,
  'sorted-set': 16,
  stream: 10,
  'consumer-group': 14,
  generic: 9,
  scan: 2,
  expiry: 8,
  transactions: 8,
  pubsub: 4,
  blocking: 4,
  connection: 2,
  server: 2,
  hyperloglog: 4,
  geo: 5,
  dump: 3,
  transfer: 6,
  scripting: 8,
  time: 3,
};

/** A dump from one key to another, and what may be said with it. */
function randomTransfer(random: Random): Transfer {
  const words = wordsFrom(random);
  const { any, maybe, word, one, chance, millis, unixMs, value, below } = words;
  return {
    from: any(),
    to: chance(0.7) ? 'restored' : any(),
    ttl: one(['0', '0', millis(), unixMs()]),
    options: [
      ...maybe(0.8, word('REPLACE', 'REPLACE', 'replace', 'x')),
      ...maybe(0.2, word('ABSTTL')),
      ...maybe(0.2, word('IDLETIME'), word('0', '100', '1000000', '99999999', '-1', 'x')),
      ...maybe(0.1, word('FREQ'), word('0', '7', '255', '256')),
    ],
    ...(chance(0.15) ? { payload: olderDump(random, value) } : {}),
    ...(chance(0.5) ? { damage: below(2 ** 31) } : {}),
  };
}

/**
 * @param only one group (with time steps), or all of them.
 */
export function sequence(random: Random, length: number, only?: string): Step[] {
  const makers = generators(random);
  if (only !== undefined && !WEIGHTS[only]) {
    throw new Error(`no group ${only}: ${Object.keys(WEIGHTS).join(', ')}`);
  }
  const groups = only
    ? [only, only, only, only, only, only, only === 'dump' ? 'transfer' : 'time', 'time']
    : Object.entries(WEIGHTS).flatMap(([name, n]) => new Array<string>(n).fill(name));
  // Sequences with few clients in the talkative states find more in the others.
  const clients = random() < 0.5 ? 1 : CLIENTS;
  const steps: Step[] = [];
  while (steps.length < length) {
    const group = groups[Math.floor(random() * groups.length)]!;
    const client = Math.floor(random() * clients);
    if (group === 'time') {
      const milliseconds = [1, 10, 51, 500, 1000, 1001, 5000, 60_000][Math.floor(random() * 8)]!;
      steps.push({ kind: 'advance', group, milliseconds });
      continue;
    }
    if (group === 'transfer') {
      steps.push({ kind: 'transfer', group, client, transfer: randomTransfer(random) });
      continue;
    }
    const list = makers[group]!;
    let argv = list[Math.floor(random() * list.length)]!();
    if (group === 'scan') {
      steps.push({ kind: 'scan', group, client, argv });
      continue;
    }
    if (random() < 0.02) argv = spoil(random, argv);
    steps.push({ kind: 'command', group, client, argv });
  }
  return steps;
}

/** A word lost, doubled or swapped. */
function spoil(random: Random, argv: Bytes[]): Bytes[] {
  const at = 1 + Math.floor(random() * (argv.length - 1));
  const words = [...argv];
  const kind = random();
  if (argv.length > 1 && kind < 0.4) words.splice(at, 1);
  else if (argv.length > 1 && kind < 0.7) words.splice(at, 0, words[at]!);
  else words.push('extra');
  return words;
}
