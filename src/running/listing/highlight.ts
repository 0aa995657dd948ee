/**
 * Code as highlighted HTML with a handful of classes (`t-k`, `t-s`, …) that the theme colors: much
 * smaller than a style attribute per token, and the same variables color the editor.
 */
import {
  createCssVariablesTheme,
  createHighlighter,
  type Highlighter,
  type LanguageRegistration,
} from 'shiki';
import { descriptorOfFence, type Engines, ENGINES } from '../../engines/descriptors.ts';

const CLASSES: Readonly<Record<string, string>> = {
  'token-constant': 't-c',
  'token-string': 't-s',
  'token-comment': 't-m',
  'token-keyword': 't-k',
  'token-function': 't-f',
  'token-string-expression': 't-s',
};

const theme = createCssVariablesTheme({ name: 'course', variablePrefix: '--', fontStyle: false });

let highlighter: Promise<Highlighter> | undefined;

/** Languages that are shown, besides those of the engines. */
const SHOWN: Readonly<Record<string, string>> = {
  '': 'text',
  text: 'text',
  sql: 'sql',
  python: 'python',
  javascript: 'javascript',
  json: 'json',
  bash: 'bash',
  sh: 'bash',
  yaml: 'yaml',
};

/** The name of the grammar that colors a language, if any does. An engine's own is called as its fences are. */
function grammarOf(lang: string, engines: Engines): string | undefined {
  const grammar = descriptorOfFence(lang, engines)?.language.grammar;
  if (grammar === 'own') return lang;
  return grammar ?? (Object.hasOwn(SHOWN, lang) ? SHOWN[lang] : undefined);
}

/** Whether {@link highlight} knows the language. */
export const knowsLanguage = (lang: string, engines: Engines = ENGINES): boolean =>
  grammarOf(lang, engines) !== undefined;

/** The grammars that stand in folders of engines. */
const ownGrammars = (): Promise<LanguageRegistration[]> =>
  Promise.all(
    ENGINES.filter(({ language }) => language.grammar === 'own').map(async ({ name }) => {
      const { grammar } = (await import(`../../engines/${name}/grammar.ts`)) as {
        grammar: LanguageRegistration;
      };
      return grammar;
    }),
  );

/** All at once: which of them a page needs is not known. */
async function withAllGrammars(): Promise<Highlighter> {
  const shiki = [...Object.values(SHOWN), ...ENGINES.map(({ language }) => language.grammar)];
  const bundled = new Set(shiki.filter((name) => name !== 'text' && name !== 'own'));
  return createHighlighter({ themes: [theme], langs: [...bundled, ...(await ownGrammars())] });
}

/**
 * @param lang the fence's language; empty for plain text.
 * @throws Error for a language that {@link knowsLanguage} does not.
 * @returns HTML to stand inside `<code>`: spans and escaped text.
 */
export async function highlight(
  code: string,
  lang: string,
  engines: Engines = ENGINES,
): Promise<string> {
  highlighter ??= withAllGrammars();
  const grammar = grammarOf(lang, engines);
  if (grammar === undefined) throw new Error(`no highlighting for "${lang}"`);
  // SQL reserves few words, and its keywords are written large here: `name`, `key` and `owner` are columns.
  const isColumn = (word: string): boolean => grammar === 'sql' && /^\s*[a-z_]+\s*$/.test(word);
  const { tokens } = (await highlighter).codeToTokens(code, {
    lang: grammar as 'sql',
    theme: 'course',
  });
  return tokens
    .map((line) => {
      const runs: { name: string | undefined; text: string }[] = [];
      for (const { content, color } of line) {
        const known = CLASSES[/var\(--([\w-]+)\)/.exec(color ?? '')?.[1] ?? ''];
        const name = known === 't-k' && isColumn(content) ? undefined : known;
        const previous = runs.at(-1);
        if (previous && (previous.name === name || content.trim() === '')) previous.text += content;
        else runs.push({ name, text: content });
      }
      return runs
        .map(({ name, text }) =>
          name ? `<span class="${name}">${escape(text)}</span>` : escape(text),
        )
        .join('');
    })
    .join('\n');
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
