/**
 * `<course-cell>`: the cell's buttons and state. It is on every page with a cell and stays small;
 * databases and the editor are loaded when a reader asks for them.
 */
import type { EngineName, ScriptFile } from '../../engines/engine.ts';
import { lastingLink } from '../../permalinks/lasting.ts';
import { whyNotLoaded } from '../../updates/updates.ts';
import type { Editor } from '../editor/editor.ts';
import { loadDraft, removeDraft, saveDraft } from './drafts.ts';
import { readFragment, shareLink } from './share.ts';

type Action = 'run' | 'stop' | 'edit' | 'reset' | 'copy' | 'share';

/** Whose code stands in the cell. */
type Author = 'course' | 'reader' | 'link';

const AUTHOR_NOTES: Readonly<Record<Author, string>> = {
  course: '',
  reader: 'Your version',
  link: 'This code came with a link. It is not the course’s own: read it before you run it.',
};

export class CourseCell extends HTMLElement {
  readonly engine = this.dataset['engine'] as EngineName;
  #original: ScriptFile[] = [];
  #files: ScriptFile[] = [];
  #author: Author = 'course';
  #editor: Editor | undefined;
  #editing: Promise<void> | undefined;
  #running: AbortController | undefined;
  #builtResults: globalThis.Node[] = [];
  #builtNote = '';
  /** The code whose output stands below, and what is said of that output. */
  #shown: { files: readonly ScriptFile[]; note: string } = { files: [], note: '' };

