/** The way in for everyone but the cells: a server, and what a console shows of it. */
import { handlers } from './commands/index.ts';
import { LATER } from './commands/parts.ts';
import { Server, type ServerOptions } from './core/server.ts';

export { loadCommands, loadEveryCommand } from './commands/index.ts';
export { Server } from './core/server.ts';
export type { Client } from './core/client.ts';
export type { CommandSpec } from './core/command-table.ts';
export type { Crash } from './core/persistence.ts';
export type { Reply } from './core/reply.ts';
export { ReplyError } from './core/reply.ts';
export { CAGE } from './core/cage.ts';
export { fromText, toText } from './core/bytes.ts';
export { printReply, Room } from './cli/print.ts';
export { INVALID_ARGUMENTS, splitArguments } from './cli/split-arguments.ts';
export { completions, everySpec, title, usage } from './cli/help.ts';
export { prompt } from './cli/prompt.ts';
export { firstKeys, firstOf, keyspace, type KeyView } from './cli/keyspace.ts';

/**
 * A server with all commands, some of which have to be loaded before they are run: `loadCommands`, in Node
 * `loadEveryCommand`.
 *
 * @param options its clock, its source of random numbers, and its cage if it has one.
 */
export function createServer(options: Omit<ServerOptions, 'handlers' | 'later'>): Server {
  return new Server({ ...options, handlers, later: LATER });
}
