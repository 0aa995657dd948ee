/** mongosh, for a console. */
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import type { Language } from '../session/language.ts';
import { completeMongosh } from './completion.ts';
import { INSPECTION, readCatalog } from './inspection.ts';
import { COLLECTION_METHODS, CURSOR_METHODS, DATABASE_METHODS } from './names.ts';
import { OPERATORS } from './operators.ts';
import { isCompleteInput, placeAtEnd } from './places.ts';

const METHODS = { ...DATABASE_METHODS, ...CURSOR_METHODS, ...COLLECTION_METHODS };

export const mongoshLanguage = ({ console }: EngineDescriptor): Language => ({
  shell: console.shell,
  words: {
    relations: 'Collections',
    relation: 'Collection',
    size: 'Documents',
    fields: 'Fields',
  },
  examples: console.examples,
  prompt: ({ database }) => (database === '' ? console.prompt : `${database}>`),
  // A command of the shell is a line of words.
  isComplete: (text) => /^\s*(show|use|it|help)\b[^(.=]*$/.test(text) || isCompleteInput(text),
  complete: (text, caret, catalog, history) =>
    completeMongosh(text, caret, catalog, history, OPERATORS),
  hint(text) {
    const call = placeAtEnd(text).open.findLast(
      ({ open, word }) => open === '(' && Object.hasOwn(METHODS, word),
    );
    const method = call && METHODS[call.word];
    return method ? { syntax: `${call.word}(${method[0]})`, summary: method[1] } : null;
  },
  mayChange: () => true,
  inspect: async (ask) => readCatalog(await ask(INSPECTION)),
  asText(output) {
    if (output.kind === 'text') return { text: output.text, failed: false };
    if (output.kind === 'transcript') return { text: output.reply, failed: output.failed };
    if (output.kind !== 'error') return null;
    const detail = output.detail ? `\n${output.detail}` : '';
    return { text: `${output.severity}: ${output.message}${detail}`, failed: true };
  },
});
