/** Every kind of question: mixed for the page, then answered rightly and wrongly. */
import { describe, expect, test } from 'vitest';
import { isComplete, judge } from './judge.ts';
import { paragraphs, plainText } from '../../foundation/markup/inline.ts';
import { mixed, prepare, type ShownQuestion } from './prepare.ts';
import type { Question } from './question.ts';
import { readQuestions, sectionsWithQuestions } from './read.ts';

const all = sectionsWithQuestions().flatMap((section) => readQuestions(section));
const ofKind = (kind: Question['kind']): ShownQuestion => {
  const { question, section } = all.find((one) => one.question.kind === kind)!;
  return prepare(question, section, 'what the build got');
};
/** The place of a text among what is shown. */
const place = ({ shown }: ShownQuestion, text: string): string => String(shown.indexOf(text));

describe('an answer', () => {
  test.each(['single', 'flaw', 'predict'] as const)('%s: the one right option', (kind) => {
    const { key, explanations, shown } = ofKind(kind);
    const right = explanations.findIndex((one) => one.right);
    for (const index of shown.keys())
      expect(judge(key, [String(index)]).right).toBe(index === right);
    if (kind === 'predict') expect(shown[right]).toBe('what the build got');
  });

  test('multiple: all of the right ones and no other', () => {
    const { key, explanations } = ofKind('multiple');
    const right = explanations.flatMap((one, index) => (one.right ? [String(index)] : []));
    const wrong = explanations.flatMap((one, index) => (one.right ? [] : [String(index)]));
    expect(judge(key, right).right).toBe(true);
    expect(judge(key, right.slice(1))).toEqual({
      right: false,
      hits: right.length - 1,
      of: right.length,
    });
    expect(judge(key, [...right, wrong[0]!]).right).toBe(false);
    expect(judge(key, wrong).hits).toBe(0);
  });

  test('order: every step in its place', () => {
    const steps = ['one', 'two', 'three', 'four'];
    const shown = prepare(
      {
        kind: 'order',
        id: 'q-steps',
        idea: 'an-idea',
        difficulty: 'easy',
        ask: 'Sort.',
        see: '1.2',
        steps: steps.map((says) => ({ says, why: 'Because.' })),
      },
      '1.2',
    );
    expect(shown.shown).not.toEqual(steps);
    const right = steps.map((text) => place(shown, text));
    expect(judge(shown.key, right).right).toBe(true);
    expect(judge(shown.key, [right[1]!, right[0]!, right[2]!, right[3]!])).toEqual({
      right: false,
      hits: 2,
      of: 4,
    });
    expect(judge(shown.key, ['0', '1', '2', '3']).right, 'as it is shown').toBe(false);
  });

  test('match: every pair', () => {
    const shown = ofKind('match');
    const { question } = all.find((one) => one.question.kind === 'match')!;
    const goes =
      question.kind === 'match' ? question.pairs.map((pair) => place(shown, pair.goes)) : [];
    expect(shown.left).toHaveLength(goes.length);
    expect(judge(shown.key, goes).right).toBe(true);
    expect(judge(shown.key, [...goes.slice(1), goes[0]!])).toMatchObject({ right: false, hits: 0 });
    expect(
      isComplete(
        shown.key,
        goes.map((one, index) => (index ? one : '')),
      ),
    ).toBe(false);
  });

  test('short: any accepted form, however it is written', () => {
    const { key } = prepare(
      {
        kind: 'short',
        id: 'q-word',
        idea: 'an-idea',
        difficulty: 'easy',
        ask: 'Which?',
        see: '1.2',
        accepts: ['foreign key'],
        why: 'Because.',
        otherwise: 'A hint.',
        mistakes: [{ says: ['primary key'], why: 'No.' }],
      },
      '1.2',
    );
    for (const typed of ['foreign key', ' Foreign  KEY. ', '“foreign key”', '`foreign key`'])
      expect(judge(key, [typed]).right, typed).toBe(true);
    for (const typed of ['primary key', 'foreign', ''])
      expect(judge(key, [typed]).right, typed).toBe(false);
    expect(isComplete(key, ['  '])).toBe(false);
  });

  test('is none where nothing was chosen', () => {
    expect(isComplete(ofKind('single').key, [])).toBe(false);
    expect(isComplete(ofKind('multiple').key, [])).toBe(false);
  });
});

describe('a question for the page', () => {
  test('is mixed the same way every time, and never into the right order', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const order = mixed(3, name);
      expect(order).toEqual(mixed(3, name));
      expect([...order].sort()).toEqual([0, 1, 2]);
      expect(order).not.toEqual([0, 1, 2]);
    }
  });

  test('marks code, strong and emphasis, and leaves everything else as it is', () => {
    expect(paragraphs('A `a * b * c` is **not** *that*, 2 * 3 * 4.\n\n<b>text</b>')).toEqual([
      [
        { text: 'A ' },
        { text: 'a * b * c', as: 'code' },
        { text: ' is ' },
        { text: 'not', as: 'strong' },
        { text: ' ' },
        { text: 'that', as: 'em' },
        { text: ', 2 * 3 * 4.' },
      ],
      [{ text: '<b>text</b>' }],
    ]);
    expect(plainText('Is `x`\nright?')).toBe('Is x right?');
  });
});
