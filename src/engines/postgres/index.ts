/** PostgreSQL (PGlite), the whole of it, in memory. */
import type { Assets, Database, Engine } from '../engine.ts';
import { PostgresDatabase } from './database.ts';
import { RestNeeded } from './halves/attach.ts';
import { readImage } from './image.ts';
import { Rest } from './rest.ts';
import { Session } from './session.ts';

export const engine: Engine = {
  async open(assets: Assets, packed?: Uint8Array): Promise<Database> {
    const image = packed ? readImage(packed) : null;
    const rest = new Rest(assets);
    const start = (from = image): Promise<Session> => Session.start(assets, from, rest);
    const session = await start().catch(async (error: unknown) => {
      if (!(error instanceof RestNeeded)) throw error;
      await rest.load();
      return start();
    });
    return new PostgresDatabase(() => start(null), session, rest, image?.script ?? null);
  },
};
