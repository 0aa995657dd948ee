/** What readers copy from pages and terminals, made what they meant to type. */

/** Spaces that a page sets so that a line does not break; a server takes them for letters. */
const WIDE_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
/** What is not to be seen at all. */
const INVISIBLE = /[\u200b\u2060\ufeff]/g;
/** Quotes of typography, which are letters to a server. */
const CURLY = /[“”„‟‘’‚‛«»]/g;

/** `redis>`, `127.0.0.1:6379[2](TX)>`, `redis 127.0.0.1:6379>`, `>`: no command begins so. */
const PROMPT = /^(?:(?:redis|not)\s+)?[^\s"'<>]*(?:\(subscribed mode\))?>(?:\s+|$)/;

/** Does something to the parts of a line that stand in no quotes. Within them all is meant as it stands. */
function outsideQuotes(line: string, change: (part: string) => string): string {
  let out = '';
  let from = 0;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (quote === '' && (character === '"' || character === "'")) {
      out += change(line.slice(from, at));
      from = at;
      quote = character;
    } else if (quote !== '' && character === '\\') at += 1;
    else if (character === quote) {
      out += line.slice(from, at + 1);
      from = at + 1;
      quote = '';
    }
  }
  return out + (quote === '' ? change(line.slice(from)) : line.slice(from));
}

const isFoundIn = (pattern: RegExp, line: string): boolean => line.search(pattern) >= 0;

/** A line as it was meant: with plain spaces, and without the prompt before it. */
export function asTyped(line: string): string {
  const plain =
    isFoundIn(WIDE_SPACES, line) || isFoundIn(INVISIBLE, line)
      ? outsideQuotes(line, (part) => part.replace(WIDE_SPACES, ' ').replace(INVISIBLE, ''))
      : line;
  return plain.trim().replace(PROMPT, '').trim();
}

const hasPrompt = (line: string): boolean => PROMPT.test(line.trim());

export interface Pasted {
  /** To be run. */
  lines: string[];
  /** How many lines were taken for answers: they have no prompt, where others have. */
  answers: number;
  /** How many lines were too many. */
  left: number;
}

/** More than anybody reads; a dump of a database is not for a prompt. */
export const MOST_LINES = 100_000;
const MOST_CHARACTERS = 5_000_000;

/** The commands in what was pasted. Comments (`#`) and empty lines are none. */
export function readPasted(text: string): Pasted {
  const all = text
    .slice(0, MOST_CHARACTERS)
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (text.length > MOST_CHARACTERS) all.pop();
  const transcript = all.some(hasPrompt);
  const meant = transcript ? all.filter(hasPrompt) : all;
  const lines = meant.slice(0, MOST_LINES).map(asTyped).filter(Boolean);
  const cut = text.slice(MOST_CHARACTERS).split('\n').length - 1;
  return {
    lines,
    answers: all.length - meant.length,
    left: Math.max(0, meant.length - MOST_LINES) + (text.length > MOST_CHARACTERS ? cut + 1 : 0),
  };
}

/** Whether a command holds quotes of typography where quotes are meant. */
export function hasCurlyQuotes(line: string): boolean {
  let found = false;
  if (isFoundIn(CURLY, line))
    outsideQuotes(line, (part) => {
      found ||= isFoundIn(CURLY, part);
      return part;
    });
  return found;
}
