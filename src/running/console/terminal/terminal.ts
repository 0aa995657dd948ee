/**
 * A prompt with its log, history and suggestions. It knows no engine: what an input means, what it
 * may go on with and when it is whole is its host's business.
 */
import { applySuggestion, type Completion, type Suggestion } from './completion.ts';
import { create } from './create.ts';
import type { PromptDraft } from './draft.ts';
import { HistoryCursor, type History } from './history.ts';
import { Log } from './log.ts';
import { SuggestionList } from './suggestions.ts';

/** What a line of input takes, in words. */
export interface Hint {
  syntax: string;
  summary: string;
}

export interface TerminalHost {
  /** What the prompt is for: `Client 1`, `mongosh`. Unique on its console. */
  readonly label: string;
  /** Whether an input may have several lines. */
  readonly multiline: boolean;
  readonly history: History;
  readonly draft: PromptDraft;
  prompt(): string;
  /** Whether Enter runs the text; otherwise it begins a new line. */
  isComplete(text: string): boolean;
  /** Whether the input that ran last is not done yet; nothing is sent meanwhile. */
  isBusy(): boolean;
  submit(text: string): void;
  /** Takes what was pasted and has several lines, at a prompt of single ones. */
  paste?(text: string): void;
  /** A promise, where somebody else has to be asked: an answer that comes too late is not used. */
  complete(text: string, caret: number): Completion | null | Promise<Completion | null>;
  hint(text: string): Hint | null | Promise<Hint | null>;
  /** Ctrl-C with nothing to clear. */
  interrupt(): void;
}

let count = 0;

export class Terminal {
  readonly element: HTMLElement;
  readonly log: Log;
  readonly #host: TerminalHost;
  readonly #field: HTMLInputElement | HTMLTextAreaElement;
  readonly #prompt: HTMLElement;
  readonly #hint: HTMLElement;
  readonly #suggestions: SuggestionList;
  readonly #cursor: HistoryCursor;
  #hintOf = '';

  constructor(host: TerminalHost) {
    this.#host = host;
    this.#cursor = new HistoryCursor(host.history);
    this.log = new Log(`${host.label}: log`);
    const id = `console-${(count += 1)}`;
    const attributes = {
      id,
      class: 'console-field',
      'aria-label': `${host.label}: ${host.multiline ? 'input' : 'command'}`,
      'aria-autocomplete': 'list',
      'aria-controls': `${id}-suggestions`,
      'aria-describedby': `${id}-keys`,
      autocomplete: 'off',
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'send',
    };
    this.#field = host.multiline
      ? create('textarea', { ...attributes, rows: '1' })
      : create('input', {
          ...attributes,
          type: 'text',
          role: 'combobox',
          'aria-expanded': 'false',
        });
    this.#suggestions = new SuggestionList(this.#field, `${id}-suggestions`, (suggestion, from) =>
      this.#accept(suggestion, from),
    );
    this.#prompt = create('label', { class: 'prompt', for: id }, host.prompt());
    this.#hint = create('p', { class: 'console-hint' });
    const run = create('button', { type: 'submit', 'aria-label': `Run (${host.label})` }, 'Run');
    run.addEventListener('pointerdown', (event) => event.preventDefault());
    run.addEventListener('mousedown', (event) => event.preventDefault());
    const form = create(
      'form',
      { class: 'console-line' },
      this.#prompt,
      create('div', { class: 'console-typing' }, this.#field, run),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.element = create(
      'div',
      { class: 'console-terminal' },
      this.log.element,
      form,
      create('div', { class: 'console-aid' }, this.#suggestions.element, this.#hint),
      create(
        'p',
        { class: 'console-keys', id: `${id}-keys` },
        host.multiline
          ? 'Enter runs, Shift+Enter begins a new line. Up and Down: history. Tab completes a word; Esc, then Tab leaves.'
          : 'Enter runs. Up and Down: history. Tab completes a word; Esc, then Tab leaves.',
      ),
    );
    this.#field.addEventListener('input', () => this.#typed());
    this.#field.addEventListener('keydown', (event) => this.#key(event as KeyboardEvent));
    this.#field.addEventListener('paste', (event) => this.#paste(event as ClipboardEvent));
    this.#field.addEventListener('blur', () => this.#suggestions.close());
    this.#field.value = host.draft.text;
    this.#fit();
    this.#showHint();
  }

  /** What stands at the prompt. */
  get text(): string {
    return this.#field.value;
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  /** Shows the prompt as it is now, after what happened. */
  refresh(): void {
    this.#prompt.textContent = this.#host.prompt();
  }

  /** Puts an input at the prompt, to be looked at before it is run. */
  fill(text: string): void {
    this.#set(text, text.length);
    this.focus();
  }

  #submit(): void {
    const text = this.#field.value.trim();
    this.focus();
    if (text === '' || this.#host.isBusy()) return;
    this.#set('', 0);
    this.#run(text);
  }

  #run(text: string): void {
    this.#host.history.add(text);
    this.#cursor.leave();
    this.#host.submit(text);
    this.refresh();
  }

  #set(text: string, caret: number): void {
    this.#field.value = text;
    this.#field.setSelectionRange(caret, caret);
    this.#suggestions.close();
    this.#changed();
  }

