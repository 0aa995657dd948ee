/** A console of which nothing is known but its shell's name: it runs each line, and prints what comes back. */
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import { EMPTY_CATALOG, type Language } from '../session/language.ts';

export const plainLanguage = ({ console }: EngineDescriptor): Language => ({
  shell: console.shell,
  words: null,
  examples: console.examples,
  prompt: () => console.prompt,
  isComplete: () => true,
  complete: () => null,
  hint: () => null,
  mayChange: () => false,
  inspect: async () => EMPTY_CATALOG,
  asText(output) {
    if (output.kind === 'text') return { text: output.text, failed: false };
    if (output.kind === 'transcript') return { text: output.reply, failed: output.failed };
    if (output.kind === 'error') return { text: output.message, failed: true };
    return null;
  },
});
