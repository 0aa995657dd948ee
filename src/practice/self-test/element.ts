/**
 * The self-test in its page. The address says which test it is; what was answered is kept in this
 * browser. Questions come from `/questions/`, when a test begins.
 */
import type { BankEntry } from '../quiz/bank/entries.ts';
import { fetchQuestions, QuestionsUnavailable } from '../quiz/bank/fetch.ts';
import { ANSWERED_EVENT, askFresh, type FreshAnswer } from '../quiz/fresh.ts';
import { addressFrom, chosen, newSeed, searchFor, type Address } from './address.ts';
import { Asking, openQuestions } from './asking.ts';
import { draw, TEST_LENGTH } from './draw.ts';
import { button, make } from './make.ts';
import { saveSitting, sittingOf, sittings, type Sitting } from './memory.ts';
import { paper } from './paper.ts';
import { outcomeOf, textOf, type QuestionText } from './question-text.ts';
import { report, type Names } from './report.ts';
import { resultOf } from './result.ts';

/** A test whose questions have arrived. */
interface Test {
  address: Address;
  entries: readonly BankEntry[];
  texts: readonly QuestionText[];
  asking: Asking;
  sitting: Sitting;
}

class SelfTest extends HTMLElement {
  #bank: readonly BankEntry[] = [];
  #names: Names = { ideas: {}, parts: {} };
  #test: Test | undefined;
  /** The route that was taken last: what arrives for an earlier one is too late. */
  #route = 0;

  connectedCallback(): void {
    const data = this.querySelector('script[type="application/json"]')!.textContent;
    const { bank, ...names } = JSON.parse(data) as Names & { bank: BankEntry[] };
    this.#bank = bank;
    this.#names = names;
    this.addEventListener('click', (event) => this.#press(event.target as Element));
    this.addEventListener(ANSWERED_EVENT, (event) =>
      this.#answered((event as CustomEvent<FreshAnswer>).detail),
    );
    addEventListener('popstate', () => void this.#open(addressFrom(location.search)));
    addEventListener('beforeprint', () => this.#toPaper());
    addEventListener('afterprint', () => this.querySelector('.self-test-paper')?.remove());
    void this.#open(addressFrom(location.search));
  }

  get #stage(): HTMLElement {
    return this.querySelector('.self-test-stage')!;
  }

  #say(text: string): void {
    this.querySelector('.self-test-status')!.textContent = text;
  }

  #press(target: Element): void {
    // In a frame there is no place for the rest of the course.
    const link = target.closest('a');
    if (link && 'embed' in document.documentElement.dataset) link.target = '_blank';
    const pressed = target.closest<HTMLElement>('[data-action]');
    const test = this.#test;
    if (!pressed) return;
    switch (pressed.dataset['action']) {
      case 'start':
      case 'others':
        return void this.#begin({ seed: newSeed() });
      case 'paper':
        return void this.#begin({ seed: newSeed() }).then(() => this.#test && print());
      case 'continue':
        return void this.#go(addressFrom(sittings()[0]!.test)!);
      case 'retry':
        return void this.#open(addressFrom(location.search));
      case 'print':
        return print();
      case 'back':
        return this.#show(test!.sitting.at - 1);
      case 'next':
        return this.#next(test!);
      case 'goto':
        return this.#show(Number(pressed.dataset['place']));
      case 'finish':
        return this.#finish(test!);
      case 'missed':
        return void this.#begin(this.#missed(test!));
      default:
    }
  }