  #typed(): void {
    const { value, selectionStart } = this.#field;
    this.#suggestions.ask(this.#host.complete(value, selectionStart ?? value.length));
    this.#changed();
  }

  #changed(): void {
    this.#host.draft.keep(this.#field.value);
    this.#fit();
    this.#showHint();
  }

  #accept(suggestion: Suggestion, from: number): void {
    const { value, selectionStart } = this.#field;
    const { text, caret } = applySuggestion(
      value,
      selectionStart ?? value.length,
      from,
      suggestion,
    );
    this.#set(text, caret);
    this.focus();
    // What may follow is offered at once: on a phone a command is a few taps.
    this.#typed();
  }

  /** As many rows as the text has lines. */
  #fit(): void {
    if (this.#field instanceof HTMLTextAreaElement)
      this.#field.rows = Math.min(12, this.#field.value.split('\n').length);
  }

  #showHint(): void {
    const { value } = this.#field;
    this.#hintOf = value;
    const hint = this.#host.hint(value);
    if (!(hint instanceof Promise)) return this.#drawHint(hint);
    void hint.then((found) => {
      if (this.#hintOf === value) this.#drawHint(found);
    });
  }

  #drawHint(hint: Hint | null): void {
    this.#hint.replaceChildren(
      ...(hint
        ? [create('code', {}, hint.syntax), document.createTextNode(` ${hint.summary}`)]
        : []),
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const handled = this.#handle(event);
    if (handled) event.preventDefault();
  }

  /** @returns whether the key is used up. */
  #handle({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const list = this.#suggestions;
    const plain = !shiftKey && !ctrlKey && !metaKey && !altKey;
    switch (key) {
      case 'Enter':
        if (shiftKey && this.#host.multiline) return false;
        if (list.hasActive && plain) {
          list.accept();
          return true;
        }
        if (
          this.#host.multiline &&
          !ctrlKey &&
          !metaKey &&
          !this.#host.isComplete(this.#field.value)
        )
          return this.#field.value.trim() === '';
        this.#submit();
        return true;
      case 'ArrowDown':
        if (!plain) return false;
        if (list.hold('ArrowDown')) return true;
        if (list.open) list.move(1);
        else if (this.#onLastLine()) this.#recall(this.#cursor.next());
        else return false;
        return true;
      case 'ArrowUp':
        if (!plain) return false;
        if (list.hasActive) list.move(-1);
        else if (this.#onFirstLine()) this.#recall(this.#cursor.previous(this.#field.value));
        else return false;
        return true;
      case 'Tab': {
        // With no word begun and none chosen, Tab leaves as it does everywhere.
        const caret = this.#field.selectionStart ?? 0;
        const inWord = /\S/.test(this.#field.value[caret - 1] ?? '');
        if (plain && inWord && list.hold('Tab')) return true;
        const begun = list.open && caret > list.from;
        if (!plain || !(begun || list.hasActive)) return false;
        list.accept();
        return true;
      }
      case 'Escape':
        if (!list.open && !list.isAwaited) return false;
        list.close();
        return true;
      case 'c':
        return ctrlKey && !shiftKey && !altKey && !metaKey && this.#interrupt();
      default:
        return false;
    }
  }

  #interrupt(): boolean {
    if (this.#field.selectionStart !== this.#field.selectionEnd) return false;
    if (this.#field.value === '') this.#host.interrupt();
    else this.#set('', 0);
    return true;
  }

  #recall(entry: string | null): void {
    if (entry !== null) this.#set(entry, entry.length);
  }

  #onFirstLine(): boolean {
    return !this.#field.value.slice(0, this.#field.selectionStart ?? 0).includes('\n');
  }

  #onLastLine(): boolean {
    return !this.#field.value.slice(this.#field.selectionEnd ?? 0).includes('\n');
  }

  #paste(event: ClipboardEvent): void {
    if (!this.#host.paste) return;
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\r\n]/.test(pasted.trim())) return;
    event.preventDefault();
    this.#cursor.leave();
    this.#host.paste(pasted);
  }
}
