/** Text search over the manual's `articles` ("$text", "Examples"). */
import type { Input } from '../values/types.ts';

export const ARTICLES: Input[] = [
  { _id: 1, subject: 'coffee', author: 'xyz', views: 50 },
  { _id: 2, subject: 'Coffee Shopping', author: 'efg', views: 5 },
  { _id: 3, subject: 'Baking a cake', author: 'abc', views: 90 },
  { _id: 4, subject: 'baking', author: 'xyz', views: 100 },
  { _id: 5, subject: 'Café Con Leche', author: 'abc', views: 200 },
  { _id: 6, subject: 'Сырники', author: 'jkl', views: 80 },
  { _id: 7, subject: 'coffee and cream', author: 'efg', views: 10 },
  { _id: 8, subject: 'Cafe con Leche', author: 'xyz', views: 10 },
];

/** What is searched for, and the articles that are found. */
export const SEARCHES: [search: Input, ids: number[]][] = [
  [{ $search: 'coffee' }, [1, 2, 7]],
  [{ $search: 'COFFEE' }, [1, 2, 7]],
  [{ $search: 'bake coffee cake' }, [1, 2, 3, 4, 7]],
  [{ $search: '"coffee shop"' }, [2]],
  [{ $search: '"coffee shop" cake' }, [2]],
  [{ $search: 'coffee -shop' }, [1, 7]],
  [{ $search: 'coffee -"and cream"' }, [1, 2]],
  [{ $search: '-coffee' }, []],
  [{ $search: 'the and' }, []],
  [{ $search: 'leche', $language: 'none' }, []],
  [{ $search: 'сырники CAFÉS' }, [5, 6, 8]],
  [{ $search: 'Coffee', $caseSensitive: true }, [2]],
  [{ $search: 'CAFÉ', $diacriticSensitive: true }, [5]],
  [{ $search: 'pre-market coffee-shop' }, [1, 2, 7]],
];

export const REFUSED_SEARCHES: [search: unknown, code: number, message: string][] = [
  ['coffee', 14, '$text expects an object'],
  [{}, 9, 'Missing required field $search in $text expression'],
  [{ $search: 5 }, 14, '"$search" had the wrong type. Expected string, found int'],
  [{ $search: 'a', $score: 1 }, 2, 'extra fields in $text: $score'],
  [
    { $search: 'a', $language: 'german' },
    238,
    'The language "german" of $text is not implemented in this document store',
  ],
];
