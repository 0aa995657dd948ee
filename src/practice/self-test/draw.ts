/**
 * Which questions a test asks: some of each part, no idea twice while others are left, and kinds and
 * difficulties mixed. It depends on the seed and the questions that there are, and on nothing else, so
 * that an address is a test: to share, to print again, to come back to.
 */
import type { BankEntry } from '../quiz/bank/entries.ts';
import { randomFrom, shuffled } from './random.ts';

/** Questions of a test. */
export const TEST_LENGTH = 20;
/** How many of so many are asked. */
export const askedOf = (bank: number): number => Math.min(TEST_LENGTH, bank);

/** Of each part, however small it is. */
export const LEAST_OF_PART = 3;

/**
 * @param bank the questions of the course, in reading order.
 * @param length fewer are drawn if there are fewer.
 * @returns in the order in which they are asked: mixed, as what is practiced mixed is kept longer.
 */
export function draw(bank: readonly BankEntry[], seed: string, length = TEST_LENGTH): BankEntry[] {
  const random = randomFrom(seed);
  const left = shuffled(bank, random);
  const drawn: BankEntry[] = [];
  const quota = quotas(bank, length);
  const places = shuffled(
    [...quota].flatMap(([part, count]) => Array.from({ length: count }, () => part)),
    random,
  );
  for (const part of places) {
    const candidates = left.filter((entry) => entry.part === part);
    const cost = (entry: BankEntry): number => costOf(entry, drawn, left);
    const best = candidates.reduce((least, entry) => (cost(entry) < cost(least) ? entry : least));
    left.splice(left.indexOf(best), 1);
    drawn.push(best);
  }
  return shuffled(drawn, random);
}

/**
 * How many questions each part gives: in proportion to what it has, at least three if it has them.
 *
 * @returns part → number, in reading order; together `length`, or all there are.
 */
export function quotas(bank: readonly BankEntry[], length: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { part } of bank) sizes.set(part, (sizes.get(part) ?? 0) + 1);
  const parts = [...sizes.keys()];
  const least = Math.min(LEAST_OF_PART, Math.floor(length / parts.length));
  const quota = new Map(parts.map((part) => [part, Math.min(least, sizes.get(part)!)]));
  const given = (): number => [...quota.values()].reduce((sum, count) => sum + count, 0);
  // One by one to the part that is furthest below its share.
  while (given() < Math.min(length, bank.length)) {
    const lacks = (part: string): number =>
      (sizes.get(part)! * length) / bank.length - quota.get(part)!;
    const next = parts
      .filter((part) => quota.get(part)! < sizes.get(part)!)
      .reduce((most, part) => (lacks(part) > lacks(most) ? part : most));
    quota.set(next, quota.get(next)! + 1);
  }
  return quota;
}

/** What speaks against a question, beside those that are drawn: the first reason outweighs all later ones. */
function costOf(entry: BankEntry, drawn: readonly BankEntry[], left: readonly BankEntry[]): number {
  const times = (same: (other: BankEntry) => boolean): number => drawn.filter(same).length;
  const section = (one: BankEntry): string => one.id.slice(0, one.id.indexOf('.q-'));
  const share = left.filter(({ kind }) => kind === entry.kind).length;
  return (
    1000 * times(({ idea }) => idea === entry.idea) +
    10 * times((other) => section(other) === section(entry)) +
    // A kind of which there are many may come more often.
    (8 * times(({ kind }) => kind === entry.kind)) / share +
    times(({ difficulty }) => difficulty === entry.difficulty) / 4
  );
}
