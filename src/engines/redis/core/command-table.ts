/** The command table: arity checks, COMMAND, completion and help all read it. */
import type { Bytes } from './bytes.ts';
import type { Client } from './client.ts';
import { COMMAND_ROWS, type CommandRow } from './command-data.ts';
import type { Reply } from './reply.ts';
import type { Server } from './server.ts';

/**
 * What a command does. It returns its reply, `undefined` if there is none now (the client waits), or
 * several. Errors are thrown as `ReplyError`, before anything has changed.
 */
export type Handler = (
  server: Server,
  client: Client,
  argv: Bytes[],
) => Reply | Several | undefined;

/** A command that answers more than once (`SUBSCRIBE a b`). */
export class Several {
  readonly replies: Reply[];
  constructor(replies: Reply[]) {
    this.replies = replies;
  }
}

export interface CommandSpec {
  /** In lower case; a subcommand as `client|id`. */
  name: string;
  /** How many words, the name included; negative: at least so many. */
  arity: number;
  flags: string[];
  firstKey: number;
  lastKey: number;
  keyStep: number;
  /** `string`, `sorted-set`, … */
  group: string;
  subcommands: Map<string, CommandSpec> | null;
  /** `undefined`: its part has not come yet, or it exists in Redis and not in this emulator. */
  handler: Handler | undefined;
  /** Whether this emulator has it, or subcommands of it. */
  here: boolean;
  write: boolean;
  denyOnMemory: boolean;
  calls: number;
  rejected: number;
  failed: number;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * A fresh table (it carries the statistics of one server).
 *
 * @param later the names of commands whose handlers may come later.
 */
export function commandTable(
  handlers: Record<string, Handler>,
  later = NONE,
): Map<string, CommandSpec> {
  return new Map(COMMAND_ROWS.map((row) => [row[0], specification(row, handlers, later)]));
}

function specification(
  row: CommandRow,
  handlers: Record<string, Handler>,
  later: ReadonlySet<string>,
): CommandSpec {
  const words = (text: string): string[] => (text === '' ? [] : text.split(' '));
  const [firstKey, lastKey, keyStep] = row[3].split(' ').map(Number) as [number, number, number];
  const flags = words(row[2]);
  const subcommands = row[5]
    ? new Map(
        row[5].map((r) => [r[0].slice(r[0].indexOf('|') + 1), specification(r, handlers, later)]),
      )
    : null;
  return {
    name: row[0],
    arity: row[1],
    flags,
    firstKey,
    lastKey,
    keyStep,
    group: row[4],
    subcommands,
    handler: handlers[row[0]],
    here:
      handlers[row[0]] !== undefined ||
      later.has(row[0]) ||
      [...(subcommands?.values() ?? [])].some(({ here }) => here),
    write: flags.includes('write'),
    denyOnMemory: flags.includes('denyoom'),
    calls: 0,
    rejected: 0,
    failed: 0,
  };
}
