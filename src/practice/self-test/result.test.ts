/** What a test says about its reader. */
import { expect, test } from 'vitest';
import { bankEntries } from '../quiz/bank/entries.ts';
import { draw } from './draw.ts';
import { inWords, resultOf, type Outcome } from './result.ts';

const drawn = draw(bankEntries(), 'k3f9x2');
const ended = (of: (place: number) => Outcome | undefined): Map<string, Outcome> =>
  new Map(
    drawn.flatMap(({ id }, place) => {
      const outcome = of(place);
      return outcome ? [[id, outcome] as const] : [];
    }),
  );

test('an open question counts as passed, and every question counts once', () => {
  const result = resultOf(
    drawn,
    ended((place) =>
      place < 12 ? 'right' : place < 15 ? 'wrong' : place < 17 ? 'passed' : undefined,
    ),
  );
  expect(result).toMatchObject({ asked: 20, right: 12, wrong: 3, passed: 5 });
  expect(result.parts.map(({ part }) => part)).toEqual(['1', '2', '3', '4', '5']);
  const sum = (of: (part: { asked: number; right: number }) => number): number =>
    result.parts.reduce((all, part) => all + of(part), 0);
  expect([sum(({ asked }) => asked), sum(({ right }) => right)]).toEqual([20, 12]);
  expect(result.ideas.filter(({ known }) => !known).flatMap(({ questions }) => questions)).toEqual(
    drawn.slice(12).map(({ id }) => id),
  );
  expect(inWords(result)).toEqual({
    score: 'You knew 12 of 20.',
    advice: expect.stringContaining(
      '3 were not right at the first answer, 5 were passed or left open. Reread',
    ) as string,
  });
});

test('an idea that was asked twice and missed once is to reread', () => {
  const [one, other] = drawn.slice(0, 2).map((entry) => ({ ...entry, idea: 'postgres-first' }));
  const { ideas } = resultOf(
    [one!, other!],
    new Map([
      [one!.id, 'right'],
      [other!.id, 'wrong'],
    ]),
  );
  expect(ideas).toEqual([
    { idea: 'postgres-first', known: false, questions: [one!.id, other!.id] },
  ]);
});

test('says it in words: all, one of one, and one that was missed', () => {
  expect(
    inWords(
      resultOf(
        drawn,
        ended(() => 'right'),
      ),
    ).score,
  ).toBe('You knew all 20.');
  expect(
    inWords(
      resultOf(
        drawn.slice(0, 1),
        ended(() => 'right'),
      ),
    ).score,
  ).toBe('You knew 1 of 1.');
  expect(
    inWords(
      resultOf(
        drawn,
        ended((place) => (place ? 'right' : 'wrong')),
      ),
    ).advice,
  ).toMatch(/^1 was not right at the first answer\. /);
});
