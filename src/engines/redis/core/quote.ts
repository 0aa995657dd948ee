/** Byte strings in double quotes, as MONITOR and redis-cli write them. */
import type { Bytes } from './bytes.ts';

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
};

export function quote(text: Bytes): string {
  let out = '"';
  for (const ch of text) {
    const code = ch.charCodeAt(0);
    out +=
      ESCAPES[ch] ?? (code >= 32 && code < 127 ? ch : `\\x${code.toString(16).padStart(2, '0')}`);
  }
  return `${out}"`;
}
