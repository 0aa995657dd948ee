/** The script that fills a cell's database before it runs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptFile } from '../../engines/engine.ts';
import { AuthoringError, type PlacedCell } from '../cell.ts';
import { DATASET_FOLDER, DATASET_SUFFIX } from '../datasets.ts';

/**
 * @returns `null` for a cell that starts from an empty database.
 * @throws AuthoringError if there is no such dataset, naming those that are.
 */
export function readDataset(cell: PlacedCell): ScriptFile | null {
  if (cell.dataset === undefined) return null;
  const suffix = DATASET_SUFFIX[cell.engine];
  const path = join(DATASET_FOLDER, cell.dataset + suffix);
  if (!existsSync(path)) {
    const known = readdirSync(DATASET_FOLDER).filter((name) => name.endsWith(suffix));
    throw new AuthoringError(
      cell.file,
      cell.line,
      `cell "${cell.id}": there is no dataset ${path}. Datasets of this engine: ` +
        `${known.map((name) => name.slice(0, -suffix.length)).join(', ') || 'none yet'}.`,
    );
  }
  return { name: path, code: readFileSync(path, 'utf8') };
}
