/** The way in for everyone but the cells: a server, and what a console shows of it. */
export { createServer } from './create-server.ts';
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
