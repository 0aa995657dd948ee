/** What a lecturer pastes into an LMS. The same code makes it for the page and in the reader's browser. */

export type FrameTheme = 'system' | 'light' | 'dark';

/** Fits most cells; whoever listens to the page's messages gives the frame its own height. */
const HEIGHT = 600;

/**
 * @param address of the page under `/embed/`.
 * @returns the frame's HTML. It may write to the clipboard, for the Copy buttons in it.
 */
export function frameCode(address: string, title: string, theme: FrameTheme): string {
  const src = theme === 'system' ? address : `${address}?theme=${theme}`;
  return (
    `<iframe src="${attribute(src)}" title="${attribute(title)}" width="100%" height="${HEIGHT}" ` +
    'style="border:0" loading="lazy" allow="clipboard-write"></iframe>'
  );
}

/** Links as the HTML of a list. */
export const listCode = (links: readonly { address: string; title: string }[]): string =>
  [
    '<ul>',
    ...links.map(
      ({ address, title }) => `  <li><a href="${attribute(address)}">${attribute(title)}</a></li>`,
    ),
    '</ul>',
  ].join('\n');

/** Text for between tags and for attributes in double quotes. */
const attribute = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Resizes frames to what their pages need, on a site that does not do it by itself. */
export const LISTENER = `addEventListener('message', (event) => {
  if (typeof event.data !== 'string' || !event.data.includes('lti.frameResize')) return;
  const { subject, height } = JSON.parse(event.data);
  if (subject !== 'lti.frameResize') return;
  for (const frame of document.querySelectorAll('iframe'))
    if (frame.contentWindow === event.source) frame.style.height = \`\${height}px\`;
});`;
