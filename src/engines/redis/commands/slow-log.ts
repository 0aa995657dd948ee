/** SLOWLOG and LATENCY. */
import type { Handler } from '../core/command-table.ts';
import { long } from '../core/numbers.ts';
import { err, OK } from '../core/reply.ts';
import { unknownSubcommand } from '../core/unknown-command.ts';

export const slowLogCommands: Record<string, Handler> = {
  'slowlog|get': (server, _client, argv) => {
    if (argv.length > 3) throw unknownSubcommand(argv);
    const bad = err('count should be greater than or equal to -1');
    const count = argv[2] === undefined ? 10 : long(argv[2], bad);
    if (count < -1) throw bad;
    const { commands } = server.slowLog;
    return commands
      .slice(0, count < 0 ? commands.length : count)
      .map(({ id, at, microseconds, argv: words, address, name }) => [
        id,
        at,
        microseconds,
        [...words],
        address,
        name,
      ]);
  },
  'slowlog|len': (server) => server.slowLog.commands.length,
  'slowlog|reset': (server) => {
    server.slowLog.commands = [];
    return OK;
  },
  'latency|latest': (server) =>
    [...server.slowLog.latencies].map(([event, { samples, most }]) => [
      event,
      ...samples.at(-1)!,
      most,
    ]),
  'latency|history': (server, _client, argv) =>
    (server.slowLog.latencies.get(argv[2]!)?.samples ?? []).map((sample) => [...sample]),
  'latency|reset': (server, _client, argv) => {
    const { latencies } = server.slowLog;
    return (argv.length > 2 ? argv.slice(2) : [...latencies.keys()]).filter((event) =>
      latencies.delete(event),
    ).length;
  },
};
