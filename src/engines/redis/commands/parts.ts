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

/** By the name of the module. */
export const PARTS: Readonly<Record<string, Part>> = {
  bitmaps: {
    commands: names('bitcount bitfield bitfield_ro bitop bitpos getbit setbit'),
    load: async () => (await import('./bitmaps.ts')).bitmapCommands,
  },
  'command-info': {
    commands: names('command command|count command|info command|docs command|list command|getkeys'),
    load: async () => (await import('./command-info.ts')).commandInfoCommands,
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
  hyperloglog: {
    commands: names('pfadd pfcount pfdebug pfmerge pfselftest'),
    load: async () => (await import('../hyperloglog/hyperloglog.ts')).hyperLogLogCommands,
  },
  'longest-common-subsequence': {
    commands: ['lcs'],
    load: async () =>
      (await import('./longest-common-subsequence.ts')).longestCommonSubsequenceCommands,
  },
  sort: {
    commands: names('sort sort_ro'),
    load: async () => (await import('./sort.ts')).sortCommands,
  },
};

/** The names of all commands that come later. */
export const LATER: ReadonlySet<string> = new Set(
  Object.values(PARTS).flatMap(({ commands }) => commands),
);

/** By the first word of a command: the part that it is in. */
const PART_OF = new Map(
  Object.entries(PARTS).flatMap(([part, { commands }]) =>
    commands.map((name) => [name.split('|')[0]!, part] as const),
  ),
);

/**
 * Brings the parts in which commands are.
 *
 * @param into gets what they do.
 * @param firstWords of the commands, in any case; whatever is no command of a part is passed over.
 * @throws what an `import()` throws. What has come is there.
 */
export async function loadParts(
  into: Record<string, Handler>,
  firstWords: Iterable<string>,
): Promise<void> {
  const wanted = new Set<string>();
  for (const word of firstWords) {
    const part = PART_OF.get(word.toLowerCase());
    if (part === undefined) continue;
    wanted.add(part);
    if (PARTS[part]!.runsOthers) Object.keys(PARTS).forEach((other) => wanted.add(other));
  }
  await Promise.all(
    [...wanted].map(async (part) => {
      const { commands, load } = PARTS[part]!;
      if (commands.every((name) => name in into)) return;
      Object.assign(into, await load());
    }),
  );
}
