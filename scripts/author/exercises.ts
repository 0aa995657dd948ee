/**
 * `npm run exercises -- 1.2`: executes the solution, the attempts and the start of exercises and
 * prints the verdicts, as a reader gets them. Sections or ids; without any all exercises.
 * `--schema` writes the JSON Schema that editors use.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import type { Verdict } from '../../src/practice/exercises/check.ts';
import { jsonSchema, SCHEMA_FILE } from '../../src/practice/exercises/exercise.ts';
import { exerciseFiles, readExercise } from '../../src/practice/exercises/read.ts';
import { Databases } from '../../src/practice/exercises/run.ts';
import { verifyExercise } from '../../src/practice/exercises/verify.ts';
import { schemaText } from '../../src/practice/quiz/schema-file.ts';
import { command, ROOT } from '../process/command.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

const SIGNS = { holds: '✓', missing: '✗', 'not-run': '–' };

function print(verdict: Verdict): void {
  const indented = (text: string): string => text.replaceAll('\n', '\n        ');
  if (verdict.kind === 'error')
    console.log(`    ! line ${verdict.failure.line}: ${indented(verdict.failure.message)}`);
  for (const { state, message, detail } of verdict.results)
    console.log(`    ${SIGNS[state]} ${indented([message, detail].filter(Boolean).join('\n'))}`);
}

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { schema: { type: 'boolean', default: false } },
  });
  if (values.schema) {
    writeFileSync(join(ROOT, SCHEMA_FILE), await schemaText(jsonSchema()));
    console.log(`wrote ${SCHEMA_FILE}`);
    return true;
  }
  const errors: AuthoringError[] = [];
  const databases = new Databases();
  let count = 0;
  for (const file of exerciseFiles(courseRoot(ROOT))) {
    try {
      const placed = readExercise(file, courseRoot(ROOT));
      const { id, section, title } = placed.exercise;
      if (positionals.length > 0 && !positionals.some((one) => one === section || one === id))
        continue;
      count += 1;
      console.log(`${section}.${id}: ${title}`);
      const verification = await verifyExercise(placed, databases.runFor(placed));
      errors.push(...verification.errors);
      for (const { says, verdict } of verification.trials) {
        console.log(`  ${says}`);
        print(verdict);
      }
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      errors.push(error);
    }
  }
  await databases.close();
  for (const { message } of errors) console.error(`✗ ${message}`);
  console.log(`${count} exercises, ${errors.length} to mend`);
  // A number that names nothing is a slip of the pen, not a success.
  if (count === 0 && positionals.length > 0)
    console.error(`No exercise belongs to ${positionals.join(', ')}. Name a section or an id.`);
  return errors.length === 0 && (count > 0 || positionals.length === 0);
});
