/**
 * What few scripts need, and comes when one first names it (`Database.loadParts`). A part is a module of its own that
 * makes itself known by its `install`. Adding one is a line in {@link PARTS}. Whoever runs scripts calls
 * {@link loadParts} for them before, and everybody else in Node {@link loadEveryPart} once.
 */
import type { ScriptFile } from '../../engine.ts';
import { ANALYSIS, DATES, TEXTS, WRITING } from './names.ts';

interface Part {
  /** What stands in a script that needs it. A word in a comment counts too. */
  words: readonly string[];
  load(): Promise<{ install(): void }>;
}

/** By the name of the module. */
export const PARTS: Readonly<Record<string, Part>> = {
  analysis: { words: ANALYSIS, load: () => import('./analysis.ts') },
  dates: { words: DATES, load: () => import('./dates.ts') },
  texts: { words: TEXTS, load: () => import('./texts.ts') },
  writing: { words: WRITING, load: () => import('./writing.ts') },
  expiry: { words: ['expireAfterSeconds'], load: () => import('./expiry.ts') },
  schema: { words: ['$jsonSchema', 'validator'], load: () => import('./schema.ts') },
  views: { words: ['createView', 'viewOn'], load: () => import('./views.ts') },
  'text-search': {
    words: ["'text'", '"text"', '`text`', '$text'],
    load: () => import('./text-search.ts'),
  },
  'change-streams': { words: ['watch'], load: () => import('./change-streams.ts') },
  sessions: { words: ['startSession'], load: () => import('./sessions.ts') },
  commands: {
    words: ['runCommand', 'adminCommand', 'serverStatus', 'hello', 'isMaster'],
    load: () => import('./commands.ts'),
  },
  help: { words: ['help'], load: () => import('./help.ts') },
  explain: { words: ['explain'], load: () => import('./explain.ts') },
};

const loaded = new Set<string>();

async function load(part: string): Promise<void> {
  const { install } = await PARTS[part]!.load();
  if (!loaded.has(part)) install();
  loaded.add(part);
}

/** Brings what scripts will need. @throws what an `import()` throws. What has come is there. */
export async function loadParts(files: readonly ScriptFile[]): Promise<void> {
  const wanted = Object.keys(PARTS).filter(
    (part) =>
      !loaded.has(part) &&
      PARTS[part]!.words.some((word) => files.some(({ code }) => code.includes(word))),
  );
  await Promise.all(wanted.map(load));
}

/** Brings all there is. */
export async function loadEveryPart(): Promise<void> {
  await Promise.all(Object.keys(PARTS).map(load));
}
