/** What a reader answered, kept in this browser. Progress and review are built on it. */
import { Kept } from '../../foundation/kept/kept.ts';

/** The last answer to a question. */
export interface Answer {
  /** As `judge.ts` takes it. */
  given: string[];
  right: boolean;
  /** How often the reader has answered since the question was new to them. */
  tries: number;
  /** Whether the first try was right. */
  first: boolean;
  /** When, as an ISO date and time. */
  at: string;
}

/** By lasting id: `1.2.q-null-share`. */
export const answers = new Kept('answer', 1, answerOf);

/** The answers to all questions, by lasting id. */
export const allAnswers = (): Readonly<Record<string, Answer>> => Object.fromEntries(answers.all());

export const answerTo = (question: string): Answer | undefined => answers.get(question);

/** @returns whether the answer will survive a reload. */
export const saveAnswer = (question: string, answer: Answer): boolean =>
  answers.set(question, answer);

/** The question is new again. */
export const removeAnswer = (question: string): void => answers.remove(question);

/** @returns nothing if what anybody may have written is no answer. */
export function answerOf(data: unknown): Answer | undefined {
  const { given, right, tries, first, at } = data as Answer;
  const fits =
    isGiven(given) &&
    typeof right === 'boolean' &&
    typeof first === 'boolean' &&
    Number.isSafeInteger(tries) &&
    // A year has four digits: what follows is a date with which nobody has to take care.
    /^\d{4}-/.test(at) &&
    !Number.isNaN(Date.parse(at));
  return fits ? { given, right, tries, first, at } : undefined;
}

export const isGiven = (data: unknown): data is string[] =>
  Array.isArray(data) &&
  data.length <= 20 &&
  data.every((one) => typeof one === 'string' && one.length <= 500);
