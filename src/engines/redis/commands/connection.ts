/** The connection itself: PING, SELECT, HELLO, CLIENT. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, parseInteger } from '../core/numbers.ts';
import {
  err,
  MapReply,
  OK,
  ReplyError,
  Status,
  SYNTAX,
  VerbatimReply,
  type Reply,
} from '../core/reply.ts';
import { REDIS_VERSION } from '../core/version.ts';
import type { Server } from '../core/server.ts';
import { printable } from '../core/unknown-command.ts';
import { databaseAt } from './generic.ts';
import { leaveAll } from './pubsub.ts';

const PONG = new Status('PONG');

function setName(client: Client, name: Bytes): void {
  for (const ch of name) {
    if (ch < '!' || ch > '~') {
      throw err('Client names cannot contain spaces, newlines or special characters.');
    }
  }
  client.name = name;
}

function describe(server: Server, client: Client): string {
  const flags =
    (client.monitor ? 'O' : '') +
    (client.subscribed ? 'P' : '') +
    (client.queue ? 'x' : '') +
    (client.blocking ? 'b' : '') +
    (client.dirty ? 'd' : '') +
    (client.noEvict ? 'e' : '');
  const age = Math.floor(server.now / 1000) - Math.floor(client.connectedAt / 1000);
  const idle = Math.floor(server.now / 1000) - Math.floor(client.lastCommandAt / 1000);
  return (
    `id=${client.id} addr=${client.address} laddr=127.0.0.1:6379 fd=${client.id + 7} name=${client.name} ` +
    `age=${age} idle=${idle} flags=${flags || 'N'} db=${client.db.id} sub=${client.channels.size} ` +
    `psub=${client.patterns.size} ssub=${client.shardChannels.size} multi=${client.queue?.length ?? -1} ` +
    `qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=0 events=r ` +
    `cmd=${client.lastCommand} user=default redir=-1 resp=${client.resp}\n`
  );
}

const kindOf = (client: Client): string => (client.subscribed ? 'pubsub' : 'normal');
function clientKind(word: Bytes): string {
  const lower = word.toLowerCase();
  if (!['normal', 'master', 'replica', 'slave', 'pubsub'].includes(lower)) {
    throw err(`Unknown client type '${word}'`);
  }
  return lower === 'slave' ? 'replica' : lower;
}

function list(server: Server, argv: Bytes[]): Reply {
  let clients = [...server.clients.values()];
  if (argv.length === 4 && argv[2]!.toLowerCase() === 'type') {
    const kind = clientKind(argv[3]!);
    clients = clients.filter((client) => kindOf(client) === kind);
  } else if (argv.length > 3 && argv[2]!.toLowerCase() === 'id') {
    const ids = argv.slice(3).map((id) => Number(integer(id, err('Invalid client ID'))));
    clients = ids.flatMap((id) => server.clients.get(id) ?? []);
  } else if (argv.length !== 2) throw SYNTAX;
  return new VerbatimReply(clients.map((client) => describe(server, client)).join(''));
}

function kill(server: Server, self: Client, argv: Bytes[]): Reply {
  const tests: ((client: Client) => boolean)[] = [];
  let skipMe = argv.length !== 3;
  if (argv.length === 3) tests.push((client) => client.address === argv[2]);
  else {
    for (let i = 2; i < argv.length; i += 2) {
      const value = argv[i + 1];
      if (value === undefined) throw SYNTAX;
      switch (argv[i]!.toLowerCase()) {
        case 'id': {
          const bad = err('client-id should be greater than 0');
          const id = integer(value, bad);
          if (id < 1) throw bad;
          tests.push((client) => client.id === Number(id));
          break;
        }
        case 'type': {
          const kind = clientKind(value);
          tests.push((client) => kindOf(client) === kind);
          break;
        }
        case 'addr':
          tests.push((client) => client.address === value);
          break;
        case 'laddr':
          tests.push(() => value === '127.0.0.1:6379');
          break;
        case 'user':
          if (value !== 'default') throw err(`No such user '${value}'`);
          break;
        case 'skipme': {
          const word = value.toLowerCase();
          if (word !== 'yes' && word !== 'no') throw SYNTAX;
          skipMe = word === 'yes';
          break;
        }
        default:
          throw SYNTAX;
      }
    }
  }
  const victims = [...server.clients.values()].filter(
    (client) => !(skipMe && client === self) && tests.every((test) => test(client)),
  );
  for (const victim of victims) {
    if (victim === self) self.closing = true;
    else server.disconnect(victim);
  }
  if (argv.length !== 3) return victims.length;
  if (victims.length === 0) throw err('No such client');
  return OK;
}

function hello(server: Server, client: Client, argv: Bytes[]): Reply {
  let version: 2 | 3 = client.resp;
  if (argv.length > 1) {
    const asked = integer(argv[1]!, err('Protocol version is not an integer or out of range'));
    if (asked !== 2 && asked !== 3) throw new ReplyError('NOPROTO unsupported protocol version');
    version = asked;
  }
  for (let i = 2; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (word === 'auth' && argv.length - i > 2) {
      authenticate(server, client, argv[i + 1]!, argv[i + 2]!);
      i += 2;
    } else if (word === 'setname' && i + 1 < argv.length) setName(client, argv[++i]!);
    else throw err(`Syntax error in HELLO option '${argv[i]!}'`);
  }
  if (!client.authenticated && server.config.password !== '') {
    throw new ReplyError(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  client.resp = version;
  return new MapReply([
    'server',
    'redis',
    'version',
    REDIS_VERSION,
    'proto',
    version,
    'id',
    client.id,
    'mode',
    'standalone',
    'role',
    'master',
    'modules',
    [],
  ]);
}

/** There is one user, `default`, to whom any password is right if there is none. */
function authenticate(server: Server, client: Client, user: Bytes, password: Bytes): void {
  const { password: right } = server.config;
  if (user !== 'default' || (right !== '' && password !== right)) {
    throw new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');
  }
  client.authenticated = true;
}

