/** What the links to pages say: that one was read, and how many of its questions are due. */
import { loadRecord } from './record.ts';
import { isDue } from './schedule.ts';

/** Marks every link that names its page, `data-section="1.2"`: in the sidebar, in the outline. */
export function drawMarks(): void {
  const { read, reviews } = loadRecord();
  const now = new Date();
  const due = Object.keys(reviews).filter((id) => isDue(reviews[id]!, now));
  for (const link of document.querySelectorAll<HTMLElement>('a[data-section]')) {
    const page = link.dataset['section']!;
    const count = due.filter((id) => id.startsWith(`${page}.q-`)).length;
    const words = [
      ...(read.includes(page) ? ['read'] : []),
      ...(count > 0 ? [`${count} to review`] : []),
    ].join(', ');
    link.querySelector('.progress-mark')?.remove();
    if (words === '') continue;
    // Drawn by the style, said by the words.
    const mark = span('progress-mark');
    mark.dataset['read'] = String(read.includes(page));
    mark.dataset['due'] = String(count);
    mark.title = words;
    const said = span('sr-only');
    said.textContent = `, ${words}`;
    mark.append(said);
    link.append(mark);
  }
}

function span(name: string): HTMLElement {
  const made = document.createElement('span');
  made.className = name;
  return made;
}
