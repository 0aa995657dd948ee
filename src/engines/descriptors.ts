/**
 * The engines that there are, in the order in which the site lists them. Adding one is a folder and a line here.
 *
 * Whoever has to know something of an engine asks its descriptor. What takes a list of descriptors takes this one unless
 * a caller brings another.
 */
import type { EngineDescriptor } from './descriptor.ts';
import { documents } from './documents/descriptor.ts';
import { postgres } from './postgres/descriptor.ts';
import { redis } from './redis/descriptor.ts';
import { sqlite } from './sqlite/descriptor.ts';

const ALL = [postgres, sqlite, documents, redis] as const satisfies readonly EngineDescriptor[];

export type EngineName = (typeof ALL)[number]['name'];

/** Engines to choose from. */
export type Engines = readonly EngineDescriptor[];

export const ENGINES: Engines = ALL;

export const ENGINE_NAMES: readonly EngineName[] = ALL.map(({ name }) => name);

export const isEngine = (name: string, engines: Engines = ENGINES): name is EngineName =>
  engines.some((one) => one.name === name);

/** @throws Error if there is no such engine, naming those that there are. */
export function descriptorOf(name: string, engines: Engines = ENGINES): EngineDescriptor {
  const found = engines.find((one) => one.name === name);
  if (found) return found;
  const known = engines.map((one) => one.name).join(', ');
  throw new Error(`no engine "${name}" in src/engines/descriptors.ts. There are: ${known}.`);
}

/** @returns the engine whose fences carry the word, if any. */
export const descriptorOfFence = (
  fence: string,
  engines: Engines = ENGINES,
): EngineDescriptor | undefined => engines.find(({ language }) => language.fence === fence);

/** The words of fences that run. */
export const fencesOf = (engines: Engines = ENGINES): string[] =>
  engines.map(({ language }) => language.fence);

/** As readers know it: `PostgreSQL`. */
export const titleOf = (name: EngineName): string => descriptorOf(name).title;

/** The word that the engine's fences carry. */
export const fenceOf = (name: EngineName): string => descriptorOf(name).language.fence;

/** An engine by its name, or one that the list does not have. */
export type EngineReference = EngineName | Pick<EngineDescriptor, 'name' | 'folder'>;

export const referred = (engine: EngineReference): Pick<EngineDescriptor, 'name' | 'folder'> =>
  typeof engine === 'string' ? descriptorOf(engine) : engine;

/** Where an engine lives, from the project's root. */
export function folderOf(engine: EngineReference): string {
  const { name, folder } = referred(engine);
  return folder ?? `src/engines/${name}`;
}
