/** What was typed before, as the arrow keys bring it back. It lasts for the visit. */
import { Kept } from '../../../foundation/kept/kept.ts';

const MOST = 200;
/** In characters: all of them together have to fit into the visit's storage. */
const LONGEST = 10_000;

/** Where histories are kept, by the names of their consoles. */
export type HistoryStore = Pick<Kept<string[]>, 'get' | 'set'>;

export class History {
  readonly #entries: string[];
  readonly #name: string;
  readonly #store: HistoryStore | null;

  /**
   * @param name consoles of the same name share their history.
   * @param store where it outlives the page; `null`: nowhere.
   */
  constructor(name: string, store: HistoryStore | null) {
    this.#name = name;
    this.#store = store;
    this.#entries = store?.get(name) ?? [];
  }

  get length(): number {
    return this.#entries.length;
  }

  at(index: number): string | undefined {
    return this.#entries[index];
  }

  /** Remembers inputs, each once if it is repeated, and none that is too long to be looked at. */
  add(...inputs: readonly string[]): void {
    const { length } = this.#entries;
    for (const input of inputs.slice(-MOST)) {
      if (input.trim() === '' || input.length > LONGEST || this.#entries.at(-1) === input) continue;
      this.#entries.push(input);
    }
    if (this.#entries.length === length) return;
    this.#entries.splice(0, this.#entries.length - MOST);
    this.#store?.set(this.#name, this.#entries);
  }
}

/** A way through a history, one for each prompt. What was being typed is at its end. */
export class HistoryCursor {
  readonly #history: History;
  #index: number;
  #draft = '';

  constructor(history: History) {
    this.#history = history;
    this.#index = history.length;
  }

  /** @param current what stands at the prompt. @returns the entry before, or `null` at the first. */
  previous(current: string): string | null {
    if (this.#index >= this.#history.length) {
      this.#index = this.#history.length;
      this.#draft = current;
    }
    if (this.#index === 0) return null;
    this.#index -= 1;
    return this.#history.at(this.#index) ?? null;
  }

  /** @returns the entry after, at last what was being typed, or `null` if that is there already. */
  next(): string | null {
    if (this.#index >= this.#history.length) return null;
    this.#index += 1;
    return this.#history.at(this.#index) ?? this.#draft;
  }

  /** Back to the end: something was run. */
  leave(): void {
    this.#index = this.#history.length;
    this.#draft = '';
  }
}

/** The histories of this visit. */
export const visitStore = (): HistoryStore => new Kept('history', 1, historyFrom, 'visit');

const historyFrom = (data: unknown): string[] | undefined =>
  Array.isArray(data)
    ? data.filter((entry): entry is string => typeof entry === 'string').slice(-MOST)
    : undefined;
