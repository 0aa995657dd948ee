/** What the store has, as text, from the very tables it runs on. */
import { ACCUMULATORS } from './aggregate/accumulators.ts';
import { EXPRESSION_OPERATORS } from './aggregate/expression.ts';
import { stageNames } from './aggregate/pipeline.ts';
import { WINDOW_FUNCTIONS } from './aggregate/windows/stages.ts';
import { COMMANDS } from './api/commands.ts';
import { FIELD_OPERATORS } from './query/field-operators.ts';
import { COMPOSED_OPERATORS, TOP_LEVEL_OPERATORS } from './query/parse.ts';
import { SCHEMA_KEYWORDS } from './schema/json-schema.ts';
import { UPDATE_OPERATORS } from './update/operators.ts';

function line(title: string, names: readonly string[]): string {
  return `- ${title}: ${[...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ')}`;
}

/** The page of operators (Markdown), once all parts have come. */
export function operatorReference(): string {
  const expressions = Object.entries(EXPRESSION_OPERATORS)
    .map(([kind, table]) => line(kind, Object.keys(table)))
    .sort();
  return `# Operators of the document store

Written by \`reference.test.ts\` from the tables of the code (\`npx vitest run src/engines/documents/reference.test.ts -u\`).
What is not listed is answered by an error that says so.

## Filters

${line('On fields', [...Object.keys(FIELD_OPERATORS), ...COMPOSED_OPERATORS])}
${line('On documents', TOP_LEVEL_OPERATORS)}
${line('Keywords of `$jsonSchema`', [...SCHEMA_KEYWORDS, 'title', 'description', 'exclusiveMinimum', 'exclusiveMaximum', 'additionalItems'])}

## Updates

${line('Operators', UPDATE_OPERATORS)}
${line('Modifiers of `$push`', ['$each', '$position', '$slice', '$sort'])}
${line('Positional', ['$', '$[]', '$[<identifier>]'])}

## Pipelines

${line('Stages', stageNames())}
${line('Accumulators', Object.keys(ACCUMULATORS))}
${line('Functions of `$setWindowFields`', WINDOW_FUNCTIONS)}

## Expressions

${expressions.join('\n')}

## Commands

${line('Of `runCommand`', Object.keys(COMMANDS))}
`;
}
