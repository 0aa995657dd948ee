/** What the questions of the whole course have together, and how a gap is told. */
import { describe, expect, test } from 'vitest';
import { readOutline } from '../../foundation/course/outline.ts';
import { problemsOfCourse, type AskedPart } from './course.ts';
import { parseQuestions } from './parse.ts';
import type { PlacedQuestion } from './question.ts';
import { readQuestions } from './read.ts';

const outline = readOutline();
const asked = outline.flatMap(({ sections }) => sections.flatMap(({ id }) => readQuestions(id)));
const told = (parts: readonly AskedPart[], questions: readonly PlacedQuestion[]): string[] =>
  problemsOfCourse(parts, questions).map(({ message }) => message);

/** The course as it is, without some of its questions. */
const without = (lost: (one: PlacedQuestion) => boolean): PlacedQuestion[] =>
  asked.filter((one) => !lost(one));
const partOf = ({ section }: PlacedQuestion): string => section.split('.')[0]!;

describe('the questions of the course', () => {
  test('are as many and as various as they should be', () => {
    expect(asked.length).toBeGreaterThan(80);
    expect(told(outline, asked)).toEqual([]);
  });

  test('a section with too few is named, with how many it lacks', () => {
    const few = told(
      outline,
      asked.filter((one, at) => one.section !== '1.2' || asked[at - 1]?.section !== '1.2'),
    );
    expect(few).toHaveLength(1);
    expect(few[0]).toMatch(
      /^content\/quizzes\/1\.2\.yaml:1: section 1\.2 “Three broken solutions” has 1 question, and every section has at least 3\. Write 2 more/,
    );
  });

  test('a section without any is named with the file to write', () => {
    expect(
      told(
        outline,
        without(({ section }) => section === '5.1'),
      ),
    ).toEqual([
      expect.stringMatching(/^content\/quizzes\/5\.1\.yaml:1: section 5\.1 .* has no question, /),
    ]);
  });

  test('a part without a prediction is named', () => {
    const lost = told(
      outline,
      asked.map((one) =>
        partOf(one) === '4' && one.question.kind === 'predict'
          ? { ...one, question: { ...asked[0]!.question, idea: one.question.idea } }
          : one,
      ),
    );
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(/part 4 “[^”]+” asks for no prediction\. Make one .*kind: predict/);
  });

  test('a part that asks hardly an earlier idea again is named, with ideas to take', () => {
    const own = (one: PlacedQuestion, at: number): PlacedQuestion => ({
      ...one,
      question: { ...one.question, idea: `own-${at}` },
    });
    const earlier = new Set(
      asked.filter((one) => Number(partOf(one)) < 3).map(({ question }) => question.idea),
    );
    const kept = asked.find((one) => partOf(one) === '3' && earlier.has(one.question.idea))!;
    const lost = told(
      outline,
      asked.map((one, at) => (partOf(one) === '3' && one !== kept ? own(one, at) : one)),
    );
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(
      new RegExp(
        `part 3 “[^”]+” asks only 1 idea of an earlier part again \\(${kept.question.idea}\\), and 2 are the least`,
      ),
    );
    expect(lost[0]).toContain('cost-of-change');
    const none = told(
      outline,
      asked.map((one, at) => (partOf(one) === '3' ? own(one, at) : one)),
    );
    expect(none[0]).toMatch(/part 3 “[^”]+” asks no idea of an earlier part again, and 2 are/);
  });

  test('an idea asked twice is one idea, and one of the same or of a later part is none', () => {
    const section = (id: string, ideas: string[]): PlacedQuestion[] =>
      parseQuestions(
        `questions:${ideas
          .map(
            (idea, at) => `
  - id: q-${at}
    kind: predict
    idea: ${idea}
    difficulty: easy
    ask: What?
    see: '1.1'
    code: { lang: sqlite, text: SELECT 1 }
    options:${[0, 1, 2]
      .map(
        (option) => `
      - why: Because.
        ${option === at % 3 ? 'right: true' : `says: '${option + 2}'`}`,
      )
      .join('')}`,
          )
          .join('')}\n`,
        `content/quizzes/${id}.yaml`,
      );
    const part = (id: string): AskedPart => ({
      id,
      title: `Part ${id}`,
      sections: [{ id: `${id}.1`, title: 'One' }],
    });
    const first = section('1.1', ['a', 'b', 'c']);
    const third = section('3.1', ['a', 'b', 'd']);
    const parts = ['1', '2', '3'].map(part);
    expect(told(parts, [...first, ...section('2.1', ['a', 'a', 'd']), ...third])).toEqual([
      expect.stringContaining('part 2 “Part 2” asks only 1 idea of an earlier part again (a)'),
    ]);
    expect(told(parts, [...first, ...section('2.1', ['a', 'b', 'd']), ...third])).toEqual([]);
  });
});
