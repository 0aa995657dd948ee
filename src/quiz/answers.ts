/**
 * What a reader answered, kept in this browser over reloads and never sent anywhere. Where storage is
 * denied, answers live as long as the page. Progress and review are built on it.
 */

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

const KEY = 'course-answers';
let visit: Record<string, Answer> = {};

/** The answers to all questions, by lasting id: `1.2.q-null-share`. */
export function allAnswers(): Readonly<Record<string, Answer>> {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? visit : parseAnswers(stored);
  } catch {
    return visit;
  }
}

export const answerTo = (question: string): Answer | undefined => allAnswers()[question];

/** @returns whether the answer will survive a reload. */
export const saveAnswer = (question: string, answer: Answer): boolean =>
  // Read again: another tab may have answered meanwhile.
  keep({ ...allAnswers(), [question]: answer });

/** The question is new again. */
export function removeAnswer(question: string): void {
  const rest = Object.entries(allAnswers()).filter(([id]) => id !== question);
  keep(Object.fromEntries(rest));
}

/** Adds what was answered in another browser; of two answers to a question, the later stays. */
export function addAnswers(other: Readonly<Record<string, Answer>>): boolean {
  const answers = { ...allAnswers() };
  for (const [id, answer] of Object.entries(other))
    if (!(id in answers) || Date.parse(answer.at) > Date.parse(answers[id]!.at))
      answers[id] = answer;
  return keep(answers);
}

/** All questions are new again. */
export const removeAnswers = (): boolean => keep({});

function keep(answers: Record<string, Answer>): boolean {
  visit = answers;
  try {
    localStorage.setItem(KEY, JSON.stringify(answers));
    return true;
  } catch {
    return false;
  }
}

/** Answers from a text that anybody may have written: what has not their shape is left out. */
export function parseAnswers(text: string): Record<string, Answer> {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(
      Object.entries(data as Record<string, unknown>).filter((entry): entry is [string, Answer] =>
        isAnswer(entry[1]),
      ),
    );
  } catch {
    return {};
  }
}

function isAnswer(data: unknown): data is Answer {
  if (typeof data !== 'object' || data === null) return false;
  const { given, right, tries, first, at } = data as Partial<Answer>;
  return (
    Array.isArray(given) &&
    given.length <= 20 &&
    given.every((one) => typeof one === 'string' && one.length <= 500) &&
    typeof right === 'boolean' &&
    typeof first === 'boolean' &&
    Number.isInteger(tries) &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at))
  );
}
