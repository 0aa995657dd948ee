/** What a reader is told while a database is on its way. */
import type { Progress } from '../../runner/client.ts';
import { create } from './create.ts';

export class LoadingView {
  readonly element = create('progress', { 'aria-label': 'Loading the database' });
  readonly #title: string;

  /** @param title of the database. */
  constructor(title: string) {
    this.#title = title;
    this.element.hidden = true;
  }

  /** @param now `null`: it is there. @returns what to say, or `null` when nothing is on its way. */
  show(now: Progress | null): string | null {
    this.element.hidden = now === null;
    if (now?.stage === 'download' && now.total > 0) this.element.value = now.loaded / now.total;
    else this.element.removeAttribute('value');
    switch (now?.stage) {
      case 'download':
        return now.rest
          ? `This needs all of ${this.#title}: ${sayBytes(now.total)} more.`
          : `Loading ${this.#title}: ${sayBytes(now.total)}, once per visit.`;
      case 'wait':
        return 'Waiting for another cell to end.';
      case 'start':
        return `Starting ${this.#title}.`;
      default:
        return null;
    }
  }
}

const sayBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
