/** What a question keeps from its reader until it is answered. */
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
  const hidden = question.querySelector('noscript')!;
  // With scripts on, the browser keeps what is in a noscript as its source; a parser that runs none
  // makes elements of it.
  const details =
    hidden.querySelector<HTMLElement>('details') ??
    new DOMParser()
      .parseFromString(hidden.textContent, 'text/html')
      .querySelector<HTMLElement>('details')!;
  return {
    key: JSON.parse(details.dataset['key']!) as Key,
    otherwise: details.dataset['otherwise'] ?? '',
    explanations: [...details.querySelectorAll<HTMLElement>('li')],
  };
}
