/** `<course-progress>`: fills in what the reader did, and moves it out of the browser and in. */
import { canKeep } from '../../foundation/kept/can-keep.ts';
import { whenKeptChanges } from '../../foundation/kept/kept.ts';
import '../quiz/element.ts';
import { isFolding, setFolding, whenFoldingChanges } from '../../running/cells/bets/kept.ts';
import { allAnswers } from '../quiz/answers.ts';
import { addProgress, adoptAnswers } from './add.ts';
import type { CourseThings } from './course.ts';
import { DONE_EVENT } from '../../foundation/page/done.ts';
import { removeProgress } from './remove.ts';
import { loadRecord } from './whole.ts';
import { Reviews } from './reviews.ts';
import { ofCourse } from './sift.ts';
import { summaryOf, type Count, type Counts, type Summary } from './summary.ts';
import { exportText, fileName, MOST, readExport } from './transfer.ts';
import { forgetImport, keepImport, lastImport, undoImport } from './undo.ts';
import {
  betsCounted,
  betsInWords,
  importedInWords,
  leftOutInWords,
  questions,
  reviewInWords,
  undoneInWords,
} from './words.ts';

class CourseProgress extends HTMLElement {
  #course!: CourseThings;
  #reviews!: Reviews;

  connectedCallback(): void {
    const data = this.querySelector('script[type="application/json"]')!.textContent;
    this.#course = JSON.parse(data) as CourseThings;
    this.querySelector<HTMLElement>('.progress-denied')!.hidden = canKeep();
    this.#reviews = new Reviews(this);
    whenKeptChanges(() => this.#draw());
    for (const event of ['pageshow', 'visibilitychange'])
      addEventListener(event, () => this.#draw());
    adoptAnswers(Object.keys(this.#course.asks));
    this.#changed();
    // The page's keeper hears of it too, and saves it first or last.
    document.addEventListener(DONE_EVENT, () => setTimeout(() => this.#draw()));

    this.#move('export').addEventListener('click', () => this.#export());
    this.#move('undo').addEventListener('click', () => this.#undo());
    this.#move('reset').addEventListener('click', () => {
      this.#dialog.returnValue = '';
      this.#dialog.showModal();
    });
    this.#dialog.addEventListener('close', () => {
      if (this.#dialog.returnValue === 'remove') this.#reset();
    });
    const input = this.querySelector<HTMLInputElement>('input[type=file]')!;
    const take = (): void => {
      const file = input.files?.[0];
      if (!file) return;
      void this.#import(file).finally(() => {
        // The same file can be chosen again.
        input.value = '';
      });
    };
    const fold = this.querySelector<HTMLInputElement>('[data-folding]');
    fold?.addEventListener('change', () => {
      if (!setFolding(fold.checked)) this.#say('It lasts until you leave this page.');
    });
    whenFoldingChanges(() => this.#draw());
    input.addEventListener('change', take);
    // On a slow line a reader chooses before this script is there.
    take();
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }
  #move(name: string): HTMLButtonElement {
    return this.querySelector(`[data-move=${name}]`)!;
  }

  #draw(): void {
    const summary = summaryOf(this.#course, loadRecord(), new Date());
    for (const place of this.querySelectorAll<HTMLElement>('[data-total]'))
      write(place, summary.total[place.dataset['total'] as keyof Counts]);
    const parts = this.querySelectorAll<HTMLElement>('.progress-part');
    for (const [index, { counts, pages }] of summary.parts.entries()) {
      const { done, of } = counts.read;
      const bar = parts[index]!.querySelector('progress')!;
      bar.value = done;
      bar.nextElementSibling!.textContent = `${done} of ${of} pages read`;
      for (const { page, counts } of pages) {
        const row = parts[index]!.querySelector(`[data-row="${page.id}"]`)!;
        for (const place of row.querySelectorAll<HTMLElement>('[data-kind]')) {
          const kind = place.dataset['kind'] as keyof Counts;
          if (kind === 'read') writeRead(place, counts.read.done > 0);
          else write(place, counts[kind]);
        }
      }
    }
    this.#drawIdeas(summary);
    this.#drawBets(summary);
    this.#drawReviews(summary);
    const last = lastImport(new Date());
    this.#move('undo').hidden = last === undefined;
    this.#move('undo').textContent = `Undo the import of ${last?.file}`;
  }

  #drawIdeas({ ideas }: Summary): void {
    const items = [...this.querySelectorAll<HTMLElement>('[data-idea]')];
    // They stand in the order of the course the first time, and say then which one they are.
    for (const [index, item] of items.entries()) item.dataset['idea'] ||= String(index);
    items.sort((a, b) => Number(a.dataset['idea']) - Number(b.dataset['idea']));
    for (const [index, { standing, right, bets }] of ideas.entries()) {
      const item = items[index]!;
      this.querySelector(`[data-standing="${standing}"] ul`)!.append(item);
      item.querySelector('.progress-right')!.textContent =
        standing === 'never asked'
          ? ''
          : `${right.done} of ${questions(right.of)} right${bets.of === 0 ? '' : `, ${bets.done} of ${betsCounted(bets.of)}`}`;
    }
    for (const group of this.querySelectorAll<HTMLElement>('[data-standing]')) {
      const { length } = group.querySelectorAll('li');
      group.querySelector('summary span')!.textContent = `(${length})`;
      group.hidden = length === 0;
    }
  }

