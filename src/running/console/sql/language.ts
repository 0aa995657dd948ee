/** The shells of SQL, for a console. */
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import type { Language } from '../session/language.ts';
import { completeSql, isCompleteSql, openEndOf, type OpenEnd } from './completion.ts';
import { inspectSql } from './inspection.ts';

const ENDS: Readonly<Record<OpenEnd, string>> = {
  ';': 'ends the statement.',
  '\\.': 'on a line of its own ends the data.',
  '\\endif': 'ends the condition.',
};

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
    hint(text) {
      const end = text.trim() === '' ? null : openEndOf(text, dialect);
      return end && { syntax: end, summary: `${ENDS[end]} Until then Enter begins a new line.` };
    },
    // Not after BEGIN: a query of ours would be the first of the reader's transaction.
    mayChange: (input) =>
      /\b(create|alter|drop|insert|update|delete|truncate|replace|copy|commit|end|rollback|merge|do|call|gexec)\b/i.test(
        input,
      ),
    inspect: (ask) => inspectSql(dialect, ask),
    asText: (output) => (output.kind === 'text' ? { text: output.text, failed: false } : null),
  };
}
