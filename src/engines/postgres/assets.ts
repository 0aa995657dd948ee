/** The files PostgreSQL boots from. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssetBuilder } from '../assets.ts';
import type { Assets, ScriptFile } from '../engine.ts';
import { trimmedDataBundle } from './data-bundle.ts';
import { PostgresDatabase } from './database.ts';
import { halves } from './halves/builder.ts';
import { difference, packFile, packImage } from './image.ts';
import { Rest } from './rest.ts';
import { Session } from './session.ts';
import { filesOf } from './snapshot-files.ts';
import { buildSnapshot, freeze } from './snapshot.ts';
import { readTar } from './tar.ts';

export const assetNames = [
  'postgres-wasm.bin',
  'postgres-data.bin',
  'postgres-snapshot.bin',
] as const;

export const assetBuilder: AssetBuilder = {
  names: assetNames,
  halves,
  inputs: [
    'node_modules/@electric-sql/pglite/package.json',
    ...['assets', 'data-bundle', 'image', 'reset', 'snapshot', 'tar'].map(
      (it) => `src/engines/postgres/${it}.ts`,
    ),
  ],
  async build(root) {
    const dist = path.join(root, 'node_modules/@electric-sql/pglite/dist');
    return {
      'postgres-wasm.bin': await readFile(path.join(dist, 'pglite.wasm')),
      'postgres-data.bin': packFile(await trimmedDataBundle(dist)),
      'postgres-snapshot.bin': await buildSnapshot(),
    };
  },
  image: {
    inputs: [
      ...['database', 'image', 'reset', 'server', 'session', 'snapshot', 'snapshot-files', 'tar'],
    ].map((it) => `src/engines/postgres/${it}.ts`),
    async build(assets: Assets, dataset: ScriptFile) {
      const session = await Session.start(assets);
      const start = (): Promise<Session> => Session.start(assets);
      const database = new PostgresDatabase(start, session, new Rest(assets));
      await database.reset(dataset);
      const before = filesOf(readTar(await assets.bytes('postgres-snapshot.bin')));
      return packImage(difference(dataset.code, before, filesOf(await freeze(session.pg))));
    },
  },
};
