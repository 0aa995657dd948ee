/** What the links to pages say: that one was read, and how many of its questions are due. */
import { reads, reviews } from '../record/record.ts';
import { isDue } from '../record/schedule.ts';

/** Marks every link that names its page, `data-section="1.2"`: in the sidebar, in the outline. */
export function drawMarks(): void {
  const now = new Date();
  const due = [...reviews.all()].filter(([, review]) => isDue(review, now)).map(([id]) => id);
  for (const link of document.querySelectorAll<HTMLElement>('a[data-section]')) {
    const page = link.dataset['section']!;
    const read = reads.get(page) !== undefined;
    const count = due.filter((id) => id.slice(0, id.lastIndexOf('.')) === page).length;
    const words = [...(read ? ['read'] : []), ...(count > 0 ? [`${count} to review`] : [])].join(
      ', ',
    );
    link.querySelector('.progress-mark')?.remove();
    if (words === '') continue;
    // Drawn by the style, said by the words.
    const mark = span('progress-mark');
    mark.dataset['read'] = String(read);
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
