/** PostgreSQL (PGlite), the whole of it, in memory. */
import type { Assets, Database, Engine } from '../engine.ts';
import { PostgresDatabase } from './database.ts';
import { Session } from './session.ts';

export const engine: Engine = {
  name: 'postgres',
  title: 'PostgreSQL 18',
  async open(assets: Assets): Promise<Database> {
    return new PostgresDatabase(assets, await Session.start(assets));
  },
};
