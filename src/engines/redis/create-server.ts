/** A server as everybody here starts one. */
import { handlers } from './commands/index.ts';
import { LATER } from './commands/parts.ts';
import { Server, type ServerOptions } from './core/server.ts';

/**
 * A server with all commands, some of which have to be loaded before they are run: `loadCommands`, in Node
 * `loadEveryCommand`.
 *
 * @param options its clock, its source of random numbers, and its cage if it has one.
 */
export function createServer(options: Omit<ServerOptions, 'handlers' | 'later'>): Server {
  return new Server({ ...options, handlers, later: LATER });
}
