/** The words of a text, as a text index files them (manual, "Text Index Properties"). */
import { stem } from './stemmer.ts';

/** What English texts are searched without: Snowball's list. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all am an and any are aren't as at be because been before being below between both
but by can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from further had hadn't
has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself his how how's i i'd i'll i'm
i've if in into is isn't it it's its itself let's me more most mustn't my myself no nor not of off on once only or other
ought our ours ourselves out over own same shan't she she'd she'll she's should shouldn't so some such than that that's
the their theirs them themselves then there there's these they they'd they'll they're they've this those through to too
under until up very was wasn't we we'd we'll we're we've were weren't what what's when when's where where's which while
who who's whom why why's with won't would wouldn't you you'd you'll you're you've your yours yourself yourselves`.split(
    /\s+/,
  ),
);

/** `none` has neither stop words nor stems. */
export type Language = 'english' | 'none';

/** @returns the language of a name or an abbreviation; `null` for one whose rules are not here. */
export function languageOf(name: string): Language | null {
  const known = name.toLowerCase();
  if (known === 'english' || known === 'en') return 'english';
  return known === 'none' ? 'none' : null;
}

/** How words are compared: by default neither case nor accents matter. */
export interface Comparing {
  caseSensitive: boolean;
  diacriticSensitive: boolean;
}

export const LOOSELY: Comparing = { caseSensitive: false, diacriticSensitive: false };

/** A text as it is compared. */
export function folded(text: string, { caseSensitive, diacriticSensitive }: Comparing): string {
  const cased = caseSensitive ? text : text.toLowerCase();
  return diacriticSensitive ? cased : cased.normalize('NFD').replace(/\p{M}/gu, '');
}

/** The words, stems in their place, without those that all texts have; repetitions count. */
export function tokensOf(text: string, language: Language, comparing: Comparing): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}_']+/gu) ?? [];
  if (language === 'none') return words.map((word) => folded(word, comparing));
  return words
    .filter((word) => !STOP_WORDS.has(word.toLowerCase()))
    .map((word) => stem(folded(word, comparing)));
}
