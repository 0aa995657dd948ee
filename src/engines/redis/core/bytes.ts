/**
 * Byte strings. Redis values are bytes; here they are JavaScript strings whose characters are
 * U+0000 to U+00FF, one per byte. Engines store those in one byte each, hash and compare them fast,
 * and their order (`<`) is the order of `memcmp`.
 */
export type Bytes = string;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Text as its UTF-8 bytes. */
export function fromText(text: string): Bytes {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return fromBuffer(encoder.encode(text));
  }
  return text;
}

/** UTF-8 bytes as text; what is not UTF-8 becomes U+FFFD. */
export function toText(bytes: Bytes): string {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes.charCodeAt(i) > 0x7f) return decoder.decode(toBuffer(bytes));
  }
  return bytes;
}

export function fromBuffer(buffer: Uint8Array): Bytes {
  let out = '';
  for (let i = 0; i < buffer.length; i += 8192) {
    out += String.fromCharCode(...buffer.subarray(i, i + 8192));
  }
  return out;
}

export function toBuffer(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes.charCodeAt(i);
  return out;
}

/**
 * Redis's glob (`KEYS`, `SCAN MATCH`, `PSUBSCRIBE`): `*`, `?`, `[a-z]`, `[^a]`, `\x`.
 * Runs of `*` are walked with one point of return each, so no pattern takes exponential time.
 */
export function globMatch(pattern: Bytes, text: Bytes): boolean {
  let p = 0;
  let t = 0;
  let starP = -1;
  let starT = 0;
  for (;;) {
    if (p < pattern.length && pattern[p] === '*') {
      starP = ++p;
      starT = t;
      continue;
    }
    if (t >= text.length) return p >= pattern.length;
    const next = p < pattern.length ? matchOne(pattern, p, text[t]!) : -1;
    if (next >= 0) {
      p = next;
      t++;
    } else if (starP >= 0) {
      p = starP;
      t = ++starT;
    } else return false;
  }
}

/** The pattern position after one matched character, or -1. */
function matchOne(pattern: Bytes, p: number, ch: string): number {
  const c = pattern[p];
  if (c === '?') return p + 1;
  if (c === '\\' && p + 1 < pattern.length) return pattern[p + 1] === ch ? p + 2 : -1;
  if (c !== '[') return c === ch ? p + 1 : -1;
  p++;
  const not = pattern[p] === '^';
  if (not) p++;
  let match = false;
  for (; ; p++) {
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      p++;
      if (pattern[p] === ch) match = true;
    } else if (pattern[p] === ']') break;
    else if (p >= pattern.length) {
      p--;
      break;
    } else if (p + 2 < pattern.length && pattern[p + 1] === '-') {
      let from = pattern[p]!;
      let to = pattern[p + 2]!;
      if (from > to) [from, to] = [to, from];
      p += 2;
      if (ch >= from && ch <= to) match = true;
    } else if (pattern[p] === ch) match = true;
  }
  return match !== not ? p + 1 : -1;
}
