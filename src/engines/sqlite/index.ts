/** SQLite (sql.js): light and quick to start, for SQL that is the same everywhere. */
import type { Assets, Database, Engine } from '../engine.ts';
import { loadSqlite } from './connection.ts';
import { SqliteDatabase } from './database.ts';

export const engine: Engine = {
  async open(assets: Assets): Promise<Database> {
    return new SqliteDatabase(await loadSqlite(await assets.module('sqlite-wasm.bin')));
  },
};
