/**
 * Answers a question in the page. A wrong answer is explained and can be tried again; after the right
 * one, or the second wrong one, everything is explained. No database is loaded for it.
 */
import { tellDone } from '../../foundation/page/done.ts';
import { reviews } from '../record/record.ts';
import { isDue } from '../record/schedule.ts';
import { answerTo, removeAnswer, saveAnswer, type Answer } from './answers.ts';
import { ANSWERED_EVENT, type FreshAnswer } from './fresh.ts';
import { hiddenAnswers } from './hidden-answers.ts';
import { isComplete, judge, type Given, type Key, type Verdict } from './judge.ts';
import { normalized } from '../../foundation/markup/normalized.ts';

/** After this many tries nothing is left to guess. */
const TRIES = 2;

class CourseQuestion extends HTMLElement {
  #key!: Key;
  #otherwise = '';
  #explanations: HTMLElement[] = [];
  /** It was missed and is asked again: what was answered then is not shown and does not count. */
  #review = false;

  connectedCallback(): void {
    // Moved in the page, as a presentation does: it is what it was.
    if (this.#explanations.length > 0) return;
    const { key, otherwise, explanations } = hiddenAnswers(this);
    this.#key = key;
    this.#otherwise = otherwise;
    this.#explanations = explanations;

    for (const part of this.querySelectorAll<HTMLElement>('.question-moves, .question-move'))
      part.hidden = false;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#check();
    });
    this.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLButtonElement)) return;
      if (target.dataset['move']) this.#move(target, Number(target.dataset['move']));
      if (target.dataset['action'] === 'again') this.#reset();
      if (target.dataset['action'] === 'pass') this.#settle([]);
    });
    if (this.#fresh) this.querySelector('.question-moves')!.append(passButton());
    this.#restore();
  }

  get #form(): HTMLFormElement {
    return this.querySelector('form')!;
  }
  /** Asked in a test: see `fresh.ts`. */
  get #fresh(): boolean {
    return 'fresh' in this.dataset;
  }
  get #id(): string {
    return this.dataset['question']!;
  }
  get #inputs(): (HTMLInputElement | HTMLSelectElement)[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
  }
  get #steps(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-value]')];
  }

  #given(): string[] {
    const { way } = this.#key;
    if (way === 'order') return this.#steps.map((step) => step.dataset['value']!);
    const inputs = this.#inputs.filter(
      (input) => way === 'match' || way === 'type' || (input as HTMLInputElement).checked,
    );
    return inputs.map(({ value }) => value);
  }

  #fill(given: Given): void {
    const { way } = this.#key;
    if (way === 'order') {
      const steps = this.#steps.sort(
        (a, b) => given.indexOf(a.dataset['value']!) - given.indexOf(b.dataset['value']!),
      );
      this.querySelector('.question-steps')!.append(...steps);
    } else
      for (const [index, input] of this.#inputs.entries()) {
        if (way === 'match' || way === 'type') input.value = given[index] ?? '';
        else (input as HTMLInputElement).checked = given.includes(input.value);
      }
  }

  #check(): void {
    const given = this.#given();
    if (!isComplete(this.#key, given)) {
      const missing =
        this.#key.way === 'match' ? 'Choose something for each.' : 'Give an answer first.';
      this.#say('', [missing]);
      (this.#inputs.find(({ value }) => value === '') ?? this.#inputs[0])?.focus();
      return;
    }
    this.#settle(given);
  }

  /** @param given an answer, or nothing from a reader who does not know. */
  #settle(given: string[]): void {
    const verdict = judge(this.#key, given);
    const { right } = verdict;
    const before = this.#fresh || this.#review ? undefined : answerTo(this.#id);
    this.#review = false;
    const answer: Answer = {
      given,
      right,
      tries: (before?.tries ?? 0) + 1,
      first: before?.first ?? right,
      at: new Date().toISOString(),
    };
    if (!this.#fresh) saveAnswer(this.#id, answer);
    tellDone({ kind: 'question', id: this.#id, right });
    this.#show(answer, verdict);
    if (!this.#fresh) return;
    const detail: FreshAnswer = { id: this.#id, given, right };
    this.dispatchEvent(new CustomEvent(ANSWERED_EVENT, { detail, bubbles: true }));
  }

  #restore(): void {
    if (this.#fresh) {
      const before = this.dataset['given'];
      if (before === undefined) return;
      const given = JSON.parse(before) as string[];
      if (given.length > 0) this.#fill(given);
      this.#show({ given, tries: 1 }, judge(this.#key, given));
      return;
    }
    const answer = answerTo(this.#id);
    const review = reviews.get(this.#id);
    this.#review = review !== undefined && isDue(review, new Date());
    if (this.#review) return this.#say('', ['You missed this one before. It is here for review.']);
    if (!answer || !isComplete(this.#key, answer.given)) return;
    this.#fill(answer.given);
    // The question may have changed since: what is right now counts.
    this.#show(answer, judge(this.#key, answer.given));
  }

  #show({ given, tries }: Pick<Answer, 'given' | 'tries'>, verdict: Verdict): void {
    const open = verdict.right || tries >= TRIES || this.#fresh;
    this.dataset['state'] = verdict.right ? 'right' : 'wrong';
    if (given.length === 0) this.#say('Counts as missed.', ['The answer is explained here.']);
    else
      this.#say(
        verdict.right ? 'Right.' : this.#fresh ? 'Not right.' : 'Not yet.',
        this.#about(given, verdict, open),
      );
    const answers = this.querySelector<HTMLElement>('.question-answers')!;
    answers.hidden = !open;
    const title = document.createElement('p');
    title.textContent = 'All answers, explained';
    const list = document.createElement(this.#key.way === 'order' ? 'ol' : 'ul');
    list.append(...this.#explanations.map((item) => copy(item)));
    answers.replaceChildren(...(open ? [title, list] : []));
    if (this.#fresh) return this.#lock();
    this.querySelector('button[type=submit]')!.textContent = verdict.right
      ? 'Check'
      : 'Check again';
    this.querySelector<HTMLElement>('[data-action=again]')!.hidden = !open;
  }

  /** The first answer counts. */
  #lock(): void {
    this.querySelector('fieldset')!.disabled = true;
    for (const part of this.querySelectorAll<HTMLElement>('.question-moves, .question-move'))
      part.hidden = true;
  }

  /** What to say about an answer, without giving away what may still be found. */
  #about(given: Given, { right, hits, of }: Verdict, open: boolean): Node[] | string[] {
    const { way } = this.#key;
    const chosen = (way === 'one' || way === 'several' ? given : [])
      .map((place) => this.#explanations[Number(place)])
      .filter((item): item is HTMLElement => item !== undefined);
    if (way === 'one') return chosen.map(body);
    if (way === 'several') {
      if (right) return ['You found all of them.'];
      const wrong = chosen.filter((item) => item.dataset['right'] !== 'true');
      return wrong.length > 0
        ? wrong.map((item) => copy(item, 'div'))
        : [`What you chose is right, and something is missing: ${hits} of ${of}.`];
    }
    if (way === 'type') {
      const typed = normalized(given[0] ?? '');
      const known = this.#explanations.find((item) => {
        const forms = JSON.parse(item.dataset['forms'] ?? '[]') as string[];
        return right
          ? item.dataset['right'] === 'true'
          : forms.some((form) => normalized(form) === typed);
      });
      return known ? [body(known)] : [this.#otherwise];
    }
    const unit = way === 'order' ? 'steps are in their place' : 'pairs are right';
    const hint =
      right || open
        ? ''
        : way === 'order'
          ? ' Which one does the next one need?'
          : ' Change the others.';
    return [`${hits} of ${of} ${unit}.${hint}`];
  }

  #say(verdict: string, about: readonly (Node | string)[]): void {
    const strong = document.createElement('strong');
    strong.textContent = verdict;
    const parts = about.map((one) => {
      if (typeof one !== 'string') return one;
      const line = document.createElement('p');
      line.textContent = one;
      return line;
    });
    this.querySelector('.question-feedback')!.replaceChildren(
      ...(verdict ? [strong] : []),
      ...parts,
    );
  }

  #move(button: HTMLButtonElement, by: number): void {
    const step = button.closest('li')!;
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (by < 0) other?.before(step);
    else other?.after(step);
    // Moving an element takes the focus from it.
    button.focus();
    const place = this.#steps.indexOf(step) + 1;
    this.#say('', [
      `${step.firstElementChild!.textContent.trim()}: place ${place} of ${this.#steps.length}`,
    ]);
  }

  /** New again, the memory of it included. */
  #reset(): void {
    removeAnswer(this.#id);
    delete this.dataset['state'];
    this.#form.reset();
    if (this.#key.way === 'order') this.#fill(this.#key.right.map((_, place) => String(place)));
    this.#say('', []);
    this.querySelector<HTMLElement>('.question-answers')!.hidden = true;
    this.querySelector<HTMLElement>('[data-action=again]')!.hidden = true;
    this.querySelector('button[type=submit]')!.textContent = 'Check';
    (this.#inputs[0] ?? this.querySelector<HTMLElement>('[data-move]'))?.focus();
  }
}

function passButton(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['action'] = 'pass';
  button.textContent = 'I don’t know';
  return button;
}

/** The explanation without the words that it explains. */
const body = (item: HTMLElement): Node => document.importNode(item.querySelector('p')!, true);

/** An explanation with what it explains. */
function copy(item: HTMLElement, name: 'li' | 'div' = 'li'): HTMLElement {
  const made = document.createElement(name);
  const { right } = item.dataset;
  if (right !== undefined) made.dataset['right'] = right;
  made.append(...[...item.childNodes].map((node) => document.importNode(node, true)));
  return made;
}

customElements.define('course-question', CourseQuestion);
