/** The measured designs of a challenge, executed by the build and kept by content, as results of cells are. */
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
import { engineFingerprint } from '../../running/cells/execute/execute.ts';
import type { PlacedChallenge } from './challenge.ts';
import { measureDesigns, type Measured } from './designs.ts';
import { emptyDatabase } from './run.ts';

const CACHE = '.cache/challenges';
/** Code that decides what is measured. */
const JUDGES = ['src/practice/challenge', 'src/practice/exercises'];

/** @throws AuthoringError for the first design that does not meet a stage. */
export async function measuredDesigns(placed: PlacedChallenge): Promise<Measured[]> {
  const path = join(CACHE, `${keyOf(placed)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Measured[];
  const database = emptyDatabase();
  try {
    const measured = await measureDesigns(placed, database.run);
    mkdirSync(CACHE, { recursive: true });
    const part = `${path}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify(measured));
    renameSync(part, path);
    return measured;
  } finally {
    await database.close();
  }
}

function keyOf({ challenge: { stages, designs } }: PlacedChallenge): string {
  const hash = createHash('sha256').update(engineFingerprint('postgres'));
  hash.update(JSON.stringify([stages, designs]));
  for (const folder of JUDGES)
    for (const name of readdirSync(folder).sort())
      if (/(?<!\.test)\.ts$/.test(name)) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 32);
}
