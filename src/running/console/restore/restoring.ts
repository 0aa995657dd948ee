/** Offers to run again what ran in a console before its database was lost, and does so when it is told to. */
import { brief } from '../../cells/output/text.ts';
import { create, createButton } from '../terminal/create.ts';
import { MOST_CHARACTERS, MOST_INPUTS, type Journal, type Steps } from './journal.ts';

/** Of an input that is left out, in characters. */
const LONGEST_SHOWN = 80;

export interface RestoringHost<Step> {
  /** What the console calls an input, and what it runs on. */
  readonly words: { one: string; more: string; place: string };
  readonly steps: Steps<Step>;
  /** Makes a new database. Resolves with whether there is one. */
  begin(): Promise<boolean>;
  /** Does a step as if the reader did it. Resolves with whether the next can be done. */
  act(step: Step): Promise<boolean>;
  /** Not everything was done: what there is is no state that there ever was. */
  abandon(): void;
  /** Tells everybody, screen readers included. */
  say(text: string): void;
  /** Back to the prompt. */
  focus(): void;
}

export class Restoring<Step> {
  readonly element = create('div', {
    class: 'console-earlier',
    role: 'group',
    'aria-label': 'What ran here before',
    tabindex: '-1',
  });
  readonly #journal: Journal<Step>;
  readonly #host: RestoringHost<Step>;
  /** The reader has just come, and may not have seen it yet. */
  #mustChoose: boolean;
  #isGoing = false;
  #isEnded = false;
  #saidFull = false;

  constructor(journal: Journal<Step>, host: RestoringHost<Step>) {
    this.#journal = journal;
    this.#host = host;
    this.#mustChoose = journal.earlier !== null;
    addEventListener('pagehide', () => journal.leave());
    this.draw();
  }

  /** Whether earlier inputs are being run. */
  get isGoing(): boolean {
    return this.#isGoing;
  }

  /** Why nothing can be run now, for the reader; `null` if it can. */
  get whyNot(): string | null {
    const { more } = this.#host.words;
    if (this.#isGoing) return `The earlier ${more} are being run again. Stop ends it.`;
    return this.#mustChoose
      ? `First choose above: run the earlier ${more} again, or forget them.`
      : null;
  }

  /** What has to be said once of what is not kept, or `null`. */
  get note(): string | null {
    if (this.#saidFull || !this.#journal.isFull) return null;
    this.#saidFull = true;
    return `More than ${this.#most} ran on this ${this.#host.words.place}: it cannot be brought back when the page is loaded again.`;
  }

  /** What to say to a reader who comes back to something that was not kept, or `null`. */
  get loss(): string | null {
    const { place } = this.#host.words;
    const { wasFull, earlier, leftOut } = this.#journal;
    if (wasFull)
      return `More than ${this.#most} ran here before: the ${place} of before cannot be brought back.`;
    return earlier === null && leftOut !== null
      ? `This had not ended when the page did, and is not run again: ${this.#shown(leftOut)}`
      : null;
  }

  /** Shows what can be done now: after a new database has begun. */
  draw(): void {
    if (this.#isGoing) return;
    const earlier = this.#journal.earlier;
    this.element.hidden = earlier === null;
    if (earlier === null) {
      this.#mustChoose = false;
      return this.element.replaceChildren();
    }
    const { inputs, leftOut } = earlier;
    const { place } = this.#host.words;
    const them = inputs === 1 ? 'it' : 'them';
    this.element.replaceChildren(
      create(
        'p',
        {},
        `${this.#count(inputs)} that ran here before ${inputs === 1 ? 'is' : 'are'} kept in this tab; the ${place} itself is gone.`,
        ...(leftOut === null ? [] : this.#leftOut(leftOut)),
      ),
      create(
        'div',
        { class: 'console-controls' },
        createButton(`Run ${them} again`, () => void this.#repeat()),
        createButton(this.#mustChoose ? `Forget ${them} and begin anew` : `Forget ${them}`, () =>
          this.#forget(),
        ),
      ),
    );
  }

  /** Ends what is being run again, before the next input. */
  end(): void {
    this.#isEnded = true;
  }

  /** Forgets everything, also what runs now. */
  forgetAll(): void {
    this.end();
    this.#saidFull = false;
    this.#journal.forget({ all: true });
    this.draw();
  }

  get #most(): string {
    return `${MOST_INPUTS.toLocaleString('en-US')} ${this.#host.words.more} or ${MOST_CHARACTERS / 1000} kB`;
  }

  #count(inputs: number): string {
    const { one, more } = this.#host.words;
    return inputs === 1 ? `1 ${one}` : `${inputs.toLocaleString('en-US')} ${more}`;
  }

  #shown(step: Step): string {
    const text = this.#host.steps.text(step);
    return brief(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
  }

  #leftOut(step: Step): (Node | string)[] {
    return [
      ` One more is left out, because it had not ended when the page or the ${this.#host.words.place} did: `,
      create('code', {}, this.#shown(step)),
    ];
  }

  #forget(): void {
    this.#journal.forget();
    this.draw();
    this.#host.say('');
    this.#host.focus();
  }

  async #repeat(): Promise<void> {
    const { inputs, steps } = this.#journal.earlier!;
    const { say } = this.#host;
    const { one, more } = this.#host.words;
    const progress = create('progress', { 'aria-label': `Earlier ${more}`, max: String(inputs) });
    const where = create('p');
    this.#isGoing = true;
    this.#isEnded = false;
    this.element.replaceChildren(where, progress);
    this.#host.focus();
    say(`Running ${this.#count(inputs)} again. Stop ends it.`);
    let ran = 0;
    const done = await this.#journal.repeat(
      () => this.#host.begin(),
      async (step, at) => {
        if (this.#isEnded) return false;
        progress.value = ran;
        ran += this.#host.steps.inputs(steps[at]!);
        where.textContent = `Running ${one} ${ran.toLocaleString('en-US')} of ${inputs.toLocaleString('en-US')}.`;
        return (await this.#host.act(step)) && !this.#isEnded;
      },
    );
    this.#isGoing = false;
    if (done) {
      this.#mustChoose = false;
      say(`${this.#count(inputs)} ran again.`);
    } else this.#host.abandon();
    this.draw();
  }
}
