/** ACL, as far as there is one user: `default`, who may do everything. */
import type { Bytes } from '../core/bytes.ts';
import { notesOf } from '../core/command-notes.ts';
import type { CommandSpec, Handler } from '../core/command-table.ts';
import { parseInteger } from '../core/numbers.ts';
import { err, MapReply, OK, ReplyError, SetReply, Status, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { sha256 } from '../core/sha256.ts';
import { unknownSubcommand } from '../core/unknown-command.ts';

/** In the order in which redis-server names them. */
const CATEGORIES =
  'keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow blocking dangerous connection transaction scripting'.split(
    ' ',
  );

const NO_FILE = err(
  'This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.',
);

const ONE_USER = 'this emulator has one user, "default", who may do everything';

const passwords = ({ config }: Server): Bytes[] =>
  config.password === '' ? [] : [sha256(config.password)];

function commandsIn(server: Server, category: Bytes): Reply {
  const found: Bytes[] = [];
  const look = (spec: CommandSpec): void => {
    if (notesOf(spec).categories.includes(category)) found.push(spec.name);
    for (const sub of spec.subcommands?.values() ?? []) look(sub);
  };
  for (const spec of server.commands.values()) look(spec);
  return found;
}

export const accessControlCommands: Record<string, Handler> = {
  'acl|whoami': () => 'default',
  'acl|users': () => ['default'],
  'acl|list': (server) => {
    const [password] = passwords(server);
    return [`user default on ${password === undefined ? 'nopass' : `#${password}`} ~* &* +@all`];
  },
  'acl|getuser': (server, _client, argv) => {
    if (argv[2] !== 'default') return null;
    const known = passwords(server);
    return new MapReply([
      'flags',
      new SetReply(known.length > 0 ? ['on'] : ['on', 'nopass']),
      'passwords',
      known,
      'commands',
      '+@all',
      'keys',
      '~*',
      'channels',
      '&*',
      'selectors',
      [],
    ]);
  },
  'acl|cat': (server, _client, argv) => {
    if (argv.length > 3) throw unknownSubcommand(argv);
    if (argv.length === 2) return CATEGORIES;
    const category = argv[2]!.toLowerCase();
    if (!CATEGORIES.includes(category)) throw err(`Unknown category '${argv[2]!}'`);
    return commandsIn(server, category);
  },
  'acl|genpass': (server, _client, argv) => {
    if (argv.length > 3) throw unknownSubcommand(argv);
    const wrong = err(
      'ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
    );
    const bits = argv[2] === undefined ? 256 : parseInteger(argv[2]);
    if (bits === undefined) throw err('value is not an integer or out of range');
    if (bits <= 0 || bits > 4096) throw wrong;
    const digits = Math.ceil(Number(bits) / 4);
    return Array.from({ length: digits }, () => Math.floor(server.random() * 16).toString(16)).join(
      '',
    );
  },
  'acl|dryrun': (server, _client, argv) => {
    if (argv[2] !== 'default') throw err(`User '${argv[2]!}' not found`);
    const words = argv.slice(3);
    if (!server.commands.has(words[0]!.toLowerCase()))
      throw err(`Command '${words[0]!}' not found`);
    const spec = server.resolve(words);
    if (spec instanceof ReplyError) throw spec;
    return OK;
  },
  'acl|save': () => {
    throw NO_FILE;
  },
  'acl|load': () => {
    throw NO_FILE;
  },
  'acl|setuser': (_server, _client, argv) => {
    if (argv[2] === 'default' && argv.length === 3) return OK;
    throw err(`ACL SETUSER exists in Redis, but ${ONE_USER}`);
  },
  'acl|deluser': (_server, _client, argv) => {
    if (argv.slice(2).includes('default')) throw err("The 'default' user cannot be removed");
    return 0;
  },
  'module|list': () => [],
  'client|trackinginfo': () =>
    new MapReply(['flags', new SetReply(['off']), 'redirect', -1, 'prefixes', []]),
  replconf: () => new Status('OK'),
};
