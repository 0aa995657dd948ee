/** redis-cli's reading of an input line: words, "double" and 'single' quotes, escapes. */
import { fromText, type Bytes } from '../core/bytes.ts';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };
const isSpace = (ch: string | undefined): boolean => ch !== undefined && /[ \t\n\v\f\r]/.test(ch);

/** What redis-cli prints for a line whose quotes are not right. */
export const INVALID_ARGUMENTS = 'Invalid argument(s)';

/**
 * @param line text, or, with `isBytes`, a byte string.
 * @returns the words as byte strings (none for a blank line), or `null` if quotes are unbalanced or
 * something follows a closing quote.
 */
export function splitArguments(line: string, isBytes = false): Bytes[] | null {
  const text = isBytes ? line : fromText(line);
  const words: Bytes[] = [];
  let p = 0;
  for (;;) {
    while (isSpace(text[p])) p++;
    if (p >= text.length) return words;
    let word = '';
    while (p < text.length && !/[ \t\n\r]/.test(text[p]!)) {
      const ch = text[p++]!;
      if (ch === '"' || ch === "'") {
        const quoted = ch === '"' ? doubleQuoted(text, p) : singleQuoted(text, p);
        if (!quoted || (quoted.next < text.length && !isSpace(text[quoted.next]))) return null;
        word += quoted.content;
        p = quoted.next;
        break;
      }
      word += ch;
    }
    words.push(word);
  }
}

interface Quoted {
  content: Bytes;
  /** The position after the closing quote. */
  next: number;
}

function doubleQuoted(text: Bytes, from: number): Quoted | null {
  let content = '';
  for (let p = from; p < text.length; p++) {
    const ch = text[p]!;
    if (ch === '"') return { content, next: p + 1 };
    if (ch !== '\\' || p + 1 >= text.length) content += ch;
    else {
      const hex = /^x([\da-fA-F]{2})/.exec(text.slice(p + 1, p + 4));
      content += hex
        ? String.fromCharCode(parseInt(hex[1]!, 16))
        : (ESCAPES[text[p + 1]!] ?? text[p + 1]!);
      p += hex ? 3 : 1;
    }
  }
  return null;
}

function singleQuoted(text: Bytes, from: number): Quoted | null {
  let content = '';
  for (let p = from; p < text.length; p++) {
    if (text[p] === "'") return { content, next: p + 1 };
    if (text[p] === '\\' && text[p + 1] === "'") p++;
    content += text[p]!;
  }
  return null;
}

/**
 * The quote that is still open at the end of a line, or `null`.
 *
 * @param open the one that is open at its beginning.
 */
export function openQuote(line: string, open: '"' | "'" | null = null): '"' | "'" | null {
  for (let p = 0; p < line.length; p++) {
    const char = line[p]!;
    if (char === '\\' && open !== null) {
      // In single quotes a backslash escapes nothing but the quote.
      if (open === '"' || line[p + 1] === "'") p++;
    } else if (char === open) open = null;
    else if (open === null && (char === '"' || char === "'")) open = char;
  }
  return open;
}