  #drawBets({ placed, total }: Summary): void {
    const say = this.querySelector('.progress-bets');
    // A course may ask for none.
    if (!say) return;
    say.textContent = betsInWords(placed, total.bets);
    this.querySelector<HTMLInputElement>('[data-folding]')!.checked = isFolding();
  }

  #drawReviews({ due, next, total }: Summary): void {
    const say = this.querySelector('.progress-review')!;
    this.#reviews.draw(due);
    say.textContent = reviewInWords(due.length, next, total.questions.done > 0);
  }

  #export(): void {
    const all = { record: loadRecord(), answers: allAnswers() };
    const text = exportText(ofCourse(all, this.#course));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = fileName(new Date());
    link.click();
    // Not at once: some browsers read it a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.#say(`Exported as ${link.download}.`);
  }

  async #import(file: File): Promise<void> {
    let text: string;
    try {
      text = file.size > MOST ? ' '.repeat(MOST + 1) : await file.text();
    } catch {
      return this.#say(`${file.name} could not be read. Choose it again, or a copy of it.`, 'bad');
    }
    const found = readExport(text, file.name, this.#course, new Date());
    if ('problem' in found) return this.#say(found.problem, 'bad');
    const { changes, survives } = addProgress(found.progress);
    const undoable = changes.length === 0 || keepImport(file.name, changes, new Date());
    this.#say(
      [
        importedInWords(file.name, changes),
        leftOutInWords(found),
        ...(survives ? [] : ['It lasts until you leave this page.']),
        ...(survives && !undoable ? ['It can be undone until you leave this page.'] : []),
      ]
        .join(' ')
        .trim(),
    );
    this.#changed();
  }

  #undo(): void {
    const last = lastImport(new Date());
    if (last) this.#say(undoneInWords(last.file, undoImport(last)));
    this.#changed();
    // The button is gone.
    this.querySelector<HTMLElement>('input[type=file]')!.focus();
  }

  #reset(): void {
    removeProgress();
    forgetImport();
    this.#say('All progress is removed.');
    this.#changed();
  }

  #changed(): void {
    this.#reviews.stop();
    // As another tab would hear it: the marks in the sidebar follow, and so does this page.
    dispatchEvent(new StorageEvent('storage'));
  }

  #say(text: string, kind = ''): void {
    const place = this.querySelector<HTMLElement>('.progress-said')!;
    place.dataset['say'] = kind;
    place.textContent = text;
  }
}

function write(place: HTMLElement, { done, of }: Count): void {
  place.toggleAttribute('data-empty', of === 0);
  place.textContent = of === 0 ? '–' : `${done} of ${of}`;
  place.dataset['state'] = of === 0 || done === 0 ? 'none' : done < of ? 'some' : 'all';
}

function writeRead(place: HTMLElement, read: boolean): void {
  place.textContent = read ? 'yes' : 'not yet';
  place.dataset['state'] = read ? 'all' : 'none';
}

customElements.define('course-progress', CourseProgress);
