/**
 * Code as highlighted HTML with a handful of classes (`t-k`, `t-s`, …) that the theme colors: much
 * smaller than a style attribute per token, and the same variables color the editor.
 */
import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';
import { redisGrammar } from './redis-grammar.ts';

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

const LANGUAGES = ['sql', 'python', 'javascript', 'json', 'bash', 'yaml', 'redis', 'text'];
const ALIASES: Readonly<Record<string, string>> = {
  sqlite: 'sql',
  mongosh: 'javascript',
  sh: 'bash',
};

/** Whether {@link highlight} knows the language. */
export const knowsLanguage = (lang: string): boolean =>
  lang === '' || lang in ALIASES || LANGUAGES.includes(lang);

/**
 * @param lang the fence's language; empty for plain text.
 * @returns HTML to stand inside `<code>`: spans and escaped text.
 */
export async function highlight(code: string, lang: string): Promise<string> {
  highlighter ??= createHighlighter({
    themes: [theme],
    langs: [...LANGUAGES.filter((l) => l !== 'text' && l !== 'redis'), redisGrammar],
  });
  // SQL reserves few words, and its keywords are written large here: `name`, `key` and `owner` are columns.
  const isColumn = (word: string): boolean =>
    (ALIASES[lang] ?? lang) === 'sql' && /^\s*[a-z_]+\s*$/.test(word);
  const { tokens } = (await highlighter).codeToTokens(code, {
    lang: (ALIASES[lang] ?? (lang || 'text')) as 'sql',
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
