/** Replication, as a single primary answers: it has no replicas, and becomes none. */
import type { Bytes } from '../core/bytes.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, parseInteger } from '../core/numbers.ts';
import { err, OK, SYNTAX } from '../core/reply.ts';

const is = (word: Bytes | undefined, text: string): boolean => word?.toLowerCase() === text;

const replicaOf: Handler = (_server, _client, argv) => {
  if (is(argv[1], 'no') && is(argv[2], 'one')) return OK;
  const port = parseInteger(argv[2]!);
  if (port === undefined || port < 0 || port > 65535) throw err('Invalid master port');
  throw err(
    `${argv[0]!.toUpperCase()} exists in Redis, but this emulator is a single primary: it has no network to replicate over`,
  );
};

export const replicationCommands: Record<string, Handler> = {
  role: () => ['master', 0, []],
  replicaof: replicaOf,
  slaveof: replicaOf,
  failover: (_server, _client, argv) => {
    if (is(argv[1], 'abort') && argv.length === 2) throw err('No failover in progress.');
    if (argv.length > 1 && !['to', 'timeout', 'force'].some((word) => is(argv[1], word)))
      throw SYNTAX;
    throw err('FAILOVER requires connected replicas.');
  },
  wait: (server, client, argv) => {
    const replicas = integer(argv[1]!);
    const timeout = parseInteger(argv[2]!);
    if (timeout === undefined) throw err('timeout is not an integer or out of range');
    if (timeout < 0) throw err('timeout is negative');
    // No replica ever acknowledges anything.
    if (replicas <= 0 || client.denyBlocking) return 0;
    server.block(client, {
      type: 'list',
      db: client.db,
      keys: [],
      until: timeout === 0 ? Infinity : server.now + Number(timeout),
      serve: () => 0,
      onTimeout: 0,
    });
    return undefined;
  },
};