export const connectionCommands: Record<string, Handler> = {
  ping: (_server, client, argv) => {
    if (argv.length > 2) throw err("wrong number of arguments for 'ping' command");
    if (client.subscribed && client.resp === 2) return ['pong', argv[1] ?? ''];
    return argv[1] ?? PONG;
  },
  echo: (_server, _client, argv) => argv[1]!,
  select: (server, client, argv) => {
    client.db = databaseAt(server, argv[1]!);
    return OK;
  },
  auth: (server, client, argv) => {
    if (argv.length > 3) throw SYNTAX;
    if (argv.length === 2 && server.config.password === '') {
      throw err(
        'AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    }
    const [user, password] = argv.length === 2 ? ['default', argv[1]!] : [argv[1]!, argv[2]!];
    authenticate(server, client, user, password);
    return OK;
  },
  hello,
  quit: (_server, client) => {
    client.closing = true;
    return OK;
  },
  reset: (server, client) => {
    server.stopMonitor(client);
    server.discard(client);
    leaveAll(server, client);
    client.db = server.databases[0]!;
    client.resp = 2;
    client.name = '';
    // A reply that CLIENT REPLY SKIP has marked for skipping stays skipped: it is this one's.
    if (client.replyMode !== 'skip') client.replyMode = 'on';
    client.noEvict = false;
    client.authenticated = server.config.password === '';
    return new Status('RESET');
  },
  'client|id': (_server, client) => client.id,
  'client|info': (server, client) => new VerbatimReply(describe(server, client)),
  'client|list': (server, _client, argv) => list(server, argv),
  'client|kill': kill,
  'client|getname': (_server, client) => client.name || null,
  'client|setname': (_server, client, argv) => {
    setName(client, argv[2]!);
    return OK;
  },
  'client|getredir': () => -1,
  'client|no-evict': (_server, client, argv) => {
    const word = argv[2]!.toLowerCase();
    if (word !== 'on' && word !== 'off') throw SYNTAX;
    client.noEvict = word === 'on';
    return OK;
  },
  'client|reply': (_server, client, argv) => {
    switch (argv[2]!.toLowerCase()) {
      case 'on':
        client.replyMode = 'on';
        return OK;
      case 'off':
        client.replyMode = 'off';
        return undefined;
      case 'skip':
        if (client.replyMode !== 'off') client.replyMode = 'skip-next';
        return undefined;
      default:
        throw SYNTAX;
    }
  },
  'client|unblock': (server, _client, argv) => {
    const reason = argv[3]?.toLowerCase() ?? 'timeout';
    if (argv.length > 4) {
      throw err(
        `unknown subcommand or wrong number of arguments for '${printable(argv[1]!)}'. Try CLIENT HELP.`,
      );
    }
    if (reason !== 'timeout' && reason !== 'error') {
      throw err('CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
    }
    const id = parseInteger(argv[2]!);
    if (id === undefined) throw err('value is not an integer or out of range');
    const target = server.clients.get(Number(id));
    if (!target?.blocking) return 0;
    const reply: Reply =
      reason === 'error'
        ? new ReplyError('UNBLOCKED client unblocked via CLIENT UNBLOCK')
        : target.blocking.onTimeout;
    server.unblock(target);
    server.deliver(target, reply);
    return 1;
  },
};
