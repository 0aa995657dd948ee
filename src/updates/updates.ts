/**
 * Tells a page that the course was published anew while it was open. What such a page loads on demand may
 * be gone from the site, and no further try brings it.
 */

/** What a reader is told, after what could not be loaded. */
export const UPDATED =
  'The course was updated since you opened this page. Reload it: your edits and answers stay.';

/**
 * Why something did not come.
 *
 * @param otherwise what to say if the course was not updated: what is wrong, and what to do about it.
 */
export const whyNotLoaded = async (otherwise: string): Promise<string> =>
  (await isUpdated()) ? UPDATED : otherwise;

/**
 * Whether the site has other scripts for this page than it runs. The name of a script changes with its
 * content, and with that of all it loads. If so, it offers to reload the page.
 */
export async function isUpdated(): Promise<boolean> {
  try {
    const response = await fetch(location.pathname, { cache: 'no-cache' });
    const html = await response.text();
    const own = [...document.querySelectorAll('script[src]')].map((one) =>
      one.getAttribute('src')!,
    );
    // A café's sign-in page has none of the course's.
    const updated =
      /"[^"]*\/_astro\/[^"]+\.js"/.test(html) && own.some((src) => !html.includes(`"${src}"`));
    if (updated) offerReload();
    return updated;
  } catch {
    return false;
  }
}

function offerReload(): void {
  if (document.querySelector('.course-updated')) return;
  const notice = document.createElement('p');
  notice.className = 'course-updated';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'primary';
  button.textContent = 'Reload the page';
  button.addEventListener('click', () => location.reload());
  notice.append('The course was updated. ', button);
  document.body.append(notice);
}
