/** Opens a console: loads what its engine needs, and puts it in the place of its description. */
import { loadStyles } from '../../foundation/page/load-styles.ts';
import styles from './console.css?url';
import type { EngineName, ScriptFile } from '../../engines/engine.ts';
import type { Language } from './session/language.ts';

/** Redis has a console of its own: several clients, a clock, crashes. */
const LANGUAGES: Readonly<Record<Exclude<EngineName, 'redis'>, () => Promise<Language>>> = {
  postgres: () => import('./sql/language.ts').then(({ psql }) => psql),
  sqlite: () => import('./sql/language.ts').then(({ sqlite3 }) => sqlite3),
  documents: () => import('./documents/language.ts').then(({ mongosh }) => mongosh),
};

/** @param dataset the name of the data that it starts from, or `null`. */
export async function openConsole(
  place: HTMLElement,
  engine: EngineName,
  dataset: string | null,
): Promise<void> {
  const styled = loadStyles(styles);
  if (engine === 'redis') {
    const [{ openRedis }, script] = await Promise.all([
      import('./redis/open.ts'),
      readDataset(engine, dataset),
      styled,
    ]);
    return openRedis(place, script);
  }
  const [{ openSession }, language, script] = await Promise.all([
    import('./session/open.ts'),
    LANGUAGES[engine](),
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
