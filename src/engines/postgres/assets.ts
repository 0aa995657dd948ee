/** The files PostgreSQL boots from. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssetBuilder } from '../assets.ts';
import { trimmedDataBundle } from './data-bundle.ts';
import { buildSnapshot } from './snapshot.ts';

export const assetNames = [
  'postgres-wasm.bin',
  'postgres-data.bin',
  'postgres-snapshot.bin',
] as const;

export const assetBuilder: AssetBuilder = {
  names: assetNames,
  inputs: [
    'node_modules/@electric-sql/pglite/package.json',
    ...['assets', 'data-bundle', 'reset', 'snapshot', 'tar'].map(
      (it) => `src/engines/postgres/${it}.ts`,
    ),
  ],
  async build(root) {
    const dist = path.join(root, 'node_modules/@electric-sql/pglite/dist');
    return {
      'postgres-wasm.bin': await readFile(path.join(dist, 'pglite.wasm')),
      'postgres-data.bin': await trimmedDataBundle(dist),
      'postgres-snapshot.bin': await buildSnapshot(),
    };
  },
};
