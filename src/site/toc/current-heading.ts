/**
 * Marks the heading that is being read, in every table of contents of the page: the last one above
 * the upper quarter of the screen.
 */
const links = [...document.querySelectorAll<HTMLAnchorElement>('.toc a')];
const current = document.querySelector('.toc-current');
const list = document.querySelector<HTMLElement>('#toc-list');

const headings = new Map<Element, HTMLAnchorElement[]>();
for (const link of links) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) headings.set(heading, [...(headings.get(heading) ?? []), link]);
}

/** Headings that are on the screen's upper quarter or above it. */
const passed = new Set<Element>();
let marked: readonly HTMLAnchorElement[] = [];

function mark(): void {
  const all = [...headings.keys()];
  const heading = all.findLast((one) => passed.has(one)) ?? all[0];
  const next = (heading && headings.get(heading)) ?? [];
  if (next === marked) return;
  for (const link of marked) link.removeAttribute('aria-current');
  for (const link of next) link.setAttribute('aria-current', 'true');
  marked = next;
  if (current) current.textContent = next[0]?.textContent ?? '';
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) passed.add(target);
      else passed.delete(target);
    mark();
  },
  // From far above the page, so that what has been passed stays within.
  { rootMargin: '1000000px 0px -75%' },
);
for (const heading of headings.keys()) observer.observe(heading);

list?.addEventListener('click', ({ target }) => {
  if ((target as Element).closest('a')) list.hidePopover();
});
