/** The blocks of the page that is shown, and what a key press in it belongs to. */
import type { Block, BlockKind } from './steps.ts';

export interface PageBlock extends Block {
  element: HTMLElement;
  /** Of what asks before it shows: the question comes as a step, and the output as the next. */
  moment?: 'question' | 'output';
}

/** What is folded away is for whoever reads alone. */
const NOTHING_TO_SEE = 'script, style, link, template, .deeper';
const HEADING = 'h2, h3, .level-h2, .level-h3';
const TEXT = 'p, ul, ol, dl, blockquote, table, .table-scroll, aside, h4, .level-h4, hr';
/** Holds headings and text of its own. */
const TRANSPARENT = '.part-overview';

/** @returns title and content of the page, in its order. */
export function blocksOfPage(): PageBlock[] {
  const title = document
    .querySelector<HTMLElement>('.page-title')
    ?.closest<HTMLElement>('.content-panel');
  const content = document.querySelector<HTMLElement>('.sl-markdown-content');
  return [...(title ? [blockOf(title, 'title')] : []), ...(content ? blocksIn(content) : [])];
}

const blocksIn = (parent: HTMLElement): PageBlock[] =>
  [...parent.children]
    .filter((child): child is HTMLElement => child instanceof HTMLElement)
    .filter((child) => !child.matches(NOTHING_TO_SEE))
    .flatMap((child) => (child.matches(TRANSPARENT) ? blocksIn(child) : blocksOf(child)));

function blocksOf(element: HTMLElement): PageBlock[] {
  const block = blockOf(element, kindOf(element));
  if (block.kind !== 'stage' || !element.querySelector('course-bet')) return [block];
  return [
    { ...block, moment: 'question' },
    { ...block, moment: 'output' },
  ];
}

const blockOf = (element: HTMLElement, kind: BlockKind): PageBlock => ({
  element,
  kind,
  // The link beside a heading becomes a button while the page is idle: steps are the same before and after.
  length: (kind === 'heading' ? wordsOf(element) : element.textContent.trim()).length,
});

function kindOf(element: HTMLElement): BlockKind {
  if (element.matches(HEADING)) return 'heading';
  if (element.matches('.teacher-note')) return 'note';
  return element.matches(TEXT) ? 'text' : 'stage';
}

/** The lasting name of a step: the first id in it, or its number from 1. */
export function nameOf(elements: readonly HTMLElement[], index: number): string {
  const number = String(index + 1);
  if (index === 0) return number;
  for (const element of elements) {
    const id = element.id || element.querySelector('[id]')?.id;
    if (id) return id;
  }
  return number;
}

/** The words of a heading, without the words of the link beside it. */
export const wordsOf = (heading: HTMLElement): string =>
  (heading.matches('h2, h3') ? heading : heading.querySelector('h2, h3'))?.textContent.trim() ?? '';

const WRITING =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), .cm-editor, [role="tab"]';
const PRESSED_BY_SPACE = 'a, button, summary';

/** Whether somebody is typing there: then no key is the presentation's. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(WRITING) !== null;

/** Whether the element has its own use for this key: a button for Space, wide code for arrows. */
export function needsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (key === ' ') return target.closest(PRESSED_BY_SPACE) !== null;
  if (!key.startsWith('Arrow')) return false;
  const wide = target.closest('[tabindex="0"]');
  return wide !== null && wide.scrollWidth > wide.clientWidth + 1;
}
