/** A script that did not come to its end. */
import type { Statement } from './messages.ts';

/** Why: it ran too long, took too much memory, or the engine broke off. */
export type Reason = 'time' | 'memory' | 'crash';

const LONGEST_QUOTE = 70;

/**
 * A script that the engine's process was ended for. The message says what happened and what would be
 * right; callers put the place and the name before it.
 */
export class ScriptStopped extends Error {
  override readonly name = 'ScriptStopped';
  readonly reason: Reason;
  /** The statement that ran, where that is known. */
  readonly at: Statement | undefined;

  /** @param limit the time it had, in milliseconds, the memory, in MB, or how the process ended. */
  constructor(reason: Reason, limit: number | string, at?: Statement) {
    super(messageOf(reason, limit, at));
    this.reason = reason;
    this.at = at;
  }
}

function messageOf(reason: Reason, limit: number | string, at: Statement | undefined): string {
  const where = at ? ` in its line ${at.line}, ${quoted(at.text)}` : '';
  switch (reason) {
    case 'time':
      return (
        `does not end: it was stopped after ${Number(limit) / 1000} s${where}. ` +
        'Write a statement that ends: a loop or a recursion needs a condition, a wait a shorter time.'
      );
    case 'memory':
      return `takes more than ${limit} MB of memory${where}. Let it keep less at a time.`;
    case 'crash':
      return `ends its engine (${limit})${where}. Take the statement out, or write it otherwise.`;
  }
}

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `“${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line}”`;
}
