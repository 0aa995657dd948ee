/** The file SQLite boots from. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssetBuilder } from '../assets.ts';

export const assetNames = ['sqlite-wasm.bin'] as const;

export const assetBuilder: AssetBuilder = {
  names: assetNames,
  inputs: ['node_modules/sql.js/package.json', 'src/engines/sqlite/assets.ts'],
  async build(root) {
    const wasm = path.join(root, 'node_modules/sql.js/dist/sql-wasm-browser.wasm');
    return { 'sqlite-wasm.bin': await readFile(wasm) };
  },
};
