/** The lines below a `COPY … FROM STDIN`: its data. */

export interface CopyData {
  text: string;
  /** Offset of the first line. */
  start: number;
  /** Offset behind the line `\.`. */
  end: number;
  /** Whether there is such a line: without one, all the rest is data. */
  isEnded: boolean;
}

/** @param end offset behind the statement; what else stands on its line is no data. */
export function copyDataBehind(script: string, end: number): CopyData {
  const lineEnd = script.indexOf('\n', end);
  if (lineEnd < 0) return { text: '', start: script.length, end: script.length, isEnded: false };
  const start = lineEnd + 1;
  const mark = /^\\\.[ \t\r]*(?:\n|$(?![^]))/gm;
  mark.lastIndex = start;
  const found = mark.exec(script);
  return found
    ? { text: script.slice(start, found.index), start, end: mark.lastIndex, isEnded: true }
    : { text: script.slice(start), start, end: script.length, isEnded: false };
}