  connectedCallback(): void {
    if (this.#original.length > 0) return;
    this.#original = [...this.querySelectorAll<HTMLElement>('.cell-file')].map((file) => ({
      name: file.dataset['name']!,
      code: file.querySelector('code')!.textContent,
    }));
    this.#files = this.#original;
    this.#builtResults = [...this.#part('.cell-results').childNodes];
    this.#builtNote = this.#part('.cell-output-note').firstChild!.textContent!.trim();
    this.#shown = { files: this.#original, note: this.#builtNote };
    this.#part('.cell-bar').hidden = false;
    this.addEventListener('click', (event) => {
      const button = (event.target as globalThis.Element).closest<HTMLElement>('[data-action]');
      if (button) void this.#act(button.dataset['action'] as Action);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      void this.run();
    });
    const warm = (): void =>
      void import('./databases.ts')
        .then(({ warm }) => warm(this.engine, this.dataset['dataset'] ?? null))
        .catch(() => undefined); // Run tells.
    for (const event of ['pointerenter', 'focus'])
      this.#button('run').addEventListener(event, warm, { once: true });

    const draft = loadDraft(this.id);
    if (draft) this.#setFiles(draft, 'reader');
    const open = (): void => {
      const shared = readFragment(location.hash);
      if (shared?.cell === this.anchor) void this.#openShared(shared.files);
    };
    addEventListener('hashchange', open);
    open();
  }

  /** Where links to the cell lead: to itself, or to what it is a part of. */
  get anchor(): string {
    return this.dataset['within'] ?? this.id;
  }

  /** The cell's code as it stands, edits included. */
  get files(): readonly ScriptFile[] {
    return this.#files;
  }

  async run(): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.#showRunning(true);
    try {
      const { runCell } = await import('./run.ts');
      await runCell(this, running.signal);
    } catch {
      this.say(
        await whyNotLoaded(
          'The runner could not be loaded. Check your connection and press Run again.',
        ),
        'error',
      );
    } finally {
      this.#running = undefined;
      this.#showRunning(false);
    }
  }

  /** Says something about the cell to everybody, screen readers included. */
  say(text: string, kind: 'info' | 'error' = 'info'): void {
    const status = this.#part('.cell-status');
    status.textContent = text;
    status.dataset['kind'] = kind;
  }

  /**
   * Puts other nodes in the place of the output.
   *
   * @param note where they come from.
   * @param files the code that they are the output of.
   */
  showResults(
    nodes: readonly globalThis.Node[],
    note: string,
    files: readonly ScriptFile[] = this.#files,
  ): void {
    this.#part('.cell-results').replaceChildren(...nodes);
    this.#shown = { files, note };
    this.#noteOutput();
  }

  /** Says whose output it is, also when the code above it has become another. */
  #noteOutput(): void {
    const { files, note } = this.#shown;
    const stale = !isSame(files, this.#files) && this.#part('.cell-results').hasChildNodes();
    const whose = isSame(files, this.#original)
      ? 'the course’s code'
      : 'the code before your change';
    this.#part('.cell-output-note').firstChild!.textContent = stale ? `Output of ${whose}` : note;
    this.#part('.cell-output').toggleAttribute('data-stale', stale);
  }

  /** Shows how far a download is; `null` when there is nothing to wait for. */
  showProgress(share: number | 'unknown' | null): void {
    const progress = this.querySelector('progress')!;
    progress.hidden = share === null;
    if (typeof share === 'number') progress.value = share;
    else progress.removeAttribute('value');
  }

  async #act(action: Action): Promise<void> {
    switch (action) {
      case 'run':
        return this.run();
      case 'stop':
        this.#running?.abort();
        this.#button('run').focus();
        return;
      case 'edit':
        return this.#edit();
      case 'reset':
        return this.#reset();
      case 'copy':
        return this.#copy(this.#files.map(({ code }) => code).join('\n\n'), 'Copied.');
      case 'share':
        return this.#share();
    }
  }

  #edit(): Promise<void> {
    this.#editing ??= (async () => {
      this.say('Loading the editor…');
      this.showProgress('unknown');
      try {
        const { openEditor } = await import('../editor/mount.tsx');
        this.#editor = await openEditor(this.#part('.cell-code'), {
          files: this.#files,
          engine: this.engine,
          label: this.querySelector('.cell-title')!.textContent,
          onChange: (files) => this.#edited(files),
        });
        // A phone has none of these keys.
        this.say(
          matchMedia('(any-pointer: fine)').matches
            ? 'Esc, then Tab leaves the editor. Ctrl+Enter runs.'
            : '',
        );
        this.#button('edit').hidden = true;
        this.#editor.focus();
      } catch {
        this.#editing = undefined;
        this.say(
          await whyNotLoaded(
            'The editor could not be loaded. Check your connection and press Edit again.',
          ),
          'error',
        );
      } finally {
        this.showProgress(null);
      }
    })();
    return this.#editing;
  }

  #edited(files: ScriptFile[]): void {
    if (isSame(files, this.#files)) return;
    this.#files = files;
    this.#setAuthor('reader');
    if (!saveDraft(this.id, files))
      this.say('This browser keeps no edits: they are gone when you leave the page.', 'error');
  }

  /** Puts the course's own code back, and forgets the reader's. */
  restore(): void {
    removeDraft(this.id);
    if (readFragment(location.hash)) history.replaceState(null, '', `#${this.anchor}`);
    this.#setFiles(this.#original, 'course');
    this.showResults(this.#builtResults, this.#builtNote, this.#original);
    this.say('The course’s code again. The next run starts from fresh data.');
  }

  #reset(): void {
    this.restore();
    this.#button('run').focus();
  }

  async #openShared(files: ScriptFile[]): Promise<void> {
    this.#setFiles(files, 'link');
    this.scrollIntoView();
    await this.#edit();
  }

  #setFiles(files: ScriptFile[], author: Author): void {
    this.#files = files;
    this.#setAuthor(author);
    if (this.#editor) return this.#editor.setFiles(files);
    const listings = [...this.querySelectorAll<HTMLElement>('.cell-file')];
    for (const [index, listing] of listings.entries()) {
      const file = files[index];
      listing.hidden = !file;
      if (file && file.code !== listing.querySelector('code')!.textContent)
        listing.querySelector('code')!.textContent = file.code;
    }
  }

  #setAuthor(author: Author): void {
    this.#author = author;
    this.dataset['author'] = author;
    this.#noteOutput();
    this.#part('.cell-author').textContent = AUTHOR_NOTES[this.#author];
    this.#button('reset').hidden = author === 'course';
    this.#button('share').hidden = author === 'course';
  }

  async #copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(done);
    } catch {
      this.say('The browser does not allow copying here: select the text and copy it.', 'error');
    }
  }

  async #share(): Promise<void> {
    const link = shareLink(lastingLink(this.anchor) ?? location.href, this.anchor, this.#files);
    if (link === null)
      return this.say('The code is too long for a link: copy it instead.', 'error');
    await this.#copy(
      link,
      'Link copied. Whoever opens it sees your code; it does not run by itself.',
    );
  }

  #showRunning(running: boolean): void {
    this.dataset['state'] = running ? 'running' : 'idle';
    this.#button('run').hidden = running;
    this.#button('stop').hidden = !running;
    const focused = document.activeElement;
    if (
      focused === this.#button('run') ||
      focused === this.#button('stop') ||
      focused === document.body
    )
      this.#button(running ? 'stop' : 'run').focus({ preventScroll: true });
  }

  #part = (selector: string): HTMLElement => this.querySelector<HTMLElement>(selector)!;
  #button = (action: Action): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)!;
}

const isSame = (some: readonly ScriptFile[], others: readonly ScriptFile[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

customElements.define('course-cell', CourseCell);
