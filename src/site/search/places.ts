/**
 * What leads to an exact name or operator: the entries of the reference card, and the sections whose code
 * has it. The build writes the table (`table.ts`), the search loads it along with the index of words.
 */
import { createFilter } from '../../lecture/reference/filter.ts';
import { searchTerms } from './query.ts';
import { signsInText, withoutSigns } from './signs.ts';

/** The address of the table, from the site’s base. */
export const PLACES_PATH = 'search/places.json';

/** A heading of the lecture, or a whole section. */
export interface Place {
  title: string;
  /** What its page is called: `3.4 Embedding vs Referencing`. */
  page: string;
  /** With the site's base. */
  address: string;
}

/** An entry of the reference card, as it can be found. */
export interface CardPlace {
  name: string;
  /** One line about it. */
  what: string;
  also: string[];
  tags: string[];
  address: string;
  /** Place in {@link Places.places} of the section that tells more. */
  more?: number;
}

export interface Places {
  entries: CardPlace[];
  places: Place[];
  /** Operator or `$word` → places whose code has it, the most telling first. */
  signs: Record<string, number[]>;
}

/** A card entry and the section that tells more. */
export interface FoundEntry {
  entry: CardPlace;
  more: Place | undefined;
}

/** More entries than this are no answer, but a list: the card has a filter for that. */
const ENTRIES = 2;

/** @returns a function that looks a query up; prepare it once. */
export function createLookup({ entries, places, signs }: Places): {
  entries(query: string): FoundEntry[];
  sections(query: string): Place[];
} {
  const filter = createFilter(
    entries.map(({ name, also, tags }) => ({ name, synonyms: also, tags })),
  );
  const named = entries.map(({ name, also, tags }) => ({
    name: signsInText(name),
    all: [name, ...also].flatMap(signsInText),
    nameWords: wordsOf(name),
    words: [name, ...also].flatMap(wordsOf),
    tags: tags.flatMap(wordsOf),
  }));
  const found = (entry: CardPlace): FoundEntry => ({
    entry,
    more: entry.more === undefined ? undefined : places[entry.more],
  });
  /** Entries of which every word is a word of them, those first whose name has them all. */
  const byWords = (words: readonly string[]): number[] => {
    const found = filter(words.join(' ')).places.filter((place) => {
      const own = (word: string): boolean => has(named[place]!.words, word);
      const tagged = (word: string): boolean => has(named[place]!.tags, word);
      // What a tag alone has found is a whole list.
      return words.every((word) => own(word) || tagged(word)) && words.some(own);
    });
    const inName = (place: number): boolean =>
      words.every((word) => has(named[place]!.nameWords, word));
    return [...found.filter(inName), ...found];
  };
  const bySigns = (signs: readonly string[]): number[] => {
    const having = (key: 'name' | 'all'): number[] =>
      [...entries.keys()].filter((place) =>
        signs.every((sign) => named[place]![key].includes(sign)),
      );
    return signs.length === 0 ? [] : [...having('name'), ...having('all')];
  };
  return {
    entries(query) {
      const exact = bySigns(signsInText(query));
      const words = wordsOf(withoutSigns(searchTerms(query)));
      const all = exact.length > 0 || words.length === 0 ? exact : byWords(words);
      return [...new Set(all)].slice(0, ENTRIES).map((place) => found(entries[place]!));
    },
    sections(query) {
      const [first, ...rest] = signsInText(query).map((sign) => signs[sign] ?? []);
      return (first ?? [])
        .filter((place) => rest.every((others) => others.includes(place)))
        .map((place) => places[place]!);
    },
  };
}

const wordsOf = (text: string): string[] =>
  [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);

/** Singular and plural are one word: a sorted set, Sorted sets. */
const has = (words: readonly string[], word: string): boolean =>
  words.some((one) => one === word || `${one}s` === word || one === `${word}s`);
