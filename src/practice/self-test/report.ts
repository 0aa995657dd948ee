/** The result of a test: what to reread first, then every question with its answer. */
import { TEST_LENGTH } from './draw.ts';
import { button, make } from './make.ts';
import type { QuestionText } from './question-text.ts';
import { inWords, type Outcome, type Result } from './result.ts';

/** A question as the result tells it. */
export interface Reported {
  id: string;
  text: QuestionText;
  given: readonly string[];
  outcome: Outcome;
}

/** What ideas and parts are called, by their ids. */
export interface Names {
  ideas: Readonly<Record<string, string>>;
  parts: Readonly<Record<string, string>>;
}

const OUTCOMES: Record<Outcome, string> = {
  right: 'Right',
  wrong: 'Not right',
  passed: 'Passed',
};

/**
 * @param others whether a course has questions besides those of a test.
 * @returns the result's elements; the first is a heading to put the focus on.
 */
export function report(
  result: Result,
  reported: readonly Reported[],
  names: Names,
  others: boolean,
): HTMLElement[] {
  const { score, advice } = inWords(result);
  const missed = result.ideas.filter(({ known }) => !known);
  const known = result.ideas.filter((idea) => idea.known);
  const linksOf = (questions: readonly string[]): HTMLAnchorElement[] => {
    const links = reported
      .filter(({ id }) => questions.includes(id))
      .flatMap(({ text }) => text.links());
    return [...new Map(links.map((link) => [link.href, link])).values()];
  };
  return [
    make('h2', { tabindex: '-1' }, score),
    make('p', {}, advice),
    make(
      'p',
      { class: 'self-test-moves' },
      ...(missed.length > 0 ? [button('missed', 'Only what I missed')] : []),
      button('others', others ? `Draw ${TEST_LENGTH} others` : 'Start anew'),
      button('print', 'Print the result'),
    ),
    partTable(result, names),
    ...(missed.length > 0
      ? [
          make('h3', {}, 'To reread'),
          make(
            'ul',
            { class: 'self-test-ideas' },
            ...missed.map(({ idea, questions }) =>
              make(
                'li',
                {},
                make('b', {}, names.ideas[idea] ?? idea),
                ...linksOf(questions).flatMap((link) => [make('br'), link]),
              ),
            ),
          ),
        ]
      : []),
    ...(known.length > 0
      ? [
          make('h3', {}, 'What you know'),
          make(
            'ul',
            { class: 'self-test-known' },
            ...known.map(({ idea }) => make('li', {}, names.ideas[idea] ?? idea)),
          ),
        ]
      : []),
    make('h3', {}, 'All questions'),
    make('ol', { class: 'self-test-all' }, ...reported.map(questionItem)),
  ];
}

function partTable({ parts }: Result, names: Names): HTMLElement {
  const heads = ['Part', 'You knew'].map((text) => make('th', { scope: 'col' }, text));
  return make(
    'table',
    { class: 'self-test-parts' },
    make('caption', {}, 'By part'),
    make('thead', {}, make('tr', {}, ...heads)),
    make(
      'tbody',
      {},
      ...parts.map(({ part, asked, right }) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, `${part}. ${names.parts[part] ?? ''}`),
          make('td', {}, `${right} of ${asked}`),
        ),
      ),
    ),
  );
}

/** Open where something was missed: that is what to read. */
function questionItem({ text, given, outcome }: Reported): HTMLElement {
  const list = make(text.key.way === 'order' ? 'ol' : 'ul', { class: 'self-test-why' });
  list.append(...text.why(given));
  const details = make(
    'details',
    {},
    make(
      'summary',
      {},
      make('b', { 'data-outcome': outcome }, `${OUTCOMES[outcome]}: `),
      ...text.ask(),
    ),
    ...text.code(),
    make('p', {}, make('b', {}, 'Your answer: '), text.answer(given)),
    list,
  );
  details.open = outcome !== 'right';
  return make('li', {}, details);
}