  /** A test from its beginning, even if the reader had the same one before. */
  async #begin(address: Address): Promise<void> {
    saveSitting({ test: searchFor('', address), at: 0, finished: false, given: {} });
    await this.#go(address);
  }

  async #go(address: Address): Promise<void> {
    history.pushState(null, '', searchFor(location.search, address));
    await this.#open(address, true);
  }

  /** @param asked whether the reader asked for it just now, and the focus should follow. */
  async #open(address: Address | undefined, asked = false): Promise<void> {
    const route = ++this.#route;
    this.#test = undefined;
    this.querySelector<HTMLElement>('.self-test-start')!.hidden = address !== undefined;
    this.#stage.replaceChildren();
    this.#say('');
    if (!address) return this.#offer();
    this.#say('Fetching the questions …');
    try {
      const test = await this.#fetch(address);
      if (route !== this.#route) return;
      this.#say('');
      this.#test = test;
      if (test.sitting.finished) this.#finish(test, asked);
      else this.#show(test.sitting.at, asked);
    } catch (error) {
      if (!(error instanceof QuestionsUnavailable)) throw error;
      if (route === this.#route) this.#fail();
    }
  }

  #fail(): void {
    this.#say('The questions did not arrive. Is there a connection?');
    const retry = button('retry', 'Retry');
    this.#stage.replaceChildren(make('p', { class: 'self-test-moves' }, retry));
    retry.focus();
  }

  async #fetch(address: Address): Promise<Test> {
    const drawn = chosen(draw(this.#bank, address.seed), address.only);
    const questions = await fetchQuestions(drawn.map(({ id }) => id));
    // One that left the course is left out; all of them cannot have.
    if (questions.length === 0) throw new QuestionsUnavailable('none of the questions is there');
    const test = searchFor('', address);
    const begun = sittingOf(test);
    // A later release may draw others by the same seed: answers to what is not asked any more go.
    const given = Object.fromEntries(
      questions.flatMap(({ id }) => (begun?.given[id] ? [[id, begun.given[id]] as const] : [])),
    );
    for (const question of questions) askFresh(question, given[question.id]);
    const last = questions.length - 1;
    return {
      address,
      entries: drawn.filter(({ id }) => questions.some((question) => question.id === id)),
      texts: questions.map(textOf),
      asking: new Asking(questions),
      sitting: {
        test,
        at: Math.min(begun?.at ?? 0, last),
        finished: begun?.finished ?? false,
        given,
      },
    };
  }

  /** The page before a test. */
  #offer(): void {
    for (const part of this.querySelectorAll<HTMLElement>('.self-test-start > [hidden]'))
      part.hidden = false;
    const [last] = sittings();
    const go = this.querySelector<HTMLElement>('[data-action=continue]')!;
    go.hidden = last === undefined || addressFrom(last.test) === undefined;
    if (last) go.textContent = last.finished ? 'See the last result' : 'Go on with the last test';
  }

  #show(at: number, focus = true): void {
    const { asking, sitting } = this.#test!;
    sitting.at = at;
    saveSitting(sitting);
    asking.show(at, this.#openPlaces());
    if (!asking.element.isConnected) this.#stage.replaceChildren(asking.element);
    if (focus) asking.focusQuestion();
  }

  #openPlaces(): number[] {
    const { entries, sitting } = this.#test!;
    return [...entries.keys()].filter((place) => !(entries[place]!.id in sitting.given));
  }

  #answered({ id, given }: FreshAnswer): void {
    const { asking, sitting } = this.#test!;
    sitting.given[id] = given;
    saveSitting(sitting);
    asking.show(sitting.at, this.#openPlaces());
    asking.focusNext();
  }

  #next(test: Test): void {
    if (test.sitting.at < test.entries.length - 1) return this.#show(test.sitting.at + 1);
    const open = this.#openPlaces();
    if (open.length === 0) return this.#finish(test);
    const question = openQuestions(open);
    this.#stage.replaceChildren(question);
    question.querySelector('h2')!.focus();
  }

  #finish({ entries, texts, sitting }: Test, focus = true): void {
    sitting.finished = true;
    saveSitting(sitting);
    const reported = entries.map(({ id }, place) => ({
      id,
      text: texts[place]!,
      given: sitting.given[id] ?? [],
      outcome: outcomeOf(texts[place]!, sitting.given[id]),
    }));
    const outcomes = new Map(reported.map(({ id, outcome }) => [id, outcome]));
    const parts = report(
      resultOf(entries, outcomes),
      reported,
      this.#names,
      this.#bank.length > TEST_LENGTH,
    );
    this.#stage.replaceChildren(...parts);
    if (!focus) return;
    parts[0]!.focus();
    parts[0]!.scrollIntoView({ block: 'start' });
  }

  /** The questions of a test that were missed, by their numbers in the whole drawing. */
  #missed({ address: { seed }, entries, texts, sitting }: Test): Address {
    const missed = entries
      .filter(({ id }, place) => outcomeOf(texts[place]!, sitting.given[id]) !== 'right')
      .map(({ id }) => id);
    const drawn = draw(this.#bank, seed);
    const only = [...drawn.keys()].filter((place) => missed.includes(drawn[place]!.id));
    return { seed, only: only.map((place) => place + 1) };
  }

  /** A test that is not finished prints as questions and a key; a result as it is, all of it open. */
  #toPaper(): void {
    const test = this.#test;
    if (test?.sitting.finished)
      for (const details of this.querySelectorAll('details')) details.open = true;
    else if (test && !this.querySelector('.self-test-paper'))
      this.append(paper(test.texts, location.href));
  }
}

customElements.define('self-test', SelfTest);
