/**
 * The datasets that cells start from: where their scripts lie, and the page that shows each.
 */
import type { EngineName } from '../../engines/engine.ts';

export const DATASET_FOLDER = 'content/datasets';

/** A dataset's file is `content/datasets/<name><suffix>`; the suffix says which engine reads it. */
export const DATASET_SUFFIX: Readonly<Record<EngineName, string>> = {
  postgres: '.sql',
  sqlite: '.sqlite.sql',
  documents: '.mongosh.js',
  redis: '.redis',
};

export interface DatasetFile {
  engine: EngineName;
  name: string;
}

/** @param file a file's name in {@link DATASET_FOLDER}. */
export function parseDatasetFile(file: string): DatasetFile {
  const [engine, suffix] = Object.entries(DATASET_SUFFIX)
    .sort(([, a], [, b]) => b.length - a.length)
    .find(([, candidate]) => file.endsWith(candidate)) ?? [undefined, ''];
  if (!engine)
    throw new Error(
      `${DATASET_FOLDER}/${file}: a dataset ends with one of ${Object.values(DATASET_SUFFIX).join(', ')}.`,
    );
  return { engine: engine as EngineName, name: file.slice(0, -suffix.length) };
}

/** The page that shows a dataset's script, from the site's base. */
export const datasetPage = ({ engine, name }: DatasetFile): string => `datasets/${name}-${engine}/`;
