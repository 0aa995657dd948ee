/** The lists of statements that a database’s own shell judges: chapters of inputs, in a text that reads as a script. */

export interface Chapter {
  title: string;
  /** Inputs one after another, in a database that is empty before the first. */
  inputs: string[];
}

/** @param list a line `-- # Title` begins a chapter; inputs are parted by empty lines. */
export function readChapters(list: string): Chapter[] {
  const [, ...chapters] = list.replaceAll('\r\n', '\n').split(/^-- # /m);
  return chapters.map((text) => {
    const [title = '', ...lines] = text.split('\n');
    const inputs = lines
      .join('\n')
      .split(/\n{2,}/)
      .map((input) => input.replace(/^\n+|\n+$/g, ''))
      .filter((input) => input !== '');
    return { title: title.trim(), inputs };
  });
}

/** What one input came to: what is printed, and what goes wrong or is remarked. */
export interface Heard {
  /** Line by line, without empty lines, and spaces at their ends. */
  printed: string[];
  remarks: string[];
}

/** What a shell said to all inputs of a list, as it was written down. */
export interface Recorded {
  /** Whose answers they are. */
  judge: string;
  /** When, as `2026-01-31`. */
  date: string;
  chapters: { title: string; answers: ({ input: string } & Heard)[] }[];
}

/** An input to which the course answers otherwise, and why. */
export interface Difference {
  /** All inputs that match. */
  inputs: RegExp;
  /** In words for whoever reads the list. */
  because: string;
}

/** An input whose answers differ. */
export interface Mismatch {
  chapter: string;
  input: string;
  judge: Heard;
  here: Heard;
}

/**
 * @param differences the declared ones, each of which has to be one.
 * @returns what differs without being declared, and what is declared without differing.
 */
export function compare(
  recorded: Recorded,
  here: readonly (readonly Heard[])[],
  differences: readonly Difference[],
): { mismatches: Mismatch[]; idle: Difference[]; same: number } {
  const mismatches: Mismatch[] = [];
  const seen = new Set<Difference>();
  let same = 0;
  for (const [chapter, { title, answers }] of recorded.chapters.entries()) {
    for (const [index, { input, ...judge }] of answers.entries()) {
      const mine = here[chapter]?.[index] ?? { printed: [], remarks: [] };
      if (JSON.stringify(judge) === JSON.stringify(mine)) {
        same += 1;
        continue;
      }
      const declared = differences.find(({ inputs }) => inputs.test(input));
      if (declared) seen.add(declared);
      else mismatches.push({ chapter: title, input, judge, here: mine });
    }
  }
  return { mismatches, idle: differences.filter((one) => !seen.has(one)), same };
}

/** @returns lines without what only keeps them apart. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
