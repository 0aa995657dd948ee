/** What the judges of the SQL engines have in common: a list, two who answer, and what differs. */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import type { Database, Output } from '../../../src/engines/engine.ts';
import {
  compare,
  type Chapter,
  type Difference,
  type Heard,
  type Recorded,
} from '../../../src/engines/sql/judged/chapters.ts';

/** What parts the answers to two inputs, in both streams of a shell. */
export const mark = (index: number): string => `==== ${index} ====`;

/** @returns what stands between the marks. */
export function partsOf(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const start = text.indexOf(`${mark(index)}\n`);
    const end = text.indexOf(`${mark(index + 1)}\n`);
    if (start < 0 || end < 0)
      throw new Error(`the shell did not come to input ${index}: ${text.slice(-500)}`);
    return text.slice(start + mark(index).length + 1, end);
  });
}

/** Runs a list on an engine of the course, each chapter in an empty database. */
export async function answersHere(
  database: Database,
  chapters: readonly Chapter[],
  heardHere: (input: string, outputs: readonly Output[]) => Heard,
): Promise<Heard[][]> {
  const all: Heard[][] = [];
  for (const { inputs } of chapters) {
    await database.reset(null);
    const heard: Heard[] = [];
    for (const input of inputs) {
      const outputs: Output[] = [];
      await database.run({ files: [{ name: 'input', code: input }] }, (output) =>
        outputs.push(output),
      );
      heard.push(heardHere(input, outputs));
    }
    all.push(heard);
  }
  return all;
}

export interface Verdict {
  recorded: Recorded;
  here: Heard[][];
  differences: readonly Difference[];
}

/**
 * Prints what differs.
 *
 * @param file where the judge's answers are written down.
 * @returns whether all that differs is declared, and all that is declared differs.
 */
export function tell({ recorded, here, differences }: Verdict, file: string): boolean {
  const { mismatches, idle, same } = compare(recorded, here, differences);
  for (const { chapter, input, judge, here: mine } of mismatches) {
    console.log(`\n${chapter}: ${input}`);
    console.log(inspect({ judge, here: mine }, { depth: 4, breakLength: 120, colors: false }));
  }
  for (const { inputs, because } of idle)
    console.log(`\ndeclared, and the same: ${inputs} (${because})`);
  writeFileSync(file, `${JSON.stringify(recorded, null, 1)}\n`);
  const count = recorded.chapters.reduce((sum, { answers }) => sum + answers.length, 0);
  console.log(
    `\n${recorded.judge}: ${count} inputs in ${recorded.chapters.length} chapters, ${same} the same, ` +
      `${count - same - mismatches.length} declared, ${mismatches.length} mismatches`,
  );
  console.log(`Its answers are in ${file}.`);
  return mismatches.length === 0 && idle.length === 0;
}
