/**
 * Loads what bets need when one comes near the screen, or is placed before: a page is begun to be read without. Until then
 * the output is folded, and “Show me” and Run work.
 */
const load = (): Promise<unknown> => import('./element.ts').catch(() => undefined);

const near = new IntersectionObserver(
  (entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting))
      void load().then((loaded) => loaded && near.disconnect());
  },
  // A screen ahead: what was bet before is open when it is scrolled to.
  { rootMargin: '100% 0px' },
);
for (const bet of document.querySelectorAll('course-bet')) near.observe(bet);

document.addEventListener('course:running', ({ target }) =>
  (target as Element).querySelector('.cell-fold')?.setAttribute('open', ''),
);
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  const said = form.closest('course-bet:not(:defined)')?.querySelector('.bet-said');
  if (!said) return;
  event.preventDefault();
  void load().then((loaded) => {
    if (loaded) form.requestSubmit();
    else said.textContent = 'This could not be loaded. Check your connection and bet again.';
  });
});
