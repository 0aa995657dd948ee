/** Publish and subscribe. */
import { globMatch, type Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import { Several, type Handler } from '../core/command-table.ts';
import { err, PushReply, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { unknownSubcommand } from '../core/unknown-command.ts';

interface Kind {
  /** What messages begin with: `subscribe`, `psubscribe`, `ssubscribe`. */
  prefix: '' | 'p' | 's';
  all: (server: Server) => Map<Bytes, Set<Client>>;
  mine: (client: Client) => Set<Bytes>;
  count: (client: Client) => number;
}
const CHANNELS: Kind = {
  prefix: '',
  all: (server) => server.channels,
  mine: (client) => client.channels,
  count: (client) => client.subscriptions,
};
const PATTERNS: Kind = {
  prefix: 'p',
  all: (server) => server.patterns,
  mine: (client) => client.patterns,
  count: (client) => client.subscriptions,
};
const SHARD_CHANNELS: Kind = {
  prefix: 's',
  all: (server) => server.shardChannels,
  mine: (client) => client.shardChannels,
  count: (client) => client.shardChannels.size,
};

function subscribe(kind: Kind): Handler {
  return (server, client, argv) => {
    if (kind === SHARD_CHANNELS && client.denyBlocking) {
      throw err("SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
    }
    return new Several(
      argv.slice(1).map((channel) => {
        kind.mine(client).add(channel);
        client.subscribed = true;
        const members = kind.all(server).get(channel);
        if (members) members.add(client);
        else kind.all(server).set(channel, new Set([client]));
        return new PushReply([`${kind.prefix}subscribe`, channel, kind.count(client)]);
      }),
    );
  };
}

function leave(server: Server, client: Client, kind: Kind, channel: Bytes): Reply {
  if (kind.mine(client).delete(channel)) server.leave(kind.all(server), channel, client);
  client.subscribed = client.subscriptions + client.shardChannels.size > 0;
  return new PushReply([`${kind.prefix}unsubscribe`, channel, kind.count(client)]);
}

function unsubscribe(kind: Kind): Handler {
  return (server, client, argv) => {
    const channels = argv.length > 1 ? argv.slice(1) : [...kind.mine(client)];
    if (channels.length === 0) {
      return new PushReply([`${kind.prefix}unsubscribe`, null, kind.count(client)]);
    }
    return new Several(channels.map((channel) => leave(server, client, kind, channel)));
  };
}

/** Ends all subscriptions without a word (RESET). */
export function leaveAll(server: Server, client: Client): void {
  for (const kind of [CHANNELS, PATTERNS, SHARD_CHANNELS]) {
    for (const channel of [...kind.mine(client)]) leave(server, client, kind, channel);
  }
}

function channelsMatching(kind: Kind): Handler {
  return (server, _client, argv) => {
    if (argv.length > 3) {
      throw unknownSubcommand(argv);
    }
    return [...kind.all(server).keys()].filter(
      (channel) => argv.length < 3 || globMatch(argv[2]!, channel),
    );
  };
}
function subscriberCounts(kind: Kind): Handler {
  return (server, _client, argv) =>
    argv.slice(2).flatMap((channel) => [channel, kind.all(server).get(channel)?.size ?? 0]);
}

export const pubsubCommands: Record<string, Handler> = {
  subscribe: subscribe(CHANNELS),
  psubscribe: subscribe(PATTERNS),
  ssubscribe: subscribe(SHARD_CHANNELS),
  unsubscribe: unsubscribe(CHANNELS),
  punsubscribe: unsubscribe(PATTERNS),
  sunsubscribe: unsubscribe(SHARD_CHANNELS),
  publish: (server, _client, [, channel, message]) => server.publish(channel!, message!),
  spublish: (server, _client, [, channel, message]) => {
    const clients = server.shardChannels.get(channel!) ?? [];
    for (const client of clients) {
      server.deliver(client, new PushReply(['smessage', channel!, message!]));
    }
    return server.shardChannels.get(channel!)?.size ?? 0;
  },
  'pubsub|channels': channelsMatching(CHANNELS),
  'pubsub|numsub': subscriberCounts(CHANNELS),
  'pubsub|numpat': (server) => server.patterns.size,
  'pubsub|shardchannels': channelsMatching(SHARD_CHANNELS),
  'pubsub|shardnumsub': subscriberCounts(SHARD_CHANNELS),
};
