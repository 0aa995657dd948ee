/** What is said at the prompts between two questions of the page: like a log, it forgets its beginning. */
import { LONGEST_ECHO, MOST_ENTRIES, MOST_TRANSCRIPT } from './limits.ts';
import type { Entry } from './messages.ts';

export class Transcript {
  readonly #logs = new Map<number, Entry[]>();

  add(client: number, kind: Entry['kind'], text: string, rest = '', prompt = ''): void {
    const log = kind === 'clear' ? [] : (this.#logs.get(client) ?? []);
    log.push({ client, kind, text, prompt, rest });
    // Seldom, and then much: one by one would take too long.
    this.#logs.set(client, log.length > 2 * MOST_ENTRIES ? endOf(log) : log);
  }

  echo(client: number, prompt: string, line: string): void {
    const cut = line.length > LONGEST_ECHO;
    this.add(client, 'echo', cut ? `${line.slice(0, LONGEST_ECHO)}…` : line, '', prompt);
  }

  /** The end of each log. They are empty afterwards. */
  take(): Entry[] {
    const entries = [...this.#logs.values()].flatMap(endOf);
    this.#logs.clear();
    return entries;
  }
}

function endOf(log: readonly Entry[]): Entry[] {
  let from = log.length;
  let characters = 0;
  while (from > 0 && from > log.length - MOST_ENTRIES) {
    const { text, prompt } = log[from - 1]!;
    characters += text.length + prompt.length;
    if (characters > MOST_TRANSCRIPT) break;
    from -= 1;
  }
  return log.slice(from);
}
