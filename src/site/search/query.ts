/** Words that a question is made of, and that say nothing about what is looked for. */
const STOP_WORDS = new Set(
  (
    'a an and are between can difference do does for from how i if in into is it my not of on or ' +
    'should than that the to use vs versus was what when where which why with'
  ).split(' '),
);

/**
 * The words of a question that carry it: “when not to use MongoDB” looks for MongoDB and little else
 * in the words, so the page that has MongoDB in its title should win.
 *
 * @returns the query as typed if it is quoted, or if nothing would be left of it.
 */
export function searchTerms(query: string): string {
  if (query.includes('"')) return query;
  const words = query.split(/\s+/).filter((word) => !STOP_WORDS.has(word.toLowerCase()));
  return words.length === 0 ? query : words.join(' ');
}
