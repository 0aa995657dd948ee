/** The scripts that fill databases before cells run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import { courseRoot } from '../../../foundation/content/root.ts';
import { didYouMean } from '../../../foundation/mistakes/nearest.ts';
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
  if (!existsSync(join(courseRoot(), path))) {
    const suffix = descriptorOf(cell.engine, engines).datasetSuffix;
    const known = datasetFiles()
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length));
    throw new AuthoringError(
      cell.file,
      cell.line,
      `cell "${cell.id}": there is no dataset ${path}.${didYouMean(cell.dataset, known)} Datasets of this engine: ` +
        `${known.join(', ') || 'none yet'}.`,
    );
  }
  return { name: path, code: readFileSync(join(courseRoot(), path), 'utf8') };
}

/** The names of all datasets’ files. A course may have none. */
export function datasetFiles(): string[] {
  const folder = join(courseRoot(), DATASET_FOLDER);
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** The scripts of all datasets of an engine, named by their paths. */
export function datasetScripts(engine: EngineName): ScriptFile[] {
  return datasetFiles()
    .filter((file) => parseDatasetFile(file).engine === engine)
    .map((file) => `${DATASET_FOLDER}/${file}`)
    .map((name) => ({ name, code: readFileSync(join(courseRoot(), name), 'utf8') }));
}
