/**
 * What stands in a cell when it is not the course's: a reader's own code, or a link's beside it. Loaded when a reader
 * has some, comes with some, or asks for the editor.
 *
 * Nothing but the reader's own typing, or a button that says so, writes their draft.
 */
import type { ScriptFile } from '../../../engines/engine.ts';
import { whyNotLoaded } from '../../../foundation/updates/updates.ts';
import { isDenied } from '../../../foundation/kept/kept.ts';
import { lastingLink } from '../../../foundation/addresses/lasting.ts';
import type { Editor } from '../editor/editor.ts';
import { authorNote } from './author-note.ts';
import { fitted, isSame } from './drafts.ts';
import type { Author, CourseCell } from './element.ts';
import { marked } from './hidden-characters.ts';
import { OwnCode, type Version } from './own-code.ts';
import { readFragment, shareLink } from './share.ts';
import { VersionsList } from './versions-list.ts';

/** Buttons that are about code of a reader's or a link's. */
export type EditAction = 'edit' | 'keep' | 'reset' | 'share';

/** Where code is listed as it runs, and what the build put there. */
interface Listing {
  code: HTMLElement;
  built: globalThis.Node[];
}

export class Edits {
  readonly #cell: CourseCell;
  readonly #own: OwnCode;
  readonly #names: readonly string[];
  readonly #listings: readonly Listing[];
  readonly #versions: VersionsList;
  readonly #keep = document.createElement('button');
  /** Of the reader's own code, as its versions are listed. */
  #revision = 0;
  #editor: Editor | undefined;
  #editing: Promise<void> | undefined;

