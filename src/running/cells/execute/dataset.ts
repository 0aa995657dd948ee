/** The scripts that fill databases before cells run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { type PlacedCell } from '../cell.ts';
import { descriptorOf, ENGINES } from '../../../engines/descriptors.ts';
import { DATASET_FOLDER, datasetPath, parseDatasetFile } from '../datasets.ts';

/**
 * @returns `null` for a cell that starts from an empty database.
 * @throws AuthoringError if there is no such dataset, naming those that are.
 */
export function readDataset(
  cell: Pick<PlacedCell, 'id' | 'engine' | 'file' | 'line' | 'dataset'>,
  engines = ENGINES,
): ScriptFile | null {
  if (cell.dataset === undefined) return null;
  const path = datasetPath(cell.engine, cell.dataset, engines);
  if (!existsSync(path)) {
    const suffix = descriptorOf(cell.engine, engines).datasetSuffix;
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

/** The scripts of all datasets of an engine, named by their paths. */
export function datasetScripts(engine: EngineName): ScriptFile[] {
  return readdirSync(DATASET_FOLDER)
    .filter((file) => parseDatasetFile(file).engine === engine)
    .map((file) => join(DATASET_FOLDER, file))
    .map((name) => ({ name, code: readFileSync(name, 'utf8') }));
}
