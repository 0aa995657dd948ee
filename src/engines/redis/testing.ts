/** For tests: a server whose clock the test holds, and commands written as one line. */
import { printReply } from './cli/print.ts';
import { splitArguments } from './cli/split-arguments.ts';
import type { Client } from './core/client.ts';
import type { Reply } from './core/reply.ts';
import { createServer, loadEveryCommand, type Server } from './emulator.ts';

await loadEveryCommand();

export interface Bench {
  server: Server;
  /** Runs a line as the client (the first by default) and returns what redis-cli would print. */
  run: (line: string, client?: Client) => string;
  connect: () => Client;
  /** What a client got without asking, printed. */
  messages: (client: Client) => string[];
  /** Lets milliseconds pass. */
  wait: (milliseconds: number) => void;
}

export function bench(): Bench {
  let now = Date.UTC(2026, 0, 1);
  const server = createServer({ clock: () => now, random: () => 0.42 });
  const inboxes = new Map<Client, Reply[]>();
  const connect = (): Client => {
    const inbox: Reply[] = [];
    const client = server.connect((reply) => inbox.push(reply));
    inboxes.set(client, inbox);
    return client;
  };
  let first = connect();
  return {
    server,
    connect,
    run: (line, client) => {
      if (first.closed) first = connect();
      const who = client ?? first;
      const reply = server.execute(who, splitArguments(line)!);
      return reply === undefined ? '' : printReply(reply, who.resp).trimEnd();
    },
    messages: (client) =>
      inboxes
        .get(client)!
        .splice(0)
        .map((reply) => printReply(reply, client.resp).trimEnd()),
    wait: (milliseconds) => {
      now += milliseconds;
      server.tick();
    },
  };
}
