/** What consoles know of the languages that are typed into them, each loaded when a console of its kind is opened. */
import type { EngineConsole, EngineDescriptor } from '../../engines/descriptor.ts';
import type { Language } from './session/language.ts';

/** Several clients, a clock and crashes are more than a language: such a console is one of its own. */
export type LanguageKind = Exclude<EngineConsole['kind'], 'clients'>;

const LANGUAGES: Readonly<Record<LanguageKind, (engine: EngineDescriptor) => Promise<Language>>> = {
  sql: async (engine) => (await import('./sql/language.ts')).sqlLanguage(engine),
  mongosh: async (engine) => (await import('./documents/language.ts')).mongoshLanguage(engine),
  plain: async (engine) => (await import('./plain/language.ts')).plainLanguage(engine),
};

export const languageOf = (engine: EngineDescriptor, kind: LanguageKind): Promise<Language> =>
  LANGUAGES[kind](engine);
