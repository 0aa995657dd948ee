/** Exercises that kept their word once keep it until something changes: their verification is kept, as results of cells are. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readDataset } from '../../running/cells/execute/dataset.ts';
import { engineFingerprint } from '../../running/cells/execute/execute.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import type { PlacedExercise } from './exercise.ts';
import type { Databases } from './run.ts';
import { verifyExercise, type Verification } from './verify.ts';

const CACHE = '.cache/exercises';
/** Code that decides what passes. */
const JUDGES = 'src/practice/exercises';

/** @throws AuthoringError for a dataset that is not there. */
export async function verifiedExercise(
  placed: PlacedExercise,
  databases: Databases,
): Promise<Verification> {
  const path = join(CACHE, `${keyOf(placed)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Verification;
  const verification = await verifyExercise(placed, databases.runFor(placed));
  if (verification.errors.length > 0) return verification;
  mkdirSync(CACHE, { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(verification));
  renameSync(part, path);
  return verification;
}

function keyOf({ exercise, file, lineOf }: PlacedExercise): string {
  const { id, lang, dataset } = exercise;
  const { engine } = LANGUAGES[lang]!;
  const place = { id, engine, file, line: lineOf('dataset') };
  const content = readDataset({ ...place, ...(dataset !== undefined && { dataset }) });
  const hash = createHash('sha256').update(engineFingerprint(engine));
  hash.update(JSON.stringify([exercise, content?.code]));
  for (const name of readdirSync(JUDGES).sort())
    if (/(?<!\.test)\.ts$/.test(name)) hash.update(readFileSync(join(JUDGES, name)));
  return hash.digest('hex').slice(0, 32);
}
