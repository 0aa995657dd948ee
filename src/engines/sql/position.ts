/** Where in a text something stands, as a reader counts. */
export interface TextPosition {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units, as editors and JavaScript strings count. */
  column: number;
}

/** The line and column of an offset in UTF-16 code units. `\n`, `\r\n` and `\r` end a line. */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (const end of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line += 1;
    lineStart = end.index + end[0].length;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The UTF-16 offset of the `count`-th Unicode character, from 0: databases count characters. */
export function offsetOfCharacter(text: string, count: number): number {
  let offset = 0;
  for (const character of text) {
    if (count <= 0) break;
    offset += character.length;
    count -= 1;
  }
  return offset;
}
