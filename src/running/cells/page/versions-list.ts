/** The earlier versions of a reader's code, folded below a cell's buttons: to see, and to bring back. */
import type { ScriptFile } from '../../../engines/engine.ts';
import { marked } from './hidden-characters.ts';
import type { Version } from './own-code.ts';

/** A version as it is listed. */
export interface Listed extends Version {
  /** Whether its files are those that the cell has now. */
  fits: boolean;
}

export interface VersionsListOptions {
  onRestore(version: Version): void;
  onCopy(files: readonly ScriptFile[]): void;
}

export class VersionsList {
  readonly element = document.createElement('details');
  readonly #summary = document.createElement('summary');
  readonly #list = document.createElement('ol');
  readonly #options: VersionsListOptions;

  constructor(options: VersionsListOptions) {
    this.#options = options;
    this.element.className = 'cell-versions';
    this.element.hidden = true;
    this.#list.setAttribute('role', 'list');
    const note = document.createElement('p');
    note.textContent = 'The ten latest, each for a week. They are in this browser only.';
    this.element.append(this.#summary, note, this.#list);
  }

  /**
   * @param versions the latest first.
   * @param now the code that stands in the cell.
   */
  show(versions: readonly Listed[], now: readonly ScriptFile[]): void {
    const had = this.element.contains(document.activeElement);
    this.element.hidden = versions.length === 0;
    this.#summary.textContent = `Earlier versions (${versions.length})`;
    this.#list.replaceChildren(
      ...versions.map((version, at) => this.#item(version, versions[at - 1]?.files ?? now)),
    );
    if (had) this.#summary.focus();
  }

  /** @param next what it became. */
  #item(version: Listed, next: readonly ScriptFile[]): HTMLLIElement {
    const { files, at, fits } = version;
    const item = document.createElement('li');
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    const lines = linesOf(files).length;
    summary.append(
      whenOf(at),
      `, ${lines} ${lines === 1 ? 'line' : 'lines'}`,
      ...(fits ? [] : [', made for an earlier form of this cell']),
      telling(files, next),
    );
    details.append(summary, ...files.flatMap((file) => listing(file, files.length > 1)));
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = fits ? 'Restore' : 'Copy';
    button.addEventListener('click', () =>
      fits ? this.#options.onRestore(version) : this.#options.onCopy(files),
    );
    details.append(button);
    item.append(details);
    return item;
  }
}

function listing({ name, code }: ScriptFile, several: boolean): HTMLElement[] {
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', `Code: ${name}`);
  const text = document.createElement('code');
  text.append(...marked(code));
  pre.append(text);
  if (!several) return [pre];
  const title = document.createElement('div');
  title.className = 'cell-file-name';
  title.textContent = name;
  return [title, pre];
}

/** The first line that was changed afterwards. */
function telling(files: readonly ScriptFile[], next: readonly ScriptFile[]): HTMLElement {
  const lines = linesOf(files);
  const known = new Set(linesOf(next));
  const line = document.createElement('code');
  line.append(...marked(lines.find((one) => !known.has(one)) ?? lines[0]!));
  return line;
}

const linesOf = (files: readonly ScriptFile[]): string[] =>
  files.flatMap(({ code }) => code.split('\n').map((line) => line.trim()));

function whenOf(at: number): HTMLTimeElement | string {
  const date = new Date(at);
  if (at === 0 || Number.isNaN(date.getTime())) return 'Some time ago';
  const time = document.createElement('time');
  time.dateTime = date.toISOString();
  const day =
    date.toDateString() === new Date().toDateString()
      ? 'Today'
      : date.toLocaleDateString('en-US', { weekday: 'short', month: 'short', day: 'numeric' });
  time.textContent = `${day}, ${date.toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', hour12: false })}`;
  return time;
}
