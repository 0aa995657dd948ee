/** Where in a piece of JavaScript a place is: a reading without a parser, good enough to help with. */

export interface Bracket {
  /** `(`, `[`, `{`, or `` ` `` for the text of a template. */
  open: string;
  at: number;
  /** The word before it: `find` of `find(`. */
  word: string;
  /** The word before that one: `function` of `function f(`. */
  beforeWord: string;
  /** How many commas at its own level lie between it and the place. */
  commas: number;
}

export interface Place {
  /** The brackets that are open here, the innermost last. */
  open: Bracket[];
  inside: 'code' | 'string' | 'line comment' | 'block comment' | 'template' | 'regex';
  /** Where the string begins that the place is in. */
  stringAt: number;
  /** The last character of code before the place that is not space, or empty. */
  last: string;
  /** The last word or character of code before the place. */
  lastToken: string;
  /** The one before that. */
  tokenBefore: string;
  /** Whether that closes what a body has to follow: `if (…)`, `for (…)`, `function f(…)`. */
  endsHead: boolean;
  /** A bracket was closed that was not open. */
  broken: boolean;
}

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** After these a `/` begins a regular expression; after a name or a closing bracket it divides. */
const BEFORE_REGEX = /^$|^[([{,;:=!&|?+\-*%<>~^]$|^(return|typeof|case|in|of|do|else|void|delete)$/;

/** Words that are not the end of anything. */
const EXPECTS_MORE =
  /^(else|do|new|typeof|void|delete|const|let|var|function|class|throw|in|for|while|if|switch|try|catch|finally|case)$/;

/** Reads the text from its beginning. */
export function placeAtEnd(text: string): Place {
  const open: Bracket[] = [];
  let inside: Place['inside'] = 'code';
  let stringAt = -1;
  let quote = '';
  let last = '';
  let token = '';
  let tokenBefore = '';
  let endsHead = false;
  let broken = false;

  const note = (character: string, word = character): void => {
    last = character;
    tokenBefore = token;
    token = word;
    endsHead = false;
  };

  for (let at = 0; at < text.length; at += 1) {
    const ch = text[at]!;
    const two = text.slice(at, at + 2);
    if (inside === 'line comment') {
      if (ch === '\n') inside = 'code';
    } else if (inside === 'block comment') {
      if (two === '*/') {
        inside = 'code';
        at += 1;
      }
    } else if (inside === 'string' || inside === 'regex') {
      if (ch === '\\') at += 1;
      else if (inside === 'regex' && ch === '[') quote = ']';
      else if (inside === 'regex' && ch === ']') quote = '/';
      else if (ch === quote || ch === '\n') {
        if (ch === '\n') broken = true;
        inside = 'code';
        note(ch === '\n' ? '"' : ch, 'string');
      }
    } else if (inside === 'template') {
      if (ch === '\\') at += 1;
      else if (ch === '`') {
        open.pop();
        inside = 'code';
        note('`', 'string');
      } else if (two === '${') {
        open.push({ open: '{', at, word: '${', beforeWord: '', commas: 0 });
        inside = 'code';
        at += 1;
        note('{');
      }
    } else if (/\s/.test(ch)) continue;
    else if (two === '//') inside = 'line comment';
    else if (two === '/*') {
      inside = 'block comment';
      at += 1;
    } else if (ch === '"' || ch === "'") {
      inside = 'string';
      quote = ch;
      stringAt = at;
    } else if (ch === '`') {
      open.push({ open: '`', at, word: '', beforeWord: '', commas: 0 });
      inside = 'template';
    } else if (ch === '/' && (BEFORE_REGEX.test(token) || endsHead)) {
      inside = 'regex';
      quote = '/';
    } else if ('([{'.includes(ch)) {
      open.push({ open: ch, at, word: token, beforeWord: tokenBefore, commas: 0 });
      note(ch);
    } else if (ch in CLOSING) {
      const bracket = open.at(-1);
      if (!bracket || bracket.open !== CLOSING[ch]) {
        broken = true;
        continue;
      }
      open.pop();
      if (bracket.word === '${') {
        inside = 'template';
        continue;
      }
      note(ch);
      endsHead =
        ch === ')' &&
        (/^(if|for|while|with|switch|catch|function)$/.test(bracket.word) ||
          bracket.beforeWord === 'function');
    } else if (/[\w$]/.test(ch)) {
      const word = /[\w$]+/y;
      word.lastIndex = at;
      const found = word.exec(text)![0];
      at += found.length - 1;
      note(found.at(-1)!, found);
    } else {
      if (ch === ',' && open.length > 0) open.at(-1)!.commas += 1;
      note(ch);
    }
  }
  return { open, inside, stringAt, last, lastToken: token, tokenBefore, endsHead, broken };
}

/**
 * Whether Enter should run a text: it is whole, or it has a mistake that more lines do not mend. As a
 * shell does, it asks for more only where something is open.
 */
export function isCompleteInput(text: string): boolean {
  const { open, inside, last, lastToken, tokenBefore, endsHead, broken } = placeAtEnd(text);
  if (broken) return true;
  if (inside === 'block comment' || inside === 'template') return false;
  if (inside === 'string' || inside === 'regex') return true;
  if (open.length > 0 || endsHead) return false;
  if (tokenBefore !== '.' && EXPECTS_MORE.test(lastToken)) return false;
  // It has to be given a value.
  if (tokenBefore === 'const') return false;
  return !/[.,=+\-*/%&|^<>?:!~]/.test(last) || /(\+\+|--)\s*$/.test(text);
}
