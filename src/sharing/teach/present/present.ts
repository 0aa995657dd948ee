/**
 * Shows the page it is on in steps with large type. Nothing is copied or moved: what is not in the
 * step is out of sight, so cells run, keep their edits and stay where they are.
 */
import { presentedIn, withStep } from './address.ts';
import { Bar, type BarAction } from './bar.ts';
import { blocksOfPage, isWriting, nameOf, needsKey, wordsOf } from './blocks.ts';
import { commandOf, type Command } from './keys.ts';
import { loadStyles } from '../../../foundation/page/load-styles.ts';
import styles from './present.css?url';
import { stepsOf } from './steps.ts';

interface Step {
  /** As the address has it. */
  name: string;
  elements: HTMLElement[];
  /** Of the question of a bet, and of its output: which of the two. */
  moment: 'question' | 'output' | undefined;
  /** The heading it stands under; empty before the first. */
  under: string;
}

let running: Presentation | undefined;

/**
 * @param fullScreen whether to ask for the whole screen; it works without. Browsers allow it only
 * in answer to a press.
 * @throws when its styles do not arrive.
 */
export async function present(fullScreen: boolean): Promise<void> {
  await loadStyles(styles);
  running ??= new Presentation(() => (running = undefined));
  if (fullScreen) void running.fillScreen(true);
}

class Presentation {
  readonly #steps: Step[] = readSteps();
  readonly #bar = new Bar(
    (action) => this.#act(action),
    document.querySelector<HTMLAnchorElement>('.page-foot a[rel="next"]'),
  );
  readonly #listening = new AbortController();
  readonly #ended: () => void;
  #index = 0;
  /** Full screen ends because of the bar's button: the presentation goes on. */
  #staying = false;

  constructor(ended: () => void) {
    this.#ended = ended;
    const root = document.documentElement;
    root.dataset['presenting'] = '';
    for (const { elements } of this.#steps)
      for (const element of elements) element.classList.add('present-block');
    document.body.append(this.#bar.element);
    this.#bar.press('notes', 'teacher' in root.dataset);
    this.#bar.press('screen', document.fullscreenElement !== null);
    const { signal } = this.#listening;
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    document.addEventListener('fullscreenchange', () => this.#screenChanged(), { signal });
    addEventListener('hashchange', () => this.#show(this.#find(location.hash.slice(1))), {
      signal,
    });
    const asked = presentedIn(location.href);
    this.#show(this.#find(asked === '' ? location.hash.slice(1) : (asked ?? '')));
    this.#focus(document.querySelector('main'));
  }

  async fillScreen(fill: boolean): Promise<void> {
    try {
      this.#staying = !fill;
      await (fill ? document.documentElement.requestFullscreen() : document.exitFullscreen());
    } catch {
      // Not allowed here, as in some frames and on some phones: the window is the screen.
    }
  }

  /** @returns the step of that name, or the one that holds the id; else the one that is shown. */
  #find(name: string): number {
    const exact = this.#steps.findIndex((step) => step.name === name);
    if (exact >= 0) return exact;
    const target = name === '' ? null : document.getElementById(name);
    const holding = this.#steps.findIndex(({ elements }) =>
      elements.some((element) => element.contains(target)),
    );
    return target !== null && holding >= 0 ? holding : this.#index;
  }

  #show(index: number): void {
    this.#index = Math.min(Math.max(index, 0), this.#steps.length - 1);
    const { name, under, elements: now, moment } = this.#steps[this.#index]!;
    for (const [at, step] of this.#steps.entries())
      for (const element of step.elements) {
        const isNow = now.includes(element);
        element.toggleAttribute('data-step-now', isNow);
        element.toggleAttribute('data-asking', isNow && moment === 'question');
        // It stays open behind its step: the text that follows speaks of it.
        if (step.moment === 'output')
          for (const bet of element.querySelectorAll('course-bet'))
            bet.toggleAttribute('data-shown', at <= this.#index);
      }
    this.#bar.show(this.#index, this.#steps.length, under);
    history.replaceState(history.state, '', withStep(location.href, name));
    scrollTo({ top: 0, behavior: 'instant' });
  }

  #pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (isWriting(event.target) || needsKey(event.target, event.key)) return;
    const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
    const command = commandOf(event, {
      above: scrollTop > 1,
      below: scrollTop + clientHeight < scrollHeight - 1,
    });
    if (!command) return;
    event.preventDefault();
    this.#act(command);
  }

  #act(action: BarAction | Command): void {
    switch (action) {
      case 'next':
        return this.#show(this.#index + 1);
      case 'previous':
        return this.#show(this.#index - 1);
      case 'first':
        return this.#show(0);
      case 'last':
        return this.#show(this.#steps.length - 1);
      case 'notes': {
        // The site's one switch, which remembers.
        document.querySelector<HTMLInputElement>('teacher-switch input')!.click();
        return this.#bar.press('notes', 'teacher' in document.documentElement.dataset);
      }
      case 'screen':
        return void this.fillScreen(document.fullscreenElement === null);
      case 'leave':
        return this.#leave();
    }
  }

  /** Escape ends full screen without telling the page which key it was. */
  #screenChanged(): void {
    const full = document.fullscreenElement !== null;
    this.#bar.press('screen', full);
    if (!full && !this.#staying && !isWriting(document.activeElement)) this.#leave();
    this.#staying = false;
  }

  #leave(): void {
    this.#listening.abort();
    if (document.fullscreenElement) void document.exitFullscreen();
    delete document.documentElement.dataset['presenting'];
    for (const element of document.querySelectorAll('.present-block')) {
      element.classList.remove('present-block');
      element.removeAttribute('data-step-now');
      element.removeAttribute('data-asking');
      for (const bet of element.querySelectorAll('course-bet')) bet.removeAttribute('data-shown');
    }
    this.#bar.element.remove();
    history.replaceState(history.state, '', withStep(location.href, undefined));
    const place = this.#steps[this.#index]!.elements[0]!;
    comeTo(place, this.#index === 0 ? 'end' : 'start');
    this.#focus(place);
    this.#ended();
  }

  /** So that keys and screen readers go on from there. */
  #focus(element: HTMLElement | null): void {
    element?.setAttribute('tabindex', '-1');
    element?.focus({ preventScroll: true });
    element?.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
}

/** What is laid out only near the screen moves the place while it comes near: for some frames, again. */
function comeTo(place: HTMLElement, block: ScrollLogicalPosition, frames = 5): void {
  place.scrollIntoView({ block, behavior: 'instant' });
  if (frames > 0) requestAnimationFrame(() => comeTo(place, block, frames - 1));
}

function readSteps(): Step[] {
  const blocks = blocksOfPage();
  let under = '';
  return stepsOf(blocks).map((positions, index) => {
    const members = positions.map((position) => blocks[position]!);
    const heading = members.findLast(({ kind }) => kind === 'heading');
    if (heading) under = wordsOf(heading.element);
    const elements = members.map(({ element }) => element);
    const moment = members.find((member) => member.moment)?.moment;
    const name = nameOf(elements, index);
    return { name: moment === 'output' ? `${name}:output` : name, elements, moment, under };
  });
}
