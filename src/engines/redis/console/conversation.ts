/**
 * The console's side that runs where the server does: it does what the page asks, and answers with what
 * was said at the prompts and the state to show.
 */
import { scriptLines } from '../script.ts';
import { assist } from './completion.ts';
import { Emulation } from './emulation.ts';
import { keyRows } from './keys.ts';
import { MOST_CLIENTS, SLICE } from './limits.ts';
import type { Action, Answer, Beginning, Question, ServerState } from './messages.ts';
import { currentMode, setMode } from './modes.ts';
import { Transcript } from './transcript.ts';

export class Conversation {
  #transcript = new Transcript();
  #emulation = new Emulation(this.#transcript);

  /**
   * @param question a {@link Question} as JSON.
   * @returns the {@link Answer} as JSON.
   * @throws Error if the question names a client that there is not, or one too many.
   */
  answer(question: string): string {
    const { begin, passed, action } = JSON.parse(question) as Question;
    if (begin) this.#begin(begin);
    else if (passed > 0) this.#emulation.pass(passed);
    const answer: Answer = { entries: [], state: null, ran: 0, report: null, assistance: null };
    this.#act(action, answer);
    if (action.type !== 'assist') answer.state = this.#state();
    answer.entries = this.#transcript.take();
    return JSON.stringify(answer);
  }

  #begin({ dataset, clients }: Beginning): void {
    this.#transcript = new Transcript();
    this.#emulation = new Emulation(this.#transcript);
    if (dataset) {
      const lines = scriptLines([dataset]).map(({ line }) => line);
      this.#emulation.fill(lines.flatMap((line) => (line.kind === 'command' ? [line.text] : [])));
    }
    for (const client of clients) this.#open(client);
  }

  #open(client: number): void {
    // A client that was there in the beginning may be asked for again.
    if (this.#emulation.clients.includes(client)) return;
    if (this.#emulation.clients.length >= MOST_CLIENTS)
      throw new Error('there are too many clients');
    this.#emulation.open(client);
  }

  #act(action: Action, answer: Answer): void {
    const emulation = this.#emulation;
    switch (action.type) {
      case 'look':
        return;
      case 'open':
        return this.#open(action.client);
      case 'close':
        return emulation.close(action.client);
      case 'interrupt':
        return emulation.interrupt(action.client);
      case 'type':
        answer.ran = this.#type(action);
        return;
      case 'pass':
        return emulation.pass(action.milliseconds);
      case 'crash':
        answer.report = emulation.crash(action.kind);
        return;
      case 'persist':
        return setMode(emulation.server, action.mode);
      case 'assist': {
        if (!emulation.clients.includes(action.client)) return;
        const client = emulation.connection(action.client);
        answer.assistance = assist(emulation.server, client, action.text, action.caret);
      }
    }
  }

  /** @returns how many of the lines were typed: until time is up, or the client has to wait. */
  #type({ client, lines, echo }: Extract<Action, { type: 'type' }>): number {
    const until = performance.now() + SLICE;
    let ran = 0;
    while (ran < lines.length && !this.#emulation.isWaiting(client)) {
      const line = lines[ran]!;
      if (echo) this.#transcript.echo(client, this.#emulation.prompt(client), line);
      this.#emulation.type(client, line);
      ran += 1;
      if (performance.now() > until) break;
    }
    return ran;
  }

  #state(): ServerState {
    const { server, now, clients } = this.#emulation;
    const next = server.nextEvent();
    return {
      now,
      next: next === Infinity ? null : Math.max(0, next - now),
      clients: clients.map((number) => ({
        number,
        prompt: this.#emulation.prompt(number),
        waiting: this.#emulation.isWaiting(number),
        interruptible: this.#emulation.canInterrupt(number),
      })),
      ...keyRows(server),
      mode: currentMode(server),
    };
  }
}
