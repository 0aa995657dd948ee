/**
 * Questions for a page that is not theirs: fetched from the site itself, section by section, and adopted
 * as nodes. The page that asks them loads `../element.ts` and `../question.css`, and for bets the element and the styles of `running/cells/bets`.
 */
import { base } from '../../../foundation/addresses/base.ts';
import { bankPath, sectionOf } from './path.ts';

/** Some questions did not arrive; asking again may help. */
export class QuestionsUnavailable extends Error {
  override readonly name = 'QuestionsUnavailable';
}

/** What has arrived, or is on its way. */
const sections = new Map<string, Promise<Document>>();

/**
 * @param ids lasting ids: `1.2.q-null-share`.
 * @returns their `<course-question>` elements, or of bets their cells, new ones each time and not in the page yet, in the order of
 * the ids. Their ids are lasting ones too, as questions of two sections may share the short one. A question
 * that the course no longer has is left out.
 * @throws QuestionsUnavailable if a section could not be fetched. What did arrive is not fetched again.
 */
export async function fetchQuestions(ids: readonly string[]): Promise<HTMLElement[]> {
  const wanted = [...new Set(ids.map(sectionOf))];
  const pages = new Map(
    await Promise.all(wanted.map(async (id) => [id, await pageOf(id)] as const)),
  );
  return ids.flatMap((id) => {
    const page = pages.get(sectionOf(id))!;
    const found = page.querySelector<HTMLElement>(
      `course-question[data-question="${CSS.escape(id)}"]`,
    );
    if (!found) return betIn(page, id);
    const question = document.importNode(found, true);
    question.id = id;
    return [question];
  });
}

/** A bet is asked with its code and its output, and without what runs it: that is on its own page. */
function betIn(page: Document, id: string): HTMLElement[] {
  const anchor = id.slice(id.lastIndexOf('.') + 1);
  const found = page.querySelector(`course-cell[id="${CSS.escape(anchor)}"]:has(course-bet)`);
  if (!found) return [];
  const cell = document.importNode(found, true) as HTMLElement;
  cell.id = id;
  cell.querySelector('.cell-bar')?.remove();
  const address = page.querySelector('h1 + p a')?.getAttribute('href')?.split('#')[0] ?? '';
  cell.querySelector('.cell-title')?.setAttribute('href', `${address}#${anchor}`);
  const { dataset } = cell.querySelector<HTMLElement>('course-bet')!;
  dataset['bet'] = id;
  dataset['review'] = '';
  return [cell];
}

function pageOf(section: string): Promise<Document> {
  const known = sections.get(section);
  if (known) return known;
  const page = fetchPage(section);
  sections.set(section, page);
  page.catch(() => sections.delete(section));
  return page;
}

async function fetchPage(section: string): Promise<Document> {
  let response: Response;
  try {
    response = await fetch(`${base}/${bankPath(section)}`);
  } catch (error) {
    throw unavailable(section, error);
  }
  // A section that is gone has no question any more.
  if (!response.ok && response.status !== 404) throw unavailable(section, response.status);
  const page = new DOMParser().parseFromString(
    response.ok ? await response.text() : '',
    'text/html',
  );
  // What is said to readers without JavaScript is nothing to one who has it.
  for (const hidden of page.querySelectorAll('noscript')) hidden.remove();
  return page;
}

const unavailable = (section: string, cause: unknown): QuestionsUnavailable =>
  new QuestionsUnavailable(`the questions of section ${section} could not be fetched`, { cause });
