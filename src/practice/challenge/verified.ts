/** A challenge that kept its word once keeps it until something changes: what was executed is kept, as results of cells are. */
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
import type { Measured } from './designs.ts';
import { emptyDatabase } from './run.ts';
import { verifyChallenge, type Verification } from './verify.ts';

const CACHE = '.cache/challenges';
/** Code that decides what is measured, and what passes. */
const JUDGES = ['src/practice/challenge', 'src/practice/exercises'];

/** Executes a challenge's designs, wrong attempts and starts, unless they kept their word before. */
export async function verifiedChallenge(placed: PlacedChallenge): Promise<Verification> {
  const path = join(CACHE, `${keyOf(placed)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Verification;
  const database = emptyDatabase();
  try {
    const verification = await verifyChallenge(placed, database.run);
    if (verification.errors.length > 0) return verification;
    mkdirSync(CACHE, { recursive: true });
    const part = `${path}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify(verification));
    renameSync(part, path);
    return verification;
  } finally {
    await database.close();
  }
}

/** @throws AuthoringError for the first code that does not do what its author says. */
export async function measuredDesigns(placed: PlacedChallenge): Promise<Measured[]> {
  const { measured, errors } = await verifiedChallenge(placed);
  if (errors[0]) throw errors[0];
  return measured;
}

function keyOf({ challenge: { stages, designs, wrong } }: PlacedChallenge): string {
  const hash = createHash('sha256').update(engineFingerprint('postgres'));
  hash.update(JSON.stringify([stages, designs, wrong]));
  for (const folder of JUDGES)
    for (const name of readdirSync(folder).sort())
      if (/(?<!\.test)\.ts$/.test(name)) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 32);
}
