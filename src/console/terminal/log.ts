/** What was said at a prompt, as a log that assistive technology follows. */
import { create } from './create.ts';

/** Beyond these the oldest entries go: a page with a million lines answers nobody. */
const MOST_ENTRIES = 300;
const MOST_LINES = 3000;
/** Lines of one answer. */
const MOST_LINES_OF_ENTRY = 500;
const MOST_CHARACTERS_OF_ENTRY = 60_000;

export type EntryKind = 'reply' | 'error' | 'note';

/** The beginning of a long text, and a last line that says how much is missing. */
export function shortened(text: string): string {
  const lines = text.split('\n');
  const kept = lines.slice(0, MOST_LINES_OF_ENTRY).join('\n');
  const cut = kept.length > MOST_CHARACTERS_OF_ENTRY;
  const missing = lines.length - MOST_LINES_OF_ENTRY;
  if (cut) return `${kept.slice(0, MOST_CHARACTERS_OF_ENTRY)}\n(the rest is not shown)`;
  if (missing <= 0) return text;
  return `${kept}\n(${missing.toLocaleString('en-US')} more lines are not shown)`;
}

export class Log {
  readonly element: HTMLElement;
  readonly #weights: number[] = [];
  #lines = 0;
  #scrolling = 0;

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
    this.add([create('span', { class: 'prompt' }, `${prompt} `), create('kbd', {}, input)], 1);
  }

  print(text: string, kind: EntryKind = 'reply'): void {
    const shown = shortened(text.replace(/\n$/, ''));
    this.add([create('span', { class: `console-${kind}` }, shown)], shown.split('\n').length);
  }

  /** @param lines how much of the log's room it takes. */
  add(nodes: readonly Node[], lines: number): void {
    this.element.append(create('div', { class: 'console-entry' }, ...nodes));
    this.#weights.push(lines);
    this.#lines += lines;
    while (this.#weights.length > MOST_ENTRIES || (this.#lines > MOST_LINES && this.#weights[1])) {
      this.#lines -= this.#weights.shift()!;
      this.element.firstElementChild!.remove();
    }
    this.scrollToEnd();
  }

  clear(): void {
    this.element.replaceChildren();
    this.#weights.length = 0;
    this.#lines = 0;
  }

  scrollToEnd(): void {
    // Once for all that is printed in a moment: each look at the height lays the page out.
    this.#scrolling ||= requestAnimationFrame(() => {
      this.#scrolling = 0;
      this.element.scrollTop = this.element.scrollHeight;
    });
  }
}
