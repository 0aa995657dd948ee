/** Inputs that were entered while the database was on its way: they run when it is there. */
import type { PromptDraft } from '../terminal/draft.ts';

export class TypeAhead {
  readonly #inputs: string[] = [];
  readonly #draft: PromptDraft;
  #atPrompt = '';

  /** @param draft keeps what stands at the prompt, and keeps what waits with it. */
  constructor(draft: PromptDraft) {
    this.#draft = draft;
  }

  get isEmpty(): boolean {
    return this.#inputs.length === 0;
  }

  /** For the prompt: what it shows at its beginning, and what it tells of each key. */
  get draft(): PromptDraft {
    const { text } = this.#draft;
    return {
      text,
      keep: (now) => {
        this.#atPrompt = now;
        this.#keep();
      },
    };
  }

  add(input: string): void {
    this.#inputs.push(input);
    this.#keep();
  }

  /** The one that was entered first, which waits no more. */
  next(): string | undefined {
    const input = this.#inputs.shift();
    this.#keep();
    return input;
  }

  /** @returns all of them, and below them what stands at the prompt: nothing waits any more. */
  giveBack(): string {
    const text = this.#all;
    this.#inputs.length = 0;
    this.#keep();
    return text;
  }

  clear(): void {
    this.#inputs.length = 0;
    this.#keep();
  }

  get #all(): string {
    return [...this.#inputs, this.#atPrompt].filter((text) => text !== '').join('\n');
  }

  #keep(): void {
    this.#draft.keep(this.#all);
  }
}
