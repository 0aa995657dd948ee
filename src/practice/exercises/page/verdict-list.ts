/** A verdict in words, as a tree: what holds, what is missing, and what the database showed. */
import { visible } from '../../../running/cells/output/text.ts';
import { h, type Element, type Node } from '../../../running/cells/output/tree.ts';
import { paragraphs } from '../../../foundation/markup/inline.ts';
import type { CheckResult, Failure, Verdict } from '../check.ts';

/** What is said of a result in front of its message, and its sign for the eye. */
const STATES: Readonly<Record<CheckResult['state'], { sign: string; says: string }>> = {
  holds: { sign: '✓', says: 'Holds' },
  missing: { sign: '✗', says: 'Missing' },
  'not-run': { sign: '–', says: 'Not run' },
};

/** A database may print more than anybody reads. */
const LONGEST_DETAIL = 1200;

/** @returns the parts of what a reader is told, in their order. */
export function renderVerdict(verdict: Verdict): Element[] {
  return [
    h('p', { class: 'verdict-sum' }, h('strong', {}, summaryOf(verdict))),
    ...(verdict.kind === 'error'
      ? [renderFailure(verdict.failure)]
      : [renderResults(verdict.results)]),
  ];
}

/** The whole verdict in a sentence. */
export function summaryOf(verdict: Verdict): string {
  if (verdict.kind === 'error')
    return `The engine refuses line ${verdict.failure.line} of your code. Nothing was checked.`;
  const { results, passed } = verdict;
  const all = results.length;
  const holding = results.filter(({ state }) => state === 'holds').length;
  if (passed)
    return `Solved: ${all === 1 ? 'the check holds' : `${all === 2 ? 'both' : `all ${all}`} checks hold`}.`;
  if (all === 1) return 'Not yet: the check does not hold.';
  return `Not yet: ${holding} of ${all} checks ${holding === 1 ? 'holds' : 'hold'}.`;
}

/** What the engine said, in its own words. */
export const renderFailure = ({ line, message }: Failure): Element =>
  h(
    'pre',
    {
      class: 'verdict-failure',
      tabindex: '0',
      role: 'group',
      'aria-label': `Error in line ${line}`,
    },
    shortened(message),
  );

/** A list of results, each with a sign and words. */
export const renderResults = (results: readonly CheckResult[]): Element =>
  h(
    'ul',
    { class: 'verdict', role: 'list' },
    ...results.map(({ state, message, detail }) => {
      const { sign, says } = STATES[state];
      return h(
        'li',
        { 'data-state': state },
        h('span', { class: 'verdict-sign', 'aria-hidden': 'true' }, sign),
        h(
          'div',
          {},
          h('p', {}, h('b', {}, `${says}:`), ' ', ...marked(message)),
          detail === undefined ? undefined : renderDetail(detail),
        ),
      );
    }),
  );

/** Lines of a database keep their breaks. */
const renderDetail = (detail: string): Element =>
  detail.includes('\n')
    ? h(
        'pre',
        {
          class: 'verdict-detail',
          tabindex: '0',
          role: 'group',
          'aria-label': 'What the database showed',
        },
        shortened(detail),
      )
    : h('p', { class: 'verdict-detail' }, shortened(detail));

const shortened = (text: string): string =>
  visible(text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)} …` : text);

/** The author's `code`, **strong** and *emphasis*. A check that could not run quotes the engine instead. */
function marked(message: string): Node[] {
  const text = shortened(message);
  return paragraphs(text).flatMap((line, index) => [
    ...(index > 0 ? [h('br')] : []),
    ...line.map(({ text, as }) => (as ? h(as, {}, text) : text)),
  ]);
}
