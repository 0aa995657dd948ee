/**
 * The lasting id of a page of the lecture: the one its author gave it, or the words of its address.
 *
 * @param slug its address below the site's base, without slashes at the ends; empty for the home page.
 * @param given `id` of its frontmatter: `1.2`, `summary`.
 */
export const pageId = (slug: string, given?: string): string =>
  given ?? (slug === '' || slug === 'index' ? 'home' : slug.replaceAll('/', '-'));
