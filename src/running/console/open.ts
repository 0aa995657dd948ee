/** Opens a console: loads what its engine needs, and puts it in the place of its description. */
import { loadStyles } from '../../foundation/page/load-styles.ts';
import styles from './console.css?url';
import type { EngineDescriptor } from '../../engines/descriptor.ts';
import { descriptorOf } from '../../engines/descriptors.ts';
import type { EngineName, ScriptFile } from '../../engines/engine.ts';
import { languageOf } from './languages.ts';

/** @param dataset the name of the data that it starts from, or `null`. */
export async function openConsole(
  place: HTMLElement,
  engine: EngineName,
  dataset: string | null,
): Promise<void> {
  const styled = loadStyles(styles);
  const descriptor: EngineDescriptor = descriptorOf(engine);
  if (descriptor.console.kind === 'clients') {
    const [{ openRedis }, script] = await Promise.all([
      import('./redis/open.ts'),
      readDataset(engine, dataset),
      styled,
    ]);
    return openRedis(place, script);
  }
  const [{ openSession }, language, script] = await Promise.all([
    import('./session/open.ts'),
    languageOf(descriptor, descriptor.console.kind),
    readDataset(engine, dataset),
    styled,
  ]);
  openSession(place, { engine, language, dataset: script });
}

async function readDataset(engine: EngineName, name: string | null): Promise<ScriptFile | null> {
  if (name === null) return null;
  const { readDataset } = await import('../cells/page/databases.ts');
  return readDataset(engine, name);
}
