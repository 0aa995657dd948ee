/**
 * `npm run questions -- 1.2`: checks the questions of sections, executes their predictions and prints
 * what came out. Without a number all files. The quick look for authors: no site is built.
 * `--schema` writes the JSON Schema that editors use.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { closeDatabases } from '../../src/running/cells/execute/execute.ts';
import { destinations } from '../../src/sharing/permalinks/destinations.ts';
import { checkQuestions } from '../../src/practice/quiz/check.ts';
import { jsonSchema } from '../../src/practice/quiz/question.ts';
import { SCHEMA_FILE, schemaText } from '../../src/practice/quiz/schema-file.ts';
import { command, ROOT } from '../process/command.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

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
  const report = await checkQuestions(
    () => destinations(courseRoot(ROOT)),
    positionals.length > 0 ? positionals : undefined,
    courseRoot(ROOT),
  );
  await closeDatabases();
  for (const { section, question } of report.questions) {
    const id = `${section}.${question.id}`;
    const answer = report.answers.get(id);
    console.log(`${id} (${question.kind}, ${question.difficulty}, ${question.idea})`);
    if (answer !== undefined) console.log(`  answers: ${answer.replaceAll('\n', '\n           ')}`);
  }
  for (const { message } of report.errors) console.error(`✗ ${message}`);
  console.log(`${report.questions.length} questions, ${report.errors.length} to mend`);
  return report.errors.length === 0;
});
