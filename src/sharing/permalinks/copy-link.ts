/**
 * A button on every heading, cell, exercise and diagram, and on the page's title, that copies its lasting link.
 * Without scripts a heading keeps the plain link to itself.
 */
import { whileIdle } from '../../foundation/page/idle.ts';
import { lastingLink } from '../../foundation/addresses/lasting.ts';

const ICON =
  'M9 15l6-6M11 6l1.5-1.5a4.24 4.24 0 0 1 6 6L17 12M13 18l-1.5 1.5a4.24 4.24 0 0 1-6-6L7 12';

/** @param name what the link leads to, for the button's label. */
function button(anchor: string | undefined, name: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'copy-link';
  made.ariaLabel = made.title = `Copy link to “${name.trim()}”`;
  const svg = made.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  svg.appendChild(document.createElementNS(svg.namespaceURI, 'path')).setAttribute('d', ICON);
  made.onclick = () => void copy(lastingLink(anchor)!);
  return made;
}

/** One for the page: says what was copied, to everybody. */
const said = document.createElement('p');

async function copy(link: string): Promise<void> {
  const input = document.createElement('input');
  try {
    await navigator.clipboard.writeText(link);
    said.textContent = `Link copied: ${link.replace(/^https?:\/\//, '')}`;
    setTimeout(() => (said.textContent = ''), 4000);
  } catch {
    // Not allowed here: in some frames, and without https.
    input.readOnly = true;
    input.value = link;
    input.ariaLabel = 'The link';
    said.replaceChildren('Copy this link: ', input);
    input.select();
    input.onblur = () => (said.textContent = '');
  }
}

/** One button after another: on a long page there are more than a hundred. */
function* buttons(): Generator<void> {
  const title = document.querySelector('.page-number');
  title?.append(button(undefined, document.querySelector('h1')!.textContent));
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.sl-anchor-link')) {
    const heading = link.previousElementSibling!;
    const made = button(heading.id, heading.textContent);
    made.classList.add('sl-anchor-link');
    link.replaceWith(made);
    yield;
  }
  // What is a part of an exercise has no link of its own.
  for (const title of document.querySelectorAll<HTMLElement>(
    'course-cell:not([data-within]) .cell-title, .exercise-title',
  )) {
    title.parentElement!.append(
      button(title.parentElement!.closest('[id]')!.id, title.textContent),
    );
    yield;
  }
  for (const title of document.querySelectorAll<HTMLElement>('.diagram-caption > span')) {
    title.parentElement!.append(button(title.closest('figure')!.id, title.textContent));
    yield;
  }
}

if (lastingLink() !== null) {
  said.className = 'copied-link';
  said.role = 'status';
  document.body.append(said);
  whileIdle(buttons());
}
