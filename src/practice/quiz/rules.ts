/** What the shape of a question cannot say: rules over its options, and over a whole file. */
import { normalized } from '../../foundation/markup/normalized.ts';
import { explanationsOf, hasOneAnswer, isChoice, type Question } from './question.ts';

export interface Problem {
  /** Below the question. */
  path: (string | number)[];
  /** What is wrong, and what would be right. */
  message: string;
}

/** @returns the first thing that is wrong with a question, if anything. */
export function problemOfQuestion(one: Question): Problem | undefined {
  const lost = explanationsOf(one).find(({ see }) => see === undefined);
  if (lost)
    return {
      path: [...lost.path],
      message: `no see: name the place that proves it, here or once for the question: see: '1.2.eav'`,
    };
  if (isChoice(one)) {
    const right = one.options.flatMap((option, index) => (option.right ? [index] : []));
    if (right.length === 0)
      return {
        path: ['options'],
        message: 'no option is right. Write right: true at the one that is',
      };
    if (one.kind !== 'multiple' && right.length > 1)
      return {
        path: ['options', right[1]!],
        message: `two options are right, and kind: ${one.kind} has one answer. Leave one out, or make it kind: multiple`,
      };
    if (one.kind === 'multiple' && right.length === one.options.length)
      return {
        path: ['options'],
        message: 'all options are right, so nothing is asked. Add a wrong one',
      };
    if (one.kind === 'predict') {
      for (const [index, option] of one.options.entries()) {
        if (option.right && option.says !== undefined)
          return {
            path: ['options', index],
            message:
              'the right option says what the build got by executing the code. Leave out its says',
          };
        if (!option.right && option.says === undefined)
          return {
            path: ['options', index],
            message: 'says is missing. Write what a reader might expect',
          };
      }
    }
    return twice(
      one.options.map(({ says }) => says),
      'options',
    );
  }
  if (one.kind === 'order')
    return twice(
      one.steps.map(({ says }) => says),
      'steps',
    );
  if (one.kind === 'match')
    return (
      twice(
        one.pairs.map(({ says }) => says),
        'pairs',
      ) ??
      twice(
        one.pairs.map(({ goes }) => goes),
        'pairs',
      )
    );
  const accepted = new Set(one.accepts.map(normalized));
  for (const [index, { says }] of one.mistakes.entries()) {
    const both = says.find((form) => accepted.has(normalized(form)));
    if (both !== undefined)
      return {
        path: ['mistakes', index],
        message: `"${both}" is accepted as right too. Leave it out of one of them`,
      };
  }
  return undefined;
}

/**
 * A reader who knows nothing must not be right by habit.
 *
 * @returns what is wrong with the questions of a file together, if anything.
 */
export function problemOfFile(questions: readonly Question[]): string | undefined {
  const choices = questions.filter(hasOneAnswer);
  if (choices.length < 2) return undefined;
  const names = choices.map(({ id }) => id).join(', ');
  const places = choices.map(({ options }) => options.findIndex(({ right }) => right));
  if (new Set(places).size === 1)
    return `the right answer is always option ${places[0]! + 1} (${names}). Move it in one of them.`;
  // What a prediction's right option says is known only when it ran.
  const written = choices.filter(({ kind }) => kind !== 'predict');
  if (written.length < 2 || !written.every(isLongest)) return undefined;
  return `the right answer is always the longest (${written.map(({ id }) => id).join(', ')}). Move its reasons into why, or let a wrong option say as much.`;
}

function isLongest({
  options,
}: {
  options: readonly { says?: string | undefined; right?: boolean | undefined }[];
}): boolean {
  const length = (says: string | undefined): number => says?.length ?? 0;
  const right = length(options.find((option) => option.right)?.says);
  return options.every((option) => option.right || length(option.says) < right);
}

function twice(texts: readonly (string | undefined)[], name: string): Problem | undefined {
  const index = texts.findIndex(
    (one, at) =>
      one !== undefined &&
      texts.findIndex((other) => other !== undefined && normalized(other) === normalized(one)) < at,
  );
  return index === -1
    ? undefined
    : { path: [name, index], message: `"${texts[index]!}" stands there twice. Write another` };
}
