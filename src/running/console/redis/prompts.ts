/** The prompts of a Redis console: each is a client with a log, and types by way of the dialogue. */
import { redis } from '../../../engines/redis/descriptor.ts';
import { LONGEST_ECHO, MOST_CLIENTS, MOST_ENTRIES } from '../../../engines/redis/console/limits.ts';
import type { Assistance, ClientState, Entry } from '../../../engines/redis/console/messages.ts';
import { createButton } from '../terminal/create.ts';
import { promptDraft, type PromptDraft } from '../terminal/draft.ts';
import { History, visitStore } from '../terminal/history.ts';
import { Terminal } from '../terminal/terminal.ts';
import { ClientPanels, type Panel } from './client-panels.ts';
import type { Dialogue } from './dialogue.ts';
import { asTyped, hasCurlyQuotes, MOST_LINES, readPasted } from './pasted.ts';

/** Before a server has said what stands there. */
const PROMPT = redis.console.prompt;
const CURLY = 'Redis takes curly quotes for letters. Straight ones, " or \', hold words together.';

const count = (number: number, one: string, more: string): string =>
  number === 1 ? `1 ${one}` : `${number.toLocaleString('en-US')} ${more}`;

/** A long line as it is repeated. */
const shown = (line: string): string =>
  line.length > LONGEST_ECHO ? `${line.slice(0, LONGEST_ECHO)}…` : line;

export interface PromptsHost {
  /** Tells everybody, screen readers included. */
  say(text: string): void;
  /** Ends a command that runs, for Ctrl-C. */
  stop(): void;
  /** Why nothing can be run now; `null` if it can. */
  whyNot(): string | null;
}

export class Prompts {
  readonly element: HTMLElement;
  readonly #dialogue: Dialogue;
  readonly #say: (text: string) => void;
  readonly #stop: () => void;
  readonly #whyNot: () => string | null;
  readonly #id: string;
  readonly #history = new History('redis', visitStore());
  readonly #panels: ClientPanels;
  readonly #panelOf = new Map<number, Panel>();
  readonly #add: HTMLButtonElement;
  readonly #heard = new Map<number, Entry[]>();
  #numbers = 0;
  #used = 0;

