/** Keeps what a reader writes on a case, and gives it out as Markdown. */
import { recordFile, recordMarkdown } from './markdown.ts';
import { saveWritten, whenWritten, writtenOn, type Written } from './written.ts';

/** Pauses in typing that are long enough to keep what was typed, in milliseconds. */
const PAUSE = 400;

class CourseCase extends HTMLElement {
  #pause: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#show(writtenOn(this.#name));
    this.querySelector<HTMLElement>('.case-bar')!.hidden = false;
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#keep(), PAUSE);
      this.#look();
    });
    // Leaving the page, or the field, is a pause as well.
    this.#form.addEventListener('change', () => this.#keep());
    addEventListener('pagehide', () => this.#keep());
    this.addEventListener('click', ({ target }) => {
      const action = (target as Element).closest<HTMLElement>('[data-action]')?.dataset['action'];
      if (action === 'copy') void this.#copy();
      if (action === 'download') this.#download();
    });
    whenWritten((name) => {
      // Who is typing here goes on, and what is kept last stays.
      if ((name ?? this.#name) === this.#name && !this.#form.contains(document.activeElement))
        this.#show(writtenOn(this.#name));
    });
  }

  get #name(): string {
    return this.dataset['case']!;
  }
  get #form(): HTMLFormElement {
    return this.querySelector('form')!;
  }
  get #fields(): HTMLTextAreaElement[] {
    return [...this.querySelectorAll('textarea')];
  }
  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  }

  get #written(): Written {
    return {
      texts: Object.fromEntries(this.#fields.map(({ name, value }) => [name, value])),
      met: this.#boxes.filter(({ checked }) => checked).map(({ value }) => value),
    };
  }

  #show({ texts, met }: Written): void {
    for (const field of this.#fields)
      field.value = Object.hasOwn(texts, field.name) ? texts[field.name]! : '';
    for (const box of this.#boxes) box.checked = met.includes(box.value);
    this.#look();
  }

  #look(): void {
    for (const field of this.#fields) {
      // Paper shows all of it, however long.
      field.nextElementSibling!.textContent = field.value;
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight + 2}px`;
    }
    const { met } = this.#written;
    this.querySelector('.case-count')!.textContent =
      met.length === 0 ? '' : `${met.length} of ${this.#boxes.length} found in your record.`;
  }

  #keep(): void {
    clearTimeout(this.#pause);
    const now = this.#written;
    const nothing = now.met.length === 0 && Object.values(now.texts).every((text) => text === '');
    if (nothing && Object.keys(writtenOn(this.#name).texts).length === 0) return;
    const kept = saveWritten(this.#name, now);
    this.#say(
      kept
        ? 'Kept in this browser.'
        : 'This browser keeps nothing beyond this page: copy or download what you wrote.',
    );
  }

  get #markdown(): string {
    const title = this.querySelector('.case-title')!.textContent.trim();
    const parts = this.#fields.map(({ dataset, value }) => ({
      title: dataset['title']!,
      text: value,
    }));
    return recordMarkdown(title, parts);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#markdown);
      this.#say('Copied.');
    } catch {
      this.#say('The browser does not let this page copy. Download it instead.');
    }
  }

  #download(): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([this.#markdown], { type: 'text/markdown' }));
    link.download = recordFile(this.#name);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.#say(`Downloaded as ${link.download}.`);
  }

  #say(text: string): void {
    this.querySelector('.case-status')!.textContent = text;
  }
}

customElements.define('course-case', CourseCase);
