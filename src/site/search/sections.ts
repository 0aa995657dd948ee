/**
 * In which order pages, and the sections of a page, are shown. Pagefind has ranked the pages, and gives
 * the sections of each as they stand on it; here the sections are ranked by how well they match, and a
 * page goes up with its best one.
 */

/** A part of a page that matches, as Pagefind tells it. */
export interface Section {
  title: string;
  url: string;
  excerpt: string;
  /** Which words of the page's text match, and what each is worth: more where few pages have the word, and in a heading. */
  weighted_locations: readonly { location: number; balanced_score: number }[];
}

export interface Page<S extends Section = Section> {
  url: string;
  /** Its text: words that `location` counts. */
  content: string;
  /** As Pagefind ranks it among the pages. */
  score: number;
  sub_results: readonly S[];
}

/**
 * @param terms the words that are looked for.
 * @returns what each section is worth. A word counts for less each time it stands there again, and double if
 * the title has it: then the section is about it.
 */
function worthOf(page: Page, terms: readonly string[]): number[] {
  const words = page.content.split(/\s+/);
  const stems = terms.map(stem);
  return page.sub_results.map(({ title, weighted_locations }) => {
    const perTerm = new Float64Array(stems.length + 1);
    for (const { location, balanced_score } of weighted_locations) {
      const word = (words[location] ?? '').toLowerCase();
      const term = stems.findIndex((one) => word.includes(one));
      perTerm[term < 0 ? stems.length : term]! += balanced_score;
    }
    const named = title.toLowerCase();
    const inTitle = (term: number): boolean =>
      stems[term] !== undefined && named.includes(stems[term]);
    return perTerm.reduce(
      (sum, score, term) => sum + Math.log2(1 + score) * (inTitle(term) ? 2 : 1),
      0,
    );
  });
}

/** Enough of a word to know it in another form: `expires`, `expiry`. */
const stem = (word: string): string =>
  word.toLowerCase().slice(0, Math.max(3, word.length - Math.floor(word.length / 3)));

/**
 * @param query what is looked for.
 * @returns the pages in a new order, each with its sections in a new order.
 */
export function ranked<P extends Page>(pages: readonly P[], query: string): P[] {
  const terms = query.match(/[\p{L}\p{N}]+/gu) ?? [];
  const topScore = Math.max(...pages.map(({ score }) => score), Number.MIN_VALUE);
  const judged = pages.map((page) => {
    const worth = worthOf(page, terms);
    const order = [...worth.keys()].sort((a, b) => worth[b]! - worth[a]! || a - b);
    return {
      page: { ...page, sub_results: order.map((place) => page.sub_results[place]!) },
      best: Math.max(...worth, 0),
    };
  });
  const topBest = Math.max(...judged.map(({ best }) => best), Number.MIN_VALUE);
  const rank = ({ page, best }: (typeof judged)[number]): number =>
    page.score / topScore + best / topBest;
  return judged.sort((a, b) => rank(b) - rank(a)).map(({ page }) => page);
}
