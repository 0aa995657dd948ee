/**
 * Keeps progress, on every page of the site: what was read, what cells, questions and exercises say,
 * and the marks at the links to sections. Frames (`/embed/`) keep none: a browser gives a frame in
 * another site a storage of its own, so nobody would ever see what is kept there.
 */
import { whenKeptChanges } from '../../foundation/kept/kept.ts';
import { lastingId } from '../../foundation/addresses/lasting.ts';
import { DONE_EVENT, type Done } from '../../foundation/page/done.ts';
import { reviews, saveDone, saveRead } from '../record/record.ts';
import { isDue } from '../record/schedule.ts';
import { drawMarks } from './marks.ts';
import { whenRead } from './reading.ts';

document.addEventListener(DONE_EVENT, (event) => {
  saveDone((event as CustomEvent<Done>).detail, new Date());
  drawMarks();
});
whenRead((page) => {
  saveRead(page);
  drawMarks();
});
drawMarks();
// What was bet wrong is asked again when it is due.
for (const bet of document.querySelectorAll<HTMLElement>('course-bet')) {
  const review = reviews.get(lastingId(bet.closest('course-cell')!.id) ?? '');
  if (review && isDue(review, new Date())) bet.dataset['review'] = '';
}
// Another tab wrote; the reader comes back on another day; the page comes back from the cache.
whenKeptChanges(drawMarks);
addEventListener('visibilitychange', drawMarks);
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) drawMarks();
});
