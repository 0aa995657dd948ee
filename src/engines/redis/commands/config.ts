/** CONFIG. */
import type { Handler } from '../core/command-table.ts';
import { err, MapReply, OK, SYNTAX } from '../core/reply.ts';
import { ABSENT_SETTINGS } from './setting-names.ts';

const ABSENT = new Set(ABSENT_SETTINGS.split(' '));

export const configCommands: Record<string, Handler> = {
  'config|get': (server, _client, argv) =>
    new MapReply(server.config.matching(argv.slice(2)).flat()),
  'config|set': (server, _client, argv) => {
    if (argv.length % 2 !== 0) throw SYNTAX;
    const pairs: [string, string][] = [];
    for (let i = 2; i < argv.length; i += 2) pairs.push([argv[i]!, argv[i + 1]!]);
    const error = server.config.set(pairs, (name) => ABSENT.has(name));
    if (error) throw error;
    server.persistence.configure();
    return OK;
  },
  'config|resetstat': (server) => {
    server.resetStatistics();
    return OK;
  },
  'config|rewrite': () => {
    throw err('The server is running without a config file');
  },
};
