/**
 * `<lms-links>`: addresses become whole ones, as this reader sees the site, and get buttons that copy
 * them or the code of a frame. The file and the list get whole addresses too.
 */
import { idOfFragment } from '../../foundation/addresses/fragment.ts';
import { frameCode, listCode, type FrameTheme } from './snippets.ts';

class LmsLinks extends HTMLElement {
  connectedCallback(): void {
    const controls = this.querySelector<HTMLElement>('.lms-theme')!;
    controls.hidden = false;
    this.querySelector<HTMLElement>('.lms-list button')!.hidden = false;
    for (const details of this.querySelectorAll('details'))
      // On a slow line a reader opens one before this script is there.
      if (details.open) this.#complete(details);
      else details.addEventListener('toggle', () => this.#complete(details), { once: true });
    for (const table of this.querySelectorAll<HTMLElement>('.lms-pages')) this.#complete(table);
    this.#writeList();
    this.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>('button[data-copy]');
      if (button) void this.#copy(button);
    });
    this.querySelector('.lms-csv')!.addEventListener('click', (event) => {
      event.preventDefault();
      void this.#download(event.target as HTMLAnchorElement);
    });
    const open = (): void => {
      const named = document.getElementById(idOfFragment(location.hash));
      if (named instanceof HTMLDetailsElement) named.open = true;
    };
    addEventListener('hashchange', open);
    open();
  }

  /** What nobody opens stays as it was: there are hundreds of rows. */
  #complete(part: HTMLElement): void {
    for (const row of part.querySelectorAll('tbody tr')) {
      const title = row.querySelector('.lms-title')!.textContent;
      const [link, frame] = [1, 2].map((cell) => row.children[cell]!.querySelector('a'));
      for (const [anchor, what] of [
        [link, 'link'],
        [frame, 'frame'],
      ] as const) {
        if (!anchor) continue;
        // The property is the whole address.
        anchor.textContent = anchor.href;
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = what === 'link' ? 'Copy' : 'Copy code';
        button.dataset['copy'] = what;
        button.dataset['title'] = title;
        button.ariaLabel = `${button.textContent}: ${what} of ${title}`;
        anchor.before(button, ' ');
      }
    }
  }

  #writeList(): void {
    const links = [...this.querySelectorAll<HTMLElement>('.lms-pages tbody tr')].map((row) => ({
      address: row.querySelector('a')!.href,
      title: row.querySelector('.lms-title')!.textContent,
    }));
    this.querySelector('.lms-list code')!.textContent = listCode(links);
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const { copy, title = '' } = button.dataset;
    const address = button.parentElement!.querySelector('a')?.href ?? '';
    const theme = this.querySelector<HTMLSelectElement>('select')!.value as FrameTheme;
    const text =
      copy === 'list'
        ? this.querySelector('.lms-list code')!.textContent
        : copy === 'frame'
          ? frameCode(address, title, theme)
          : address;
    const status = this.querySelector('[role=status]')!;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied: ${text.split('\n')[0]}`;
    } catch {
      status.textContent = `The browser does not allow copying here. Copy this: ${text}`;
    }
  }

  /** The file as it is served names paths; this one names the site as well. */
  async #download(anchor: HTMLAnchorElement): Promise<void> {
    const text = await (await fetch(anchor.href)).text();
    const whole = text.replace(/"(\/[^"]*(?:go|embed)\/[^"/]+\/)"/g, `"${location.origin}$1"`);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`\uFEFF${whole}`], { type: 'text/csv' }));
    link.download = 'course-links.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

customElements.define('lms-links', LmsLinks);
