/**
 * Which entries of the card a query finds, best first. It runs with every keystroke, over texts that
 * were prepared once.
 */
import { isTypoOf } from './typo.ts';
import { wordsOf } from './words.ts';

/** What is searched. */
export interface Searchable {
  name: string;
  synonyms: readonly string[];
  /** Databases and kind, as a reader calls them. */
  tags: readonly string[];
}

export interface Found {
  /** Places in the list that was searched, best first, in their own order where equally good. */
  places: number[];
  /** The query's words as they were taken; a typo stands for every word that it may mean. */
  terms: Term[];
}

export interface Term {
  text: string;
  /** Nothing holds the word as typed: what is like it was taken. */
  typo: boolean;
}

/** How good a match is. A query's words are added up. */
const SCORE = {
  name: 100,
  nameBegins: 80,
  synonym: 70,
  synonymBegins: 50,
  tag: 75,
  tagBegins: 30,
  nameHolds: 20,
  synonymHolds: 10,
  typoOfName: 6,
  typoOfSynonym: 4,
} as const;
/** The whole name or a whole synonym is more than all its words. */
const WHOLE_NAME = 200;
const WHOLE_SYNONYM = 60;

/** Words that a question is made of and no entry. */
const FILLERS = new Set(
  'a an and are can do does for how i in is it my of on or the to use what when which with you'.split(
    ' ',
  ),
);

interface Prepared {
  name: string[];
  synonyms: string[];
  tags: string[];
  wholeName: string;
  wholeSynonyms: string[];
  /** For signs that make no word: `->>`, `$`. */
  raw: string;
}

const texts = (text: string): string[] => wordsOf(text).map((word) => word.text);

export function createFilter(entries: readonly Searchable[]): (query: string) => Found {
  const prepared = entries.map(prepare);
  return (query) => {
    const words = texts(query);
    if (words.length === 0) return bySigns(prepared, query.trim());
    const asked = words.filter((word, index) => !FILLERS.has(word) || index === words.length - 1);
    const scores = new Float64Array(prepared.length);
    const terms = asked.map((word) => addScores(scores, prepared, word));
    const whole = words.join(' ');
    const places = [...scores.keys()].filter((place) => scores[place]! > 0);
    for (const place of places) {
      const { wholeName, wholeSynonyms } = prepared[place]!;
      if (wholeName === whole) scores[place]! += WHOLE_NAME;
      else if (wholeSynonyms.includes(whole)) scores[place]! += WHOLE_SYNONYM;
    }
    return { places: places.sort((a, b) => scores[b]! - scores[a]! || a - b), terms };
  };
}

function prepare({ name, synonyms, tags }: Searchable): Prepared {
  return {
    name: texts(name),
    synonyms: synonyms.flatMap(texts),
    tags: tags.flatMap(texts),
    wholeName: texts(name).join(' '),
    wholeSynonyms: synonyms.map((synonym) => texts(synonym).join(' ')),
    raw: [name, ...synonyms].join('\n').toLowerCase(),
  };
}

/** Every word has to be found: an entry without it drops out, with a score below any other. */
function addScores(scores: Float64Array, prepared: readonly Prepared[], word: string): Term {
  const found = prepared.map((entry) => plainScore(entry, word));
  const typo = found.every((score) => score === 0);
  for (const [place, entry] of prepared.entries()) {
    const score = typo ? typoScore(entry, word) : found[place]!;
    scores[place]! += score === 0 ? -Infinity : score;
  }
  return { text: word, typo };
}

function plainScore({ name, synonyms, tags }: Prepared, word: string): number {
  const begins = (text: string): boolean => text.startsWith(word);
  const holds = (text: string): boolean => text.includes(word);
  if (name.includes(word)) return SCORE.name;
  if (name.some(begins)) return SCORE.nameBegins;
  if (word.length > 1 && tags.includes(word)) return SCORE.tag;
  if (synonyms.includes(word)) return SCORE.synonym;
  if (synonyms.some(begins)) return SCORE.synonymBegins;
  // A single letter is in nearly everything: it finds what begins with it.
  if (word.length === 1) return 0;
  if (tags.some(begins)) return SCORE.tagBegins;
  if (name.some(holds)) return SCORE.nameHolds;
  return word.length > 2 && synonyms.some(holds) ? SCORE.synonymHolds : 0;
}

function typoScore({ name, synonyms }: Prepared, word: string): number {
  if (name.some((text) => isTypoOf(word, text))) return SCORE.typoOfName;
  return synonyms.some((text) => isTypoOf(word, text)) ? SCORE.typoOfSynonym : 0;
}

function bySigns(prepared: readonly Prepared[], signs: string): Found {
  const places = [...prepared.keys()].filter((place) => prepared[place]!.raw.includes(signs));
  return { places, terms: signs === '' ? [] : [{ text: signs, typo: false }] };
}

/** Where a text holds what a query asked for: pairs of places, in order and apart. */
export function marksIn(text: string, terms: readonly Term[]): [start: number, end: number][] {
  const words = wordsOf(text);
  const marks = terms.flatMap((term): [number, number][] => {
    if (texts(term.text).length === 0) {
      const start = text.toLowerCase().indexOf(term.text);
      return start < 0 ? [] : [[start, start + term.text.length]];
    }
    return words.flatMap((word): [number, number][] => {
      if (term.typo) return isTypoOf(term.text, word.text) ? [[word.start, word.end]] : [];
      const at = word.text.indexOf(term.text);
      const counts = at === 0 || (at > 0 && term.text.length > 1);
      return counts ? [[word.start + at, word.start + at + term.text.length]] : [];
    });
  });
  marks.sort(([a], [b]) => a - b);
  return marks.filter(([start], index) => index === 0 || start >= marks[index - 1]![1]);
}
