/** Where the JSON Schema of the questions lies, and how it is written: as Prettier would. */
import { format } from 'prettier';

export const SCHEMA_FILE = 'src/practice/quiz/questions.schema.json';

export const schemaText = (schema: unknown): Promise<string> =>
  format(JSON.stringify(schema), { parser: 'json', printWidth: 100 });
