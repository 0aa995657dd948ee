/** When a page was read: its end was on screen, and the reader did not just pass by. */
import { lastingId } from '../../foundation/addresses/lasting.ts';

/** Milliseconds that a page has to be open: one that fits on a screen is not read by opening it. */
const LEAST = 10_000;

/** @param tell gets the id of this page, once. Pages that are not in the sidebar are nobody’s lesson. */
export function whenRead(tell: (page: string) => void): void {
  const page = lastingId();
  if (page === null || !document.querySelector(`a[data-section="${page}"]`)) return;
  const end = document.querySelector('.page-foot')!;
  const title = document.querySelector('h1')!;
  // Whoever follows a link to something on the page, as to a question at its end, has not read what
  // stands before it: that takes the way from the title.
  const [opening] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const cameBack = (opening?.type ?? 'navigate') !== 'navigate';
  let fromTitle = cameBack || location.hash === '';
  let timer: ReturnType<typeof setTimeout>;
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (target === title) fromTitle ||= isIntersecting;
      else {
        clearTimeout(timer);
        if (isIntersecting && fromTitle)
          timer = setTimeout(() => {
            observer.disconnect();
            tell(page);
          }, LEAST - performance.now());
      }
    }
  });
  observer.observe(title);
  observer.observe(end);
}