  constructor(cell: CourseCell) {
    this.#cell = cell;
    this.#own = new OwnCode(cell.id);
    this.#names = cell.original.map(({ name }) => name);
    this.#listings = [...cell.querySelectorAll<HTMLElement>('.cell-code code')].map((code) => ({
      code,
      built: [...code.childNodes],
    }));
    this.#versions = new VersionsList({
      onRestore: (version) => this.#restore(version),
      onCopy: (files) => void cell.copyCode(files),
    });
    this.#keep.type = 'button';
    this.#keep.dataset['action'] = 'keep';
    this.#keep.textContent = 'Keep as mine';
    cell.button('reset').before(this.#keep);
    cell.find('.cell-bar').after(this.#versions.element);
    // A page that comes back as it was left has not heard of other tabs.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.otherTabWrote();
    });
    this.#showOwn();
  }

  act(action: EditAction): void {
    switch (action) {
      case 'edit':
        return void this.#edit().then(() => this.#editor?.focus());
      case 'keep':
        return this.#keepLink();
      case 'reset':
        return this.#reset();
      case 'share':
        return void this.#share();
    }
  }

  /** Opens what a link brings to this cell, if it is code for it. */
  openLink(fragment: string): void {
    const shared = readFragment(fragment, this.#cell.anchor, this.#names);
    if (!shared) return;
    // In a frame, the cells before it are folded.
    const folded = this.#cell.closest('details');
    if (folded) folded.open = true;
    this.#cell.scrollIntoView();
    if ('refused' in shared) return this.#cell.say(shared.refused, 'error');
    if (isSame(shared.files, this.#cell.files)) {
      this.#dropLink();
      return this.#cell.say('The link brings the code that stands here already.');
    }
    this.#own.seal();
    // Nothing runs that was not seen: the editor shows one of several files, the listing all.
    const several = this.#names.length > 1;
    if (several) this.#closeEditor();
    this.#show(shared.files, 'link');
    // Without the focus: whoever scrolls with the space bar has not typed.
    if (!several) void this.#edit();
  }

  /** What the reader types from here on is another version than the one that runs. */
  ran(): void {
    this.#own.seal();
  }

  /** Shows what another tab has made of the reader's code. */
  otherTabWrote(): void {
    this.#own.sync();
    const before = this.#cell.files;
    if (this.#cell.author === 'link') return this.#show(before, 'link');
    this.#showOwn();
    if (!isSame(before, this.#cell.files)) this.#cell.say('You changed this code in another tab.');
  }

  /** The course's code again; the reader's is gone, its versions too. */
  forget(): void {
    this.#own.forget();
    this.#dropLink();
    this.#showOwn();
    this.#cell.showBuiltResults();
    this.#cell.say('The course’s code again. The next run starts from fresh data.');
  }

  /** The reader's code, if it fits the cell as it is now. */
  get #mine(): ScriptFile[] | null {
    const { files } = this.#own;
    return files && fitted(files, this.#names);
  }

  #showOwn(): void {
    const mine = this.#mine;
    if (mine) this.#show(mine, 'reader');
    else this.#show(this.#cell.original, 'course');
  }

  #show(files: readonly ScriptFile[], author: Author): void {
    const other = !isSame(files, this.#cell.files);
    this.#note(files, author);
    this.#showVersions();
    if (other) this.#editor?.setFiles(files, author === 'link');
  }

  /** Everything but the editor, where the reader may be typing. */
  #note(files: readonly ScriptFile[], author: Author): void {
    const mine = this.#mine;
    this.#cell.show(files, author, author === 'link' ? (mine ?? this.#cell.original) : files);
    for (const [index, { code, built }] of this.#listings.entries())
      code.replaceChildren(...(author === 'course' ? built : marked(files[index]!.code)));
    this.#cell.find('.cell-author').textContent = authorNote(
      files,
      author,
      this.#own.files !== null,
    );
    const [reset, share] = [this.#cell.button('reset'), this.#cell.button('share')];
    this.#keep.hidden = author !== 'link';
    reset.hidden = share.hidden = author === 'course';
    reset.textContent =
      author !== 'link' ? 'Reset' : mine ? 'Back to mine' : 'Back to the course’s code';
  }

  #showVersions(): void {
    const { files } = this.#own;
    this.#revision = this.#own.revision;
    const versions = this.#own
      .versions()
      .map((version) => ({ ...version, fits: fitted(version.files, this.#names) !== null }));
    const unfit = files && !this.#mine ? [{ files: [...files], at: 0, fits: false }] : [];
    this.#versions.show([...unfit, ...versions], this.#cell.files);
  }

  #edit(): Promise<void> {
    this.#editing ??= (async () => {
      const cell = this.#cell;
      cell.say('Loading the editor…');
      cell.showProgress('unknown');
      try {
        const { openEditor } = await import('../editor/mount.tsx');
        this.#editor = await openEditor(cell.find('.cell-code'), {
          files: cell.files,
          engine: cell.engine,
          label: cell.find('.cell-title').textContent,
          foreign: cell.author === 'link',
          onType: (files) => this.#typed(files),
          onFail: () => this.#failed('The editor broke off. The code stands as you left it.'),
        });
        // A phone has none of these keys.
        cell.say(
          cell.author !== 'link' && matchMedia('(any-pointer: fine)').matches
            ? 'Esc, then Tab leaves the editor. Ctrl+Enter runs.'
            : '',
        );
        cell.button('edit').hidden = true;
      } catch {
        this.#failed(
          await whyNotLoaded(
            'The editor could not be loaded. Check your connection and press Edit again.',
          ),
        );
      } finally {
        cell.showProgress(null);
      }
    })();
    return this.#editing;
  }

  #failed(says: string): void {
    this.#closeEditor();
    this.#cell.say(says, 'error');
  }

  #closeEditor(): void {
    this.#editor?.close();
    this.#editor = undefined;
    this.#editing = undefined;
    this.#cell.button('edit').hidden = false;
  }

  #typed(files: readonly ScriptFile[]): void {
    if (isSame(files, this.#cell.files)) return;
    const { author } = this.#cell;
    const hadOwn = this.#own.files !== null;
    const stays = this.#own.type(files);
    this.#note(files, 'reader');
    if (this.#revision !== this.#own.revision) this.#showVersions();
    if (author === 'link') {
      this.#dropLink();
      this.#cell.say(
        hadOwn
          ? 'This is your version now. The one before is among the earlier versions.'
          : 'This is your version now.',
      );
    }
    if (!stays) this.#warn();
  }

  #keepLink(): void {
    const hadOwn = this.#own.files !== null;
    const stays = this.#own.replace(this.#cell.files);
    this.#dropLink();
    this.#show(this.#cell.files, 'reader');
    this.#cell.button('reset').focus();
    this.#cell.say(
      hadOwn
        ? 'Kept as yours. The version before is among the earlier versions.'
        : 'Kept as yours.',
    );
    if (!stays) this.#warn();
  }

  #reset(): void {
    const cell = this.#cell;
    const had = cell.author;
    if (had === 'link') this.#dropLink();
    else this.#own.replace(null);
    this.#showOwn();
    const fresh = 'The next run starts from fresh data.';
    if (this.#mine) cell.say(`Your version again. ${fresh}`);
    else {
      cell.showBuiltResults();
      cell.say(
        `The course’s code again. ${fresh}${had === 'reader' ? ' Yours is among the earlier versions.' : ''}`,
      );
    }
    cell.button('run').focus();
  }

  #restore({ files }: Version): void {
    const stays = this.#own.replace(fitted(files, this.#names));
    this.#dropLink();
    this.#showOwn();
    if (this.#versions.element.hidden) this.#cell.button('reset').focus();
    this.#cell.say('Restored. The next run starts from fresh data.');
    if (!stays) this.#warn();
  }

  /** Edits live as long as the page. */
  #warn(): void {
    this.#cell.say(
      isDenied()
        ? 'This browser keeps no edits: they are gone when you leave the page.'
        : 'This browser has no room left for your edits: they are gone when you leave the page. Copy them.',
      'error',
    );
  }

  async #share(): Promise<void> {
    const { anchor, files } = this.#cell;
    const link = shareLink(lastingLink(anchor) ?? location.href, anchor, files);
    if (link === null)
      return this.#cell.say('The code is too long for a link: copy it instead.', 'error');
    await this.#cell.copy(
      link,
      'Link copied. Whoever opens it sees your code; it does not run by itself.',
    );
  }

  /** A reload shows the reader's own code. */
  #dropLink(): void {
    const { anchor } = this.#cell;
    if (location.hash.startsWith(`#${anchor}:`)) history.replaceState(null, '', `#${anchor}`);
  }
}
