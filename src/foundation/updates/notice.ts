/** What `updates.ts` fetches: whether the course was updated, and the button that reloads the page. */

export async function updated(): Promise<string | undefined> {
  if (!(await hasOtherScripts())) return undefined;
  offerReload();
  return 'The course was updated since you opened this page. Reload it: your edits and answers stay.';
}

/** The name of a script changes with its content, and with that of all it loads. */
async function hasOtherScripts(): Promise<boolean> {
  const response = await fetch(location.pathname, { cache: 'no-cache' });
  const html = await response.text();
  // A café's sign-in page has none of the course's.
  if (!html.includes('/_astro/')) return false;
  const own = [...document.querySelectorAll('script[src]')].map((one) => one.getAttribute('src')!);
  return own.some((src) => !html.includes(`"${src}"`));
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
