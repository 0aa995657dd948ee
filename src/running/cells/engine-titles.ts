import type { EngineName } from '../../engines/engine.ts';

/** The databases as readers know them. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  postgres: 'PostgreSQL',
  sqlite: 'SQLite',
  documents: 'MongoDB',
  redis: 'Redis',
};
