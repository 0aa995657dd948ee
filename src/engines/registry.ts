/** Loads what stands in an engine's folder, by the names that files have there. Node only. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AssetBuilder } from './assets.ts';
import { type EngineReference, folderOf } from './descriptors.ts';
import type { Behavior } from './behavior.ts';
import type { Engine } from './engine.ts';
import { projectRoot } from './project-root.ts';

/** The engine itself: what `index.ts` exports as `engine`. */
export const loadEngine = async (engine: EngineReference): Promise<Engine> =>
  ((await load(engine, 'index.ts')) as { engine: Engine }).engine;

/** How its files are made: what `assets.ts` exports as `assetBuilder`. Without it an engine boots from its code alone. */
export const loadAssetBuilder = async (engine: EngineReference): Promise<AssetBuilder | null> =>
  existsSync(pathOf(engine, 'assets.ts'))
    ? ((await load(engine, 'assets.ts')) as { assetBuilder: AssetBuilder }).assetBuilder
    : null;

/** What the behavior list tries on it: what `behavior.ts` exports as `behavior`. For tests. */
export const loadBehavior = async (engine: EngineReference): Promise<Behavior> =>
  ((await load(engine, 'behavior.ts')) as { behavior: Behavior }).behavior;

/** @throws Error if the file is not there. */
function load(engine: EngineReference, file: string): Promise<unknown> {
  const found = pathOf(engine, file);
  if (!existsSync(found))
    throw new Error(`${folderOf(engine)}/${file} is not there. Every engine has one.`);
  // Not known to whoever bundles this: no page is to bring an engine along.
  return import(/* @vite-ignore */ pathToFileURL(found).href);
}

const pathOf = (engine: EngineReference, file: string): string =>
  path.join(projectRoot(), folderOf(engine), file);
