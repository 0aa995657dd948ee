/** The design challenges of the course. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlacedChallenge } from './challenge.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { parseChallenge } from './parse.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export const CHALLENGE_FOLDER = 'content/challenges';

/** @returns the paths of their files from the project's root, in alphabetical order. */
export function challengeFiles(root = courseRoot()): string[] {
  const folder = join(root, CHALLENGE_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${CHALLENGE_FOLDER}/${name}`);
}

/** @throws AuthoringError naming file, line and remedy. */
export const readChallenge = (file: string, root = courseRoot(), tell?: Tell): PlacedChallenge =>
  parseChallenge(readFileSync(join(root, file), 'utf8'), file, tell);

/** @throws AuthoringError for the first file that cannot be read. */
export const readChallenges = (root = courseRoot()): PlacedChallenge[] =>
  challengeFiles(root).map((file) => readChallenge(file, root));

/** @returns the challenges of a section, by its number. */
export const challengesOf = (
  section: string,
  challenges: readonly PlacedChallenge[],
): PlacedChallenge[] => challenges.filter(({ challenge }) => challenge.section === section);
