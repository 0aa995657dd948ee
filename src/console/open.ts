/** Opens a console: loads what its engine needs, and puts it in the place of its description. */
import './console.css';
import type { EngineName, ScriptFile } from '../engines/engine.ts';
import type { ConsoleEngine } from './engines.ts';

/** @param dataset the name of the data that it starts from, or `null`. */
export async function openConsole(
  place: HTMLElement,
  engine: ConsoleEngine,
  dataset: string | null,
): Promise<void> {
  const { openRedis } = await import('./redis/open.ts');
  openRedis(place, await readDataset(engine, dataset));
}

async function readDataset(engine: EngineName, name: string | null): Promise<ScriptFile | null> {
  if (name === null) return null;
  const { readDataset } = await import('../cells/page/databases.ts');
  return readDataset(engine, name);
}
