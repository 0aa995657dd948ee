/** What a question keeps from its reader until it is answered. */
import { openSealed } from '../../foundation/sealed/open.ts';
import type { Key } from './judge.ts';

export interface HiddenAnswers {
  key: Key;
  /** Of `type`: what to say to an answer that nobody expected; else empty. */
  otherwise: string;
  /** What is said about each answer, as list items of another document: import what you show. */
  explanations: HTMLElement[];
}

/** @param question a `course-question`, in the page or not. */
export function hiddenAnswers(question: Element): HiddenAnswers {
  const opened = openSealed(question).querySelector<HTMLElement>('[data-key]')!;
  return {
    key: JSON.parse(opened.dataset['key']!) as Key,
    otherwise: opened.dataset['otherwise'] ?? '',
    explanations: [...opened.querySelectorAll<HTMLElement>('li')],
  };
}
