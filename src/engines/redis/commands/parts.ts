/**
 * Commands that are seldom used, and come when they first are: each part is a module of its own (`Database.loadParts`).
 * Adding one is a line in {@link PARTS}. Whoever runs commands calls {@link loadParts} for them before, and everybody
 * in Node {@link loadEveryPart} once.
 */
import type { Handler } from '../core/command-table.ts';

interface Part {
  /** The commands that it brings, subcommands as `command|docs`. */
  commands: readonly string[];
  load(): Promise<Readonly<Record<string, Handler>>>;
  /** Its commands may run any other: all parts come with it. */
  runsOthers?: boolean;
}

const names = (text: string): string[] => text.split(' ');
/** Subcommands of a container. */
const of = (container: string, text: string): string[] =>
  names(text).map((name) => `${container}|${name}`);

/** By the name of the module. */
export const PARTS: Readonly<Record<string, Part>> = {
  bitmaps: {
    commands: names('bitcount bitfield bitfield_ro bitop bitpos getbit setbit'),
    load: async () => (await import('./bitmaps.ts')).bitmapCommands,
  },
  'access-control': {
    commands: [
      ...of('acl', 'cat deluser dryrun genpass getuser list load save setuser users whoami'),
      ...names('module|list client|trackinginfo replconf'),
    ],
    load: async () => (await import('./access-control.ts')).accessControlCommands,
  },
  'command-info': {
    commands: names('command command|count command|info command|docs command|list command|getkeys'),
    load: async () => (await import('./command-info.ts')).commandInfoCommands,
  },
  config: {
    commands: of('config', 'get resetstat rewrite set'),
    load: async () => (await import('./config.ts')).configCommands,
  },
  dump: {
    commands: names('dump restore restore-asking'),
    load: async () => (await import('../dump/dump.ts')).dumpCommands,
  },
  geo: {
    commands: names(
      'geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore',
    ),
    load: async () => (await import('../geo/geo.ts')).geoCommands,
  },
  help: {
    commands: names(
      'acl client command config function latency memory module object pubsub script slowlog',
    ).map((container) => `${container}|help`),
    load: async () => (await import('./help.ts')).helpCommands,
  },
  hyperloglog: {
    commands: names('pfadd pfcount pfdebug pfmerge pfselftest'),
    load: async () => (await import('../hyperloglog/hyperloglog.ts')).hyperLogLogCommands,
  },
  'longest-common-subsequence': {
    commands: ['lcs'],
    load: async () =>
      (await import('./longest-common-subsequence.ts')).longestCommonSubsequenceCommands,
  },
  lua: {
    commands: [
      ...names('eval eval_ro evalsha evalsha_ro'),
      ...of('script', 'load exists flush kill'),
    ],
    load: async () => (await import('../lua/index.ts')).scriptCommands(),
    runsOthers: true,
  },
  replication: {
    commands: names('failover replicaof role slaveof wait'),
    load: async () => (await import('./replication.ts')).replicationCommands,
  },
  'slow-log': {
    commands: [...of('slowlog', 'get len reset'), ...of('latency', 'history latest reset')],
    load: async () => (await import('./slow-log.ts')).slowLogCommands,
  },
  sort: {
    commands: names('sort sort_ro'),
    load: async () => (await import('./sort.ts')).sortCommands,
  },
  streams: {
    commands: [
      ...names('xack xadd xautoclaim xclaim xdel xlen xpending xrange xread xreadgroup xrevrange'),
      ...names('xgroup|create xgroup|createconsumer xgroup|delconsumer xgroup|destroy xgroup|help'),
      ...names('xgroup|setid xinfo|consumers xinfo|groups xinfo|help xinfo|stream xsetid xtrim'),
    ],
    load: async () => (await import('../streams/index.ts')).streamCommands,
  },
};

/** The names of all commands that come later. */
export const LATER: ReadonlySet<string> = new Set(
  Object.values(PARTS).flatMap(({ commands }) => commands),
);

/** By command: the part that it is in. */
const PART_OF = new Map(
  Object.entries(PARTS).flatMap(([part, { commands }]) =>
    commands.map((name) => [name, part] as const),
  ),
);

/**
 * Brings the parts in which commands are.
 *
 * @param into gets what they do.
 * @param commands their words, in any case, of which the first two tell; whatever is no command of a part is passed over.
 * @throws what an `import()` throws. What has come is there.
 */
export async function loadParts(
  into: Record<string, Handler>,
  commands: Iterable<readonly string[]>,
): Promise<void> {
  const wanted = new Set<string>();
  for (const [first = '', second = ''] of commands) {
    const name = first.toLowerCase();
    // A container that answers by itself (COMMAND) comes with its subcommands.
    for (const part of [PART_OF.get(`${name}|${second.toLowerCase()}`), PART_OF.get(name)]) {
      if (part === undefined) continue;
      wanted.add(part);
      if (PARTS[part]!.runsOthers) Object.keys(PARTS).forEach((other) => wanted.add(other));
    }
  }
  await Promise.all(
    [...wanted].map(async (part) => {
      const { commands, load } = PARTS[part]!;
      if (commands.every((name) => name in into)) return;
      Object.assign(into, await load());
    }),
  );
}