  /** @param id which console it is. */
  constructor(dialogue: Dialogue, id: string, { say, stop, whyNot }: PromptsHost) {
    this.#dialogue = dialogue;
    this.#id = id;
    this.#say = say;
    this.#stop = stop;
    this.#whyNot = whyNot;
    this.#add = createButton('Add a client', () => {
      if (!this.mayAct()) return;
      this.add().focus();
      say(`There are ${this.#panelOf.size} clients.`);
    });
    this.#panels = new ClientPanels(
      {
        onClose: (panel) => {
          if (this.mayAct()) this.#close(panel);
        },
        onInterrupt: (panel) => {
          if (!this.mayAct()) return;
          dialogue.interrupt(this.#numberOf(panel));
          panel.terminal.focus();
        },
      },
      this.#add,
    );
    this.element = this.#panels.element;
  }

  /** The numbers of the clients. */
  get clients(): number[] {
    return [...this.#panelOf.keys()];
  }

  /** Whether the reader can do something to the server now; why not is said. */
  mayAct(): boolean {
    const why = this.#whyNot();
    if (why !== null) this.#say(why);
    return why === null;
  }

  /** A further client. @param number another than those that are there. */
  add(number = this.#numbers + 1): Terminal {
    this.#numbers = Math.max(this.#numbers, number);
    this.#used = number;
    const name = `Client ${number}`;
    const assist = this.#assistant(number);
    const terminal = new Terminal({
      label: name,
      multiline: false,
      history: this.#history,
      draft: this.#draftOf(number),
      prompt: () => this.#prompt(number),
      isComplete: () => true,
      isBusy: () => {
        const waits = this.#about(number)?.waiting ?? false;
        if (!this.mayAct()) return true;
        if (waits) this.#say(`${name} waits for an answer: Ctrl-C ends that.`);
        return waits;
      },
      submit: (text) => this.#submit(number, asTyped(text)),
      paste: (text) => this.#paste(number, text),
      complete: (text, caret) =>
        assist(text, caret)?.then((found) => found?.completion ?? null) ?? null,
      hint: (text) => assist(text, text.length)?.then((found) => found?.hint ?? null) ?? null,
      interrupt: () => {
        if (this.#about(number)?.interruptible && this.#whyNot() === null)
          this.#dialogue.interrupt(number);
        else this.#stop();
      },
    });
    this.#panelOf.set(number, this.#panels.add(name, terminal));
    void this.#dialogue.ask({ type: 'open', client: number });
    this.#add.hidden = this.#panelOf.size >= MOST_CLIENTS;
    return terminal;
  }

  /** Takes in what was said; {@link print} shows it. */
  hear(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const heard = this.#heard.get(entry.client) ?? [];
      this.#heard.set(entry.client, heard);
      heard.push(entry);
      // More than a log keeps would be gone at once.
      if (heard.length > 2 * MOST_ENTRIES) heard.splice(0, MOST_ENTRIES);
    }
  }

  print(): void {
    for (const [client, entries] of this.#heard) {
      const panel = this.#panelOf.get(client);
      for (const entry of entries.slice(-MOST_ENTRIES)) if (panel) this.#print(panel, entry);
    }
    this.#heard.clear();
  }

  #print(panel: Panel, { kind, text, prompt, rest }: Entry): void {
    const { log } = panel.terminal;
    if (kind === 'clear') return log.clear();
    if (kind === 'echo') return log.echo(prompt, text);
    if (text !== '') log.print(text, kind);
    if (rest !== '') log.print(rest, 'note');
    this.#panels.arrived(panel);
  }

  /** Says something at every prompt. */
  announce(text: string, kind: 'note' | 'error'): void {
    this.print();
    for (const { terminal } of this.#panelOf.values()) terminal.log.print(text, kind);
  }

  /** Lines that were typed and did not run. */
  dropped(client: number, lines: readonly string[]): void {
    this.print();
    const terminal = this.#panelOf.get(client)?.terminal;
    if (lines.length === 1 && terminal?.text === '') terminal.fill(lines[0]!);
    else terminal?.log.print(`${count(lines.length, 'line was', 'lines were')} not run.`, 'note');
  }

  clear(): void {
    this.#heard.clear();
    for (const { terminal } of this.#panelOf.values()) terminal.log.clear();
  }

  /** Back to where the reader typed last. */
  focus(): void {
    const panel = this.#panelOf.get(this.#used) ?? this.#panels.panels.at(-1);
    panel?.terminal.focus();
  }

  /** Shows the prompts as they are now. */
  refresh(): void {
    for (const [number, { terminal, interrupt }] of this.#panelOf) {
      terminal.refresh();
      const hidden = !this.#about(number)?.interruptible;
      // Whoever pressed it is not left without a focus.
      if (hidden && document.activeElement === interrupt) terminal.focus();
      interrupt.hidden = hidden;
    }
  }

  #about(number: number): ClientState | undefined {
    return this.#dialogue.state?.clients.find((client) => client.number === number);
  }

  #prompt(number: number): string {
    return this.#about(number)?.prompt ?? PROMPT;
  }

  #numberOf(panel: Panel): number {
    return [...this.#panelOf].find(([, candidate]) => candidate === panel)![0];
  }

  /** A client goes. The last one stays. */
  close(number: number): void {
    const panel = this.#panelOf.get(number);
    if (panel && this.#panelOf.size > 1) this.#close(panel);
  }

  #close(panel: Panel): void {
    const number = this.#numberOf(panel);
    this.#draftOf(number).keep('');
    this.#panelOf.delete(number);
    this.#panels.remove(panel);
    this.#dialogue.close(number);
    this.#add.hidden = false;
    this.#panels.panels.at(-1)!.terminal.focus();
    this.#say(`${panel.name} is closed.`);
  }

  #submit(number: number, line: string): void {
    if (line === '') return;
    this.#used = number;
    const free = this.#dialogue.isFree(number);
    const { log } = this.#panelOf.get(number)!.terminal;
    if (free) log.echo(this.#prompt(number), shown(line));
    this.#say('');
    void this.#dialogue.ask({ type: 'type', client: number, lines: [line], echo: !free });
    this.#warn(number, [line]);
  }

  /** As in a terminal, what was pasted runs line after line, also behind what runs already. */
  #paste(number: number, text: string): void {
    if (!this.mayAct()) return;
    this.#used = number;
    const { lines, answers, left } = readPasted(text);
    if (lines.length === 0) return this.#say('There is no command in what was pasted.');
    this.#history.add(...lines.slice(-1000));
    const note = (what: string) => this.#panelOf.get(number)!.terminal.log.print(what, 'note');
    if (answers > 0)
      note(
        `${count(answers, 'line', 'lines')} without a prompt ${answers === 1 ? 'was' : 'were'} taken for answers, and not run.`,
      );
    if (left > 0)
      note(
        `Only the first ${lines.length.toLocaleString('en-US')} lines run: more than ${MOST_LINES.toLocaleString('en-US')}, or 5 MB, are too much for a prompt.`,
      );
    const waits = this.#about(number)?.waiting ?? false;
    this.#say(
      waits ? 'What was pasted runs when the answer has come. Ctrl-C ends the waiting.' : '',
    );
    void this.#dialogue.ask({ type: 'type', client: number, lines, echo: true });
    this.#warn(number, lines.slice(0, 100));
  }

  #warn(number: number, lines: readonly string[]): void {
    if (lines.some(hasCurlyQuotes)) this.#panelOf.get(number)!.terminal.log.print(CURLY, 'note');
  }

  #draftOf(number: number): PromptDraft {
    return promptDraft(`${this.#id}/${number}`);
  }

  /** What a line may go on with and what it takes are one question, asked once for both. */
  #assistant(number: number): (text: string, caret: number) => Promise<Assistance | null> | null {
    let asked: { text: string; answer: Promise<Assistance | null> } | null = null;
    return (text, caret) => {
      if (text.trim() === '' || text.length > LONGEST_ECHO) return null;
      if (asked?.text === text) return asked.answer;
      asked = { text, answer: this.#dialogue.assist(number, text, caret) };
      // A moment later the keys may be others.
      queueMicrotask(() => (asked = null));
      return asked.answer;
    };
  }
}
