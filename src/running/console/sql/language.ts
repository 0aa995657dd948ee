/** The shells of SQL, for a console. */
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import type { Language } from '../session/language.ts';
import { completeSql, isCompleteSql } from './completion.ts';
import { inspectSql } from './inspection.ts';

export function sqlLanguage({
  language: { dialect = 'postgres' },
  console: { shell, prompt, examples },
}: EngineDescriptor): Language {
  return {
    shell,
    words: { relations: 'Tables', relation: 'Table', size: 'Rows', fields: 'Columns' },
    examples,
    prompt: () => prompt,
    isComplete: (text) => isCompleteSql(text, dialect),
    complete: (text, caret, catalog) => completeSql(text, caret, catalog, dialect),
    hint: (text) =>
      text.trim() === '' || isCompleteSql(text, dialect)
        ? null
        : { syntax: ';', summary: 'ends the statement. Until then Enter begins a new line.' },
    // Not after BEGIN: a query of ours would be the first of the reader's transaction.
    mayChange: (input) =>
      /\b(create|alter|drop|insert|update|delete|truncate|replace|copy|commit|end|rollback|merge|do|call)\b/i.test(
        input,
      ),
    inspect: (ask) => inspectSql(dialect, ask),
    asText: (output) => (output.kind === 'text' ? { text: output.text, failed: false } : null),
  };
}
