/**
 * `npm run challenge`: executes the designs and the wrong attempts of the design challenges and prints
 * what they cost and what a reader is told. `--schema` writes the JSON Schema that editors use.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { jsonSchema, SCHEMA_FILE } from '../../src/practice/challenge/challenge.ts';
import { readChallenges } from '../../src/practice/challenge/read.ts';
import { verifyChallenge } from '../../src/practice/challenge/verify.ts';
import { emptyDatabase } from '../../src/practice/challenge/run.ts';
import { missedBy } from '../../src/practice/exercises/verify.ts';
import { schemaText } from '../../src/practice/quiz/schema-file.ts';
import { command, ROOT } from '../process/command.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

await command(async () => {
  const { values } = parseArgs({ options: { schema: { type: 'boolean', default: false } } });
  if (values.schema) {
    writeFileSync(join(ROOT, SCHEMA_FILE), await schemaText(jsonSchema()));
    console.log(`wrote ${SCHEMA_FILE}`);
    return true;
  }
  const errors: AuthoringError[] = [];
  const database = emptyDatabase();
  for (const placed of readChallenges(courseRoot(ROOT))) {
    const { id, section, title, stages } = placed.challenge;
    console.log(`${section}.${id}: ${title}`);
    const verification = await verifyChallenge(placed, database.run);
    errors.push(...verification.errors);
    for (const { design, stages: of } of verification.measured)
      console.table(
        Object.fromEntries(of.map((costs, index) => [`${design} ${stages[index]!.name}`, costs])),
      );
    for (const { says, verdict } of verification.trials) {
      console.log(`  ${says}: ${missedBy(verdict) ?? 'passes'}`);
      if (verdict.kind === 'error') console.log(`    ! ${verdict.failure.message}`);
      for (const { state, message, detail } of verdict.results.filter(
        (one) => one.state !== 'holds',
      ))
        console.log(`    ${state}: ${[message, detail].filter(Boolean).join(' ')}`);
    }
  }
  await database.close();
  for (const { message } of errors) console.error(`✗ ${message}`);
  console.log(`${errors.length} to mend`);
  return errors.length === 0;
});
