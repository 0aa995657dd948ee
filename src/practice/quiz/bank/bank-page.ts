/**
 * The page at `/questions/<section>/`: the questions of a section as its page asks them, cut out of that
 * page, so that any other page can fetch and ask them. A section is the unit because it is 3 kB: a test
 * of 20 takes as much as one file of all questions would, and a review of two takes a tenth of it.
 */
import { elementsOf } from '../../../foundation/markup/elements.ts';
import { escaped } from '../../../foundation/markup/escaped.ts';

/** Where the questions of a section come from, as far as their page names it. */
export interface BankSection {
  /** `1.2` */
  id: string;
  title: string;
  /** The address of the section's page, base included: `/course/the-problem/jsonb/`. */
  address: string;
}

/**
 * @param html the section's built page.
 * @returns a page of its own, which search engines are asked to leave out.
 * @throws Error if the section asks nothing: then the bank would be short of what the course has.
 */
export function bankPage(html: string, { id, title, address }: BankSection): string {
  const elements = elementsOf(html);
  const found = elements.filter(({ name }) => name === 'course-question');
  const bets = elements.filter(
    ({ name, start, end }) =>
      name === 'course-cell' &&
      elements.some((one) => one.name === 'course-bet' && start < one.start && one.end < end),
  );
  if (found.length === 0) throw new Error(`the page of section ${id} has no question`);
  const language = elements.find(({ name }) => name === 'html')?.attributes['lang'] ?? 'en';
  const first = found[0]!.attributes['id'] ?? '';
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="robots" content="noindex"/>',
    `<title>Questions of section ${id}</title></head><body><main>`,
    `<h1>Questions of section ${id}</h1><p>They are asked on the section’s page: `,
    `<a href="${escaped(address)}#${first}">${escaped(`${id} ${title}`)}</a>.</p>`,
    ...[...found, ...bets].map(({ start, end }) => html.slice(start, end)),
    '</main></body></html>\n',
  ].join('');
}
