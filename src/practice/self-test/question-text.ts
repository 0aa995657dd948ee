/** The texts of a question that is in the page, to say them again: in the result, and on paper. */
import { hiddenAnswers } from '../quiz/hidden-answers.ts';
import { judge, type Given, type Key } from '../quiz/judge.ts';
import { normalized } from '../../foundation/markup/normalized.ts';
import { make } from './make.ts';
import type { Outcome } from './result.ts';

/** All nodes are new ones at each call. */
export interface QuestionText {
  key: Key;
  /** `Choose one.` */
  how: string;
  ask(): Node[];
  code(): Node[];
  /** Options, steps or right sides, by the numbers that answers have. */
  shown(): Node[][];
  /** What stands at the left of a match. */
  left(): Node[][];
  /** An answer in words. */
  answer(given: Given): Node;
  /** What explains an answer: of choices those that were chosen or are right, of others all. */
  why(given: Given): HTMLElement[];
  /** Where the course proves the right answer. */
  links(): HTMLAnchorElement[];
}

export function textOf(question: Element): QuestionText {
  const { key, explanations } = hiddenAnswers(question);
  const { way, right } = key;
  const all = (selector: string): Element[] => [...question.querySelectorAll(selector)];
  const copies = (element: Element): Node[] =>
    [...element.childNodes].map((node) => node.cloneNode(true));
  const how = question.querySelector('.question-how')!;

  const shown = (): Node[][] => {
    if (way === 'order')
      return all('[data-value]')
        .sort((a, b) => valueOf(a) - valueOf(b))
        .map((step) => copies(step.firstElementChild!));
    if (way === 'match')
      return [...question.querySelector('select')!.options]
        .slice(1)
        .map(({ text }) => [document.createTextNode(text)]);
    return all('.question-options label > span').map((span) => [span.cloneNode(true)]);
  };
  const left = (): Node[][] =>
    way === 'match' ? all('.question-pairs label > span').map(copies) : [];

  const answer = (given: Given): Node => {
    if (given.length === 0) return document.createTextNode('no answer');
    if (way === 'type') return document.createTextNode(given[0]!);
    const texts = shown();
    if (way === 'match') {
      // What was kept may name what is not there any more, or never was.
      const pairs = left().map((side, at) => [
        ...side,
        ' → ',
        ...(texts[Number(given[at])] ?? ['no answer']),
      ]);
      return make('ul', {}, ...pairs.map((pair) => make('li', {}, ...pair)));
    }
    const places = given.map(Number).filter((place) => place in texts);
    if (places.length === 1) return make('span', {}, ...texts[places[0]!]!);
    return make(
      way === 'order' ? 'ol' : 'ul',
      {},
      ...places.map((place) => make('li', {}, ...shown()[place]!)),
    );
  };

  const why = (given: Given): HTMLElement[] => {
    const some = explanations.filter((item, place) => {
      if (way === 'order' || way === 'match') return true;
      if (way !== 'type') return [...given, ...right].includes(String(place));
      const forms = JSON.parse(item.dataset['forms'] ?? '[]') as string[];
      const typed = normalized(given[0] ?? '');
      return item.dataset['right'] === 'true' || forms.some((form) => normalized(form) === typed);
    });
    return some.map((item) => document.importNode(item, true));
  };

  const links = (): HTMLAnchorElement[] => {
    const proving = explanations.filter(({ dataset }) => dataset['right'] !== 'false');
    const found = proving.flatMap((item) => [...item.querySelectorAll<HTMLAnchorElement>('p > a')]);
    const once = new Map(found.map((link) => [link.getAttribute('href')!, link]));
    return [...once.values()].map((link) => document.importNode(link, true));
  };

  return {
    key,
    how: how.textContent,
    ask: () => copies(how.parentElement!).filter((node) => !isHow(node)),
    code: () => {
      const listing = question.querySelector('.listing')?.cloneNode(true);
      return listing ? [listing] : [];
    },
    shown,
    left,
    answer,
    why,
    links,
  };
}

/** @param given without one the question was left open. */
export function outcomeOf({ key }: QuestionText, given: Given | undefined): Outcome {
  if (!given || given.length === 0) return 'passed';
  return judge(key, given).right ? 'right' : 'wrong';
}

const valueOf = (step: Element): number => Number((step as HTMLElement).dataset['value']);
const isHow = (node: Node): boolean =>
  node instanceof Element && node.classList.contains('question-how');
