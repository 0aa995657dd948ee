/** Which built page belongs to which file of the lecture. */
import { readOutline, readPages } from '../../src/foundation/course/outline.ts';

/** A page of the lecture, as it lies in the built folder and in the checkout. */
export interface LecturePage {
  /** `1.2`. */
  id: string;
  title: string;
  /** Its address below the base, without slashes at the ends. */
  slug: string;
  /** The file in the built folder. */
  page: string;
  /** The file an author edits. */
  source: string;
  /** A section teaches; a part's page lists its sections; closing pages stand after the last part. */
  kind: 'part' | 'section' | 'closing';
}

/** All pages of the lecture in its order. @param root the checkout */
export function lecturePages(root: string): LecturePage[] {
  const parts = readOutline(root);
  const kindOf = (id: string): LecturePage['kind'] => {
    if (parts.some((part) => part.id === id)) return 'part';
    return /^\d/.test(id) ? 'section' : 'closing';
  };
  return readPages(root).map(({ id, title, slug, file }) => ({
    id,
    title,
    slug,
    page: `${slug}/index.html`,
    source: file,
    kind: kindOf(id),
  }));
}

/** Page in the built folder → file an author edits. @param root the checkout */
export function pageSources(root: string): Map<string, string> {
  return new Map(lecturePages(root).map(({ page, source }) => [page, source]));
}
