/**
 * The datasets that cells start from: where their scripts lie, and the page that shows each.
 */
import { descriptorOf, type EngineName, type Engines, ENGINES } from '../../engines/descriptors.ts';

export const DATASET_FOLDER = 'content/datasets';

/** A dataset's file is `content/datasets/<name><suffix>`; the suffix says which engine reads it. */
export const datasetPath = (engine: EngineName, name: string, engines: Engines = ENGINES): string =>
  `${DATASET_FOLDER}/${name}${descriptorOf(engine, engines).datasetSuffix}`;

export interface DatasetFile {
  engine: EngineName;
  name: string;
}

/** @param file a file's name in {@link DATASET_FOLDER}. */
export function parseDatasetFile(file: string, engines: Engines = ENGINES): DatasetFile {
  const [engine] = engines
    .filter(({ datasetSuffix }) => file.endsWith(datasetSuffix))
    .sort((a, b) => b.datasetSuffix.length - a.datasetSuffix.length);
  if (!engine)
    throw new Error(
      `${DATASET_FOLDER}/${file}: a dataset ends with one of ${engines.map(({ datasetSuffix }) => datasetSuffix).join(', ')}.`,
    );
  const name = file.slice(0, -engine.datasetSuffix.length);
  return { engine: engine.name as EngineName, name };
}

/** The page that shows a dataset's script, from the site's base. */
export const datasetPage = ({ engine, name }: DatasetFile): string => `datasets/${name}-${engine}/`;
