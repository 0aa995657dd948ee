/** What a drawing holds, on the real questions and on small banks. */
import { describe, expect, test } from 'vitest';
import { bankEntries, type BankEntry } from '../quiz/bank/entries.ts';
import { draw, LEAST_OF_PART, quotas, TEST_LENGTH } from './draw.ts';

const bank = bankEntries();
const seeds = Array.from({ length: 200 }, (_, number) => `seed${number}`);
const drawings = seeds.map((seed) => draw(bank, seed));

const ids = (entries: readonly BankEntry[]): string[] => entries.map(({ id }) => id);
const most = (entries: readonly BankEntry[], key: keyof BankEntry): number => {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry[key], (counts.get(entry[key]) ?? 0) + 1);
  return Math.max(...counts.values());
};
/** A bank of as many questions of each part, every one with an idea of its own. */
const bankOf = (...sizes: number[]): BankEntry[] =>
  sizes.flatMap((size, part) =>
    Array.from({ length: size }, (_, place) => ({
      id: `${part + 1}.1.q-${place}`,
      part: String(part + 1),
      idea: `idea-${part}-${place}`,
      kind: 'single' as const,
      difficulty: 'easy' as const,
    })),
  );

describe('a drawing from the course', () => {
  test('has 20 different questions of all five parts, at least 3 of each', () => {
    for (const drawn of drawings) {
      expect(new Set(ids(drawn)).size).toBe(TEST_LENGTH);
      const parts = ['1', '2', '3', '4', '5'].map(
        (part) => drawn.filter((entry) => entry.part === part).length,
      );
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(LEAST_OF_PART);
    }
  });

  test('asks no idea twice, and there are enough of them', () => {
    for (const drawn of drawings) expect(most(drawn, 'idea')).toBe(1);
  });

  test('mixes kinds, difficulties and sections', () => {
    for (const drawn of drawings) {
      expect(new Set(drawn.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6);
      expect(most(drawn, 'kind')).toBeLessThanOrEqual(7);
      expect(new Set(drawn.map(({ difficulty }) => difficulty)).size).toBe(3);
      const sections = new Set(drawn.map(({ id }) => id.slice(0, id.indexOf('.q-'))));
      expect(sections.size).toBeGreaterThanOrEqual(15);
    }
  });

  test('is the same for the same seed, and another for another', () => {
    expect(ids(draw(bank, 'k3f9x2'))).toEqual(ids(draw(bank, 'k3f9x2')));
    expect(new Set(drawings.map((drawn) => ids(drawn).join())).size).toBe(seeds.length);
  });

  test('leaves no question out for ever', () => {
    const drawn = new Set(drawings.flatMap(ids));
    expect(ids(bank).filter((id) => !drawn.has(id))).toEqual([]);
  });

  test('does not walk through the course part by part', () => {
    const inOrder = drawings.filter((drawn) =>
      drawn.every((entry, place) => place === 0 || entry.part >= drawn[place - 1]!.part),
    );
    expect(inOrder).toEqual([]);
  });
});

describe('a drawing from few questions', () => {
  test('takes all there are', () => {
    expect(ids(draw(bankOf(2, 3), 'a')).sort()).toEqual(ids(bankOf(2, 3)).sort());
    expect(draw([], 'a')).toEqual([]);
  });

  test('asks an idea again once no other is left', () => {
    const same = bankOf(4, 4).map((entry) => ({ ...entry, idea: entry.id.slice(-1) }));
    const drawn = draw(same, 'a', 6);
    expect(new Set(drawn.map(({ idea }) => idea)).size).toBe(4);
    expect(drawn).toHaveLength(6);
  });

  test.each([
    [[15, 15, 24, 22, 18], 20, [3, 3, 5, 5, 4]],
    [[1, 40], 20, [1, 19]],
    [[4, 60], 20, [3, 17]],
    [[10, 10, 10], 4, [2, 1, 1]],
  ])('of %j questions, %i are %j', (sizes, length, expected) => {
    expect([...quotas(bankOf(...sizes), length).values()]).toEqual(expected);
  });
});
