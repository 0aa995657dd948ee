/** A test on paper: questions to answer with a pen, and behind them, on a page of its own, the key. */
import { make } from './make.ts';
import type { QuestionText } from './question-text.ts';

/** `A` for the first. */
const letter = (place: number): string => String.fromCharCode(65 + place);

const HOW: Record<QuestionText['key']['way'], string> = {
  one: 'Mark one.',
  several: 'Mark all that apply.',
  order: 'Number the steps.',
  match: 'Write the letter of what goes with each.',
  type: 'Write a short answer.',
};

/** @param address where the same test is on a screen. */
export const paper = (texts: readonly QuestionText[], address: string): HTMLElement =>
  make(
    'div',
    { class: 'self-test-paper' },
    make('h2', {}, `${texts.length} questions`),
    make('p', { class: 'paper-head' }, 'Name: ', blank(), ' Date: ', blank()),
    make('ol', {}, ...texts.map(question)),
    make('h2', { class: 'paper-key' }, 'Answers'),
    make('p', {}, `The same test on a screen, with all explanations: ${address}`),
    make('ol', {}, ...texts.map(answer)),
  );

function question(text: QuestionText): HTMLElement {
  const { way } = text.key;
  return make(
    'li',
    {},
    make('p', { class: 'paper-ask' }, ...text.ask(), ' ', make('i', {}, HOW[way])),
    ...text.code(),
    ...(way === 'type' ? [make('p', {}, blank())] : [choices(text)]),
  );
}

function choices(text: QuestionText): HTMLElement {
  const { way } = text.key;
  const shown = text
    .shown()
    .map((words, place) => make('li', {}, ...mark(way), `${letter(place)}. `, ...words));
  const right = make('ul', {}, ...shown);
  if (way !== 'match') return right;
  const left = text.left().map((words) => make('li', {}, gap(), ' ', ...words));
  return make('div', { class: 'paper-pairs' }, make('ul', {}, ...left), right);
}

const mark = (way: QuestionText['key']['way']): (Node | string)[] =>
  way === 'match' ? [] : way === 'order' ? [gap(), ' '] : ['☐ '];

function answer(text: QuestionText): HTMLElement {
  const { way, right } = text.key;
  const letters = right.map((place) => letter(Number(place))).join(', ');
  const reasons = text.why(right);
  if (way === 'order' || way === 'match')
    return make(
      'li',
      {},
      make('b', {}, way === 'order' ? `In this order: ${letters}` : `From above: ${letters}`),
      make(way === 'order' ? 'ol' : 'ul', {}, ...reasons),
    );
  return make(
    'li',
    {},
    ...(way === 'type' ? [] : [make('b', {}, letters)]),
    make('ul', {}, ...reasons),
  );
}

const blank = (): HTMLElement => make('span', { class: 'paper-blank' });
const gap = (): HTMLElement => make('span', { class: 'paper-gap' });
