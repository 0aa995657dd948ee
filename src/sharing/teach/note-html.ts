/**
 * A teacher's note outside its page, as HTML. A note holds Markdown and `<SectionLink>`; anything
 * else that needs the page around it is refused.
 */
import { markdownToHtml } from 'satteri';
import { labelOf, type LecturePage } from '../../foundation/course/outline.ts';

const LINK =
  /<SectionLink\s+id="([^"]+)"(?:\s+hash="([^"]+)")?\s*(?:\/>|>([\s\S]*?)<\/SectionLink>)/g;

/**
 * @param markdown of the note.
 * @param pages what links may lead to.
 * @param base of the site, without a slash at its end.
 * @throws Error for a link to a section that is not there, and for other components.
 */
export function noteHtml(markdown: string, pages: readonly LecturePage[], base: string): string {
  const linked = markdown.replace(LINK, (_, id: string, hash?: string, words?: string) => {
    const page = pages.find((candidate) => candidate.id === id);
    if (!page) throw new Error(`a teacher’s note links to section ${id}, which there is not.`);
    return `[${words ?? labelOf(page)}](${base}/${page.slug}/${hash ? `#${hash}` : ''})`;
  });
  const component = /<([A-Z]\w*)/.exec(linked)?.[1];
  if (component)
    throw new Error(
      `a teacher’s note cannot hold <${component}>: it also stands on the run sheet. Put it into the page, outside the note.`,
    );
  return (markdownToHtml(linked) as { html: string }).html;
}

/** A prompt as HTML: one line, without a paragraph around it. */
export const promptHtml = (prompt: string, pages: readonly LecturePage[], base: string): string =>
  noteHtml(prompt, pages, base)
    .trim()
    .replace(/^<p>([\s\S]*)<\/p>$/, '$1');
