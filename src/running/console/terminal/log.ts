/** What was said at a prompt, as a log that assistive technology follows. */
import { textNodes } from '../../cells/output/text.ts';
import { toDom } from '../../cells/output/tree.ts';
import { costOf, fitting, OUTPUT_COST, VALUE_COST } from '../../../engines/text-cost.ts';
import { create } from './create.ts';

/** Beyond these the oldest entries go: a page with a million lines answers nobody. */
const MOST_ENTRIES = 300;
const MOST_LINES = 3000;
/** What all entries together may cost to lay out, in letters. */
const MOST_COST = 250_000;
/** Lines of one answer. */
const MOST_LINES_OF_ENTRY = 500;
const MOST_COST_OF_ENTRY = 60_000;

export type EntryKind = 'reply' | 'error' | 'note';

/** The beginning of a long text, and a last line that says how much is missing. */
export function shortened(text: string): string {
  const { end } = fitting(text, MOST_COST_OF_ENTRY);
  const lines = text.slice(0, end).split('\n');
  if (lines.length > MOST_LINES_OF_ENTRY) {
    let missing = lines.length - MOST_LINES_OF_ENTRY;
    for (let at = text.indexOf('\n', end); at !== -1; at = text.indexOf('\n', at + 1)) missing += 1;
    const kept = lines.slice(0, MOST_LINES_OF_ENTRY).join('\n');
    return `${kept}\n(${missing.toLocaleString('en-US')} more lines are not shown)`;
  }
  return end < text.length ? `${text.slice(0, end)}\n(the rest is not shown)` : text;
}

interface Entry {
  lines: number;
  cost: number;
  /** Called once, if the entry is still there when the log is drawn. */
  nodes: () => readonly Node[];
  element?: HTMLElement;
}

export class Log {
  readonly element: HTMLElement;
  readonly #entries: Entry[] = [];
  #lines = 0;
  #cost = 0;
  #frame = 0;

  constructor(label: string) {
    this.element = create('div', {
      class: 'console-log',
      role: 'log',
      'aria-label': label,
      tabindex: '0',
    });
  }

  /** Prints a line as typed behind its prompt. */
  echo(prompt: string, input: string): void {
    const shown = shortened(input);
    this.#push({
      lines: linesOf(shown),
      cost: costOf(prompt) + costOf(shown),
      nodes: () => [
        create('span', { class: 'prompt' }, ...asNodes(`${prompt} `)),
        create('kbd', {}, ...asNodes(shown)),
      ],
    });
  }

  print(text: string, kind: EntryKind = 'reply'): void {
    const shown = shortened(text.replace(/\n$/, ''));
    this.#push({
      lines: linesOf(shown),
      cost: costOf(shown),
      nodes: () => [create('span', { class: `console-${kind}` }, ...asNodes(shown))],
    });
  }

  /**
   * Adds what was drawn already; it is in the page at once.
   *
   * @param lines how much of the log's room it takes.
   */
  add(nodes: readonly Node[], lines: number): void {
    const cost = nodes.reduce((sum, node) => sum + costOfNode(node), 0);
    this.#push({ lines, cost, nodes: () => nodes });
    this.#draw();
  }

  clear(): void {
    this.element.replaceChildren();
    this.#entries.length = 0;
    this.#lines = this.#cost = 0;
  }

  scrollToEnd(): void {
    // Once for all that is printed in a moment: each look at the height lays the page out.
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      this.element.scrollTop = this.element.scrollHeight;
    });
  }

  #push(entry: Entry): void {
    const entries = this.#entries;
    entries.push(entry);
    this.#lines += entry.lines;
    this.#cost += entry.cost + OUTPUT_COST;
    while (entries.length > MOST_ENTRIES || (this.#isFull && entries.length > 1)) {
      const gone = entries.shift()!;
      this.#lines -= gone.lines;
      this.#cost -= gone.cost + OUTPUT_COST;
      gone.element?.remove();
    }
    this.scrollToEnd();
  }

  get #isFull(): boolean {
    return this.#lines > MOST_LINES || this.#cost > MOST_COST;
  }

  /** Many entries may come in a moment: those that are gone by then are never drawn. */
  #draw(): void {
    const first = this.#entries.findIndex(({ element }) => !element);
    if (first === -1) return;
    const fresh = this.#entries
      .slice(first)
      .map(
        (entry) => (entry.element = create('div', { class: 'console-entry' }, ...entry.nodes())),
      );
    this.element.append(...fresh);
  }
}

const asNodes = (text: string): Node[] => textNodes(text).map((node) => toDom(node, document));

const linesOf = (text: string): number => text.split('\n').length;

const costOfNode = (node: Node): number =>
  costOf(node.textContent ?? '') +
  VALUE_COST * (node instanceof Element ? node.getElementsByTagName('*').length : 0);
