/** Places: sorted sets whose scores are cells of the map. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { NULL_ARRAY, SYNTAX, type Reply } from '../core/reply.ts';
import { cellAt, FINEST, geohash, interleave, pointOf, type Point } from './cells.ts';
import { distance, formatDistance } from './distance.ts';
import { search, type Variant } from './search.ts';
import { pointReply, readPoint, unitOf } from './words.ts';

const OPTIONS = new Set(['nx', 'xx', 'ch']);

const geoadd: Handler = (server, client, argv) => {
  let at = 2;
  const options = new Set<string>();
  for (; at < argv.length && OPTIONS.has(argv[at]!.toLowerCase()); at++) {
    options.add(argv[at]!.toLowerCase());
  }
  if ((argv.length - at) % 3 !== 0 || (options.has('nx') && options.has('xx'))) throw SYNTAX;
  const pairs: Bytes[] = [];
  for (let i = at; i < argv.length; i += 3) {
    const cell = cellAt(readPoint(argv[i]!, argv[i + 1]!), FINEST);
    pairs.push(String(interleave(cell)), argv[i + 2]!);
  }
  const zadd = server.commands.get('zadd')!.handler!;
  return zadd(server, client, ['zadd', argv[1]!, ...options, ...pairs]);
};

/** Answers for each named member, `missing` for those that there are not. */
const each =
  (missing: Reply, answer: (point: Point) => Reply): Handler =>
  (_server, client, argv) => {
    const zset = client.db.readAs(argv[1]!, 'zset');
    return argv.slice(2).map((member) => {
      const score = zset?.set.get(member);
      return score === undefined ? missing : answer(pointOf(score));
    });
  };

function geodist(client: Client, argv: Bytes[]): Reply {
  if (argv.length > 5) throw SYNTAX;
  const unit = argv.length === 5 ? unitOf(argv[4]!) : 1;
  const zset = client.db.readAs(argv[1]!, 'zset');
  const [from, to] = [zset?.set.get(argv[2]!), zset?.set.get(argv[3]!)];
  if (from === undefined || to === undefined) return null;
  return formatDistance(distance(pointOf(from), pointOf(to)) / unit);
}

const searching =
  (variant: Variant): Handler =>
  (server, client, argv) =>
    search(server, client, argv, variant);

export const geoCommands: Record<string, Handler> = {
  geoadd,
  geodist: (_server, client, argv) => geodist(client, argv),
  geohash: each(null, geohash),
  geopos: each(NULL_ARRAY, pointReply),
  georadius: searching({ key: 1, center: 'coordinates', stores: true }),
  georadius_ro: searching({ key: 1, center: 'coordinates', stores: false }),
  georadiusbymember: searching({ key: 1, center: 'member', stores: true }),
  georadiusbymember_ro: searching({ key: 1, center: 'member', stores: false }),
  geosearch: searching({ key: 1, center: 'words', stores: false }),
  geosearchstore: searching({ key: 2, center: 'words', stores: false }),
};
