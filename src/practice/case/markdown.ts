/** A record as the Markdown file that a project keeps. */

export interface RecordPart {
  title: string;
  text: string;
}

/** What stands where a reader wrote nothing yet. */
const EMPTY = '_Not written yet._';

/** @param title of the decision, one line. Texts go in as they are: they are Markdown. */
export function recordMarkdown(title: string, parts: readonly RecordPart[]): string {
  const sections = parts.map(
    ({ title: heading, text }) =>
      `## ${heading}\n\n${text.trim().replace(/\r\n?/g, '\n') || EMPTY}\n`,
  );
  return [`# ${title}\n`, ...sections].join('\n');
}

/** The name of its file: `0001-theater-tickets.md`. */
export const recordFile = (name: string): string => `0001-${name}.md`;
