/** `<course-continue>`: leads a reader who was here before to the next page. */
import { whenKeptChanges } from '../../foundation/kept/kept.ts';
import { nextPage } from './next-page.ts';
import { pagesRead } from './whole.ts';

interface PageLink {
  id: string;
  href: string;
  label: string;
}

class CourseContinue extends HTMLElement {
  connectedCallback(): void {
    const pages = JSON.parse(this.dataset['pages']!) as PageLink[];
    const end = pages.pop()!;
    const draw = (): void => {
      const next = nextPage(
        pagesRead(),
        pages.map(({ id }) => id),
      );
      const to = pages.find(({ id }) => id === next) ?? end;
      const link = this.querySelector('a')!;
      link.href = to.href;
      link.textContent = to.label;
      this.querySelector('span')!.textContent =
        next === undefined
          ? 'You read it all:'
          : next === pages[0]!.id
            ? 'Start with'
            : 'Go on with';
    };
    draw();
    addEventListener('pageshow', draw);
    whenKeptChanges(draw);
  }
}

customElements.define('course-continue', CourseContinue);
