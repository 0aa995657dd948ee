/** PostgreSQL (PGlite), the whole of it, in memory. */
import type { Assets, Database, Engine } from '../engine.ts';
import { PostgresDatabase } from './database.ts';
import { readImage } from './image.ts';
import { Session } from './session.ts';

export const engine: Engine = {
  async open(assets: Assets, packed?: Uint8Array): Promise<Database> {
    const image = packed ? readImage(packed) : null;
    const session = await Session.start(assets, image);
    return new PostgresDatabase(assets, session, image?.script ?? null);
  },
};
