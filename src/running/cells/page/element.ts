/**
 * `<course-cell>`: the cell's buttons and state. It is on every page with a cell and stays small;
 * databases, the editor, and whatever is not the course's own code are loaded when a reader asks for them.
 */
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import { whyNotLoaded } from '../../../foundation/updates/updates.ts';
// Most pages with a cell have a bet, and as a script of its own it would weigh twice as much.
import '../bets/near.ts';
import { draftId, drafts, isSame } from './drafts.ts';
import type { EditAction, Edits } from './edits.ts';
import { RunButtons } from './run-buttons.ts';

type Action = 'run' | 'stop' | 'copy' | EditAction;

/** Whose code stands in the cell. */
export type Author = 'course' | 'reader' | 'link';

export class CourseCell extends HTMLElement {
  readonly engine = this.dataset['engine'] as EngineName;
  #original: readonly ScriptFile[] = [];
  #files: readonly ScriptFile[] = [];
  #standing: readonly ScriptFile[] = [];
  #author: Author = 'course';
  #edits: Edits | undefined;
  #loading: Promise<Edits> | undefined;
  #running: AbortController | undefined;
  #buttons: RunButtons | undefined;
  #builtResults: globalThis.Node[] = [];
  #builtNote = '';
  /** The code whose output stands below, and what is said of that output. */
  #shown: { files: readonly ScriptFile[]; note: string } = { files: [], note: '' };

  connectedCallback(): void {
    if (this.#buttons) return;
    this.#original = [...this.querySelectorAll<HTMLElement>('.cell-file')].map((file) => ({
      name: file.dataset['name']!,
      code: file.querySelector('code')!.textContent,
    }));
    this.#files = this.#standing = this.#original;
    this.#builtResults = [...this.find('.cell-results').childNodes];
    this.#builtNote = this.find('.cell-output-note').firstChild!.textContent!.trim();
    this.#shown = { files: this.#original, note: this.#builtNote };
    this.find('.cell-bar').hidden = false;
    const buttons = new RunButtons(this.button('run'), this.button('stop'), {
      start: () => void this.run(),
      stop: () => this.#running?.abort(),
    });
    this.#buttons = buttons;
    this.addEventListener('click', (event) => {
      const button = (event.target as globalThis.Element).closest<HTMLElement>('[data-action]');
      if (button) void this.#act(button.dataset['action'] as Action);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) buttons.press();
    });
    const warm = (): void =>
      void import('./databases.ts')
        .then(({ warm }) => warm(this.engine, this.dataset['dataset'] ?? null))
        .catch(() => undefined); // Run tells.
    for (const event of ['pointerenter', 'focus'])
      this.button('run').addEventListener(event, warm, { once: true });

    const open = async (): Promise<void> => {
      if (!location.hash.startsWith(`#${this.anchor}:`)) return;
      const edits = await this.#load('The code of this link could not be loaded.');
      edits?.openLink(location.hash);
    };
    addEventListener('hashchange', () => void open());
    const changed = async (): Promise<void> => {
      const edits = await this.#load('What you changed in another tab could not be loaded.');
      edits?.otherTabWrote();
    };
    drafts.whenChanged((id) => {
      if (id === undefined || id === draftId(this.id)) void changed();
    });
    if (drafts.get(draftId(this.id))) void this.#load('Your version could not be loaded.');
    void open();
  }

  /** Where links to the cell lead: to itself, or to what it is a part of. */
  get anchor(): string {
    return this.dataset['within'] ?? this.id;
  }

  /** The course's code. */
  get original(): readonly ScriptFile[] {
    return this.#original;
  }

  /** The cell's code as it stands, edits included. */
  get files(): readonly ScriptFile[] {
    return this.#files;
  }

  /**
   * The code that later cells build on: what a link brought does not count for them before the reader has run it
   * where it stands, or kept it.
   */
  get standing(): readonly ScriptFile[] {
    return this.#standing;
  }

  get author(): Author {
    return this.#author;
  }

  async run(): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    // A bet on it is over.
    this.dispatchEvent(new Event('course:running', { bubbles: true }));
    this.#showRunning(true);
    this.#standing = this.#files;
    this.#edits?.ran();
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

  /** Shows other code: listing and editor are whose who calls. */
  show(files: readonly ScriptFile[], author: Author, standing: readonly ScriptFile[]): void {
    if (!isSame(files, this.#files)) this.#buttons!.renew();
    this.#files = files;
    this.#standing = standing;
    this.#author = author;
    this.dataset['author'] = author;
    this.#noteOutput();
  }

  /** Says something about the cell to everybody, screen readers included. */
  say(text: string, kind: 'info' | 'error' = 'info'): void {
    const status = this.find('.cell-status');
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
    // What stands there already stays: laid out, and scrolled to where the reader reads.
    const results = this.find('.cell-results');
    let kept = 0;
    while (kept < nodes.length && results.childNodes[kept] === nodes[kept]) kept += 1;
    [...results.childNodes].slice(kept).forEach((node) => node.remove());
    results.append(...nodes.slice(kept));
    this.#shown = { files, note };
    this.#noteOutput();
  }

  /** What the build printed. */
  showBuiltResults(): void {
    this.showResults(this.#builtResults, this.#builtNote, this.#original);
  }

  /** Says whose output it is, also when the code above it has become another. */
  #noteOutput(): void {
    const { files, note } = this.#shown;
    const stale = !isSame(files, this.#files) && this.find('.cell-results').hasChildNodes();
    const whose = isSame(files, this.#original)
      ? 'the course’s code'
      : 'the code that stood here before';
    this.find('.cell-output-note').firstChild!.textContent = stale ? `Output of ${whose}` : note;
    this.find('.cell-output').toggleAttribute('data-stale', stale);
  }

  /** Shows how far a download is; `null` when there is nothing to wait for. */
  showProgress(share: number | 'unknown' | null): void {
    const progress = this.querySelector('progress')!;
    progress.hidden = share === null;
    if (typeof share === 'number') progress.value = share;
    else progress.removeAttribute('value');
  }

  /** Puts a text where the reader can paste it from. */
  async copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(done);
    } catch {
      this.say('The browser does not allow copying here: select the text and copy it.', 'error');
    }
  }

  copyCode(files: readonly ScriptFile[]): Promise<void> {
    return this.copy(files.map(({ code }) => code).join('\n\n'), 'Copied.');
  }

  /** Puts the course's own code back, and forgets the reader's with all its versions. */
  async forget(): Promise<void> {
    (await this.#load('Your version could not be deleted.'))?.forget();
  }

  async #act(action: Action): Promise<void> {
    if (action === 'run' || action === 'stop') return;
    if (action === 'copy') return this.copyCode(this.#files);
    (await this.#load('The editor could not be loaded.'))?.act(action);
  }

  /** @param failed what is said when it cannot be loaded. */
  async #load(failed: string): Promise<Edits | undefined> {
    try {
      this.#loading ??= import('./edits.ts').then(({ Edits }) => new Edits(this));
      return (this.#edits = await this.#loading);
    } catch {
      this.#loading = undefined;
      this.say(await whyNotLoaded(`${failed} Check your connection and try again.`), 'error');
      return undefined;
    }
  }

  #showRunning(running: boolean): void {
    this.dataset['state'] = running ? 'running' : 'idle';
    this.#buttons!.show(running);
  }

  find = (selector: string): HTMLElement => this.querySelector<HTMLElement>(selector)!;
  button = (action: Action): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)!;
}

customElements.define('course-cell', CourseCell);
