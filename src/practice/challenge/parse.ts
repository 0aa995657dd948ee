/** A file of one challenge: YAML → {@link Challenge}, or an error that names file, line and remedy. */
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { readOne } from '../../foundation/yaml/one-thing.ts';
import { challenge, type PlacedChallenge } from './challenge.ts';
import { problemOfChallenge } from './rules.ts';

const CHALLENGE = {
  shape: challenge,
  kinds: 'kind is one of stored, answer, follows, refuses, points',
  problem: problemOfChallenge,
};

/** As {@link readOne}. */
export function parseChallenge(source: string, file: string, tell?: Tell): PlacedChallenge {
  const { thing, ...place } = readOne(CHALLENGE, source, file, tell);
  return { challenge: thing, ...place };
}
