/**
 * The page's way to the server, which lives in a worker: one question at a time, in the order in which
 * the reader did things, whatever happens to the worker meanwhile.
 */
import type { Script, ScriptFile } from '../../../engines/engine.ts';
import type {
  Action,
  Answer,
  Assistance,
  Question,
  ServerState,
} from '../../../engines/redis/console/messages.ts';
import { EngineLoadError, RunStopped, type Progress } from '../../runner/client.ts';
import { AnswerError, readAnswer } from './answers.ts';
import { Patience } from './patience.ts';
import type { Conversing } from './recorded.ts';
import { clientOf, nextOf, Tasks, type Task } from './tasks.ts';

/** Stop first waits so many milliseconds for what runs: an answer in time costs the reader nothing. */
const GRACE = 400;

/** Why a server is gone. */
export type Loss = 'stopped' | 'too long' | 'given away' | { broken: string };

export interface Listener {
  /** Something was answered. */
  heard(answer: Answer): void;
  progress(progress: Progress | null): void;
  /** A command runs for a while now, or no longer. */
  slow(runs: boolean): void;
  /** The server is gone, and a new one takes its place. */
  lost(loss: Loss): void;
  /** There is no server, and none comes by itself. */
  failed(message: string): void;
  /** Lines that were to be typed are not. */
  dropped(client: number, lines: readonly string[]): void;
}

export class Dialogue {
  /** As the server said last. */
  state: ServerState | null = null;
  readonly #session: Conversing;
  readonly #dataset: ScriptFile | null;
  readonly #clients: () => number[];
  readonly #listener: Listener;
  readonly #patience: Patience;
  readonly #tasks = new Tasks();
  #assisting: Task | null = null;
  #current: Task | null = null;
  /** The life of the session in which the server is that {@link state} is of. */
  #life: number | null = null;
  #passed = 0;
  #sent = 0;
  #ending: Loss | null = null;
  #grace: ReturnType<typeof setTimeout> | undefined;
  /** Whether a new server is to be begun, of which the reader has been told. */
  #anew = false;
  #startingOver = false;

  /**
   * @param dataset the script that fills the server, or `null` to begin empty.
   * @param clients the numbers of the clients there are.
   */
  constructor(
    session: Conversing,
    dataset: ScriptFile | null,
    clients: () => number[],
    listener: Listener,
  ) {
    this.#session = session;
    this.#dataset = dataset;
    this.#clients = clients;
    this.#listener = listener;
    this.#patience = new Patience(
      (runs) => listener.slow(runs),
      () => this.#end('too long'),
    );
  }

  /** The time at the server, in milliseconds. */
  get now(): number | null {
    return this.state && this.state.now + this.#sent + this.#passed;
  }

  /** Whether anything is being done. */
  get busy(): boolean {
    return this.#current !== null || !this.#tasks.isEmpty;
  }

  /** How many lines are still being typed; those that wait for an answer are not. */
  get linesLeft(): number {
    const current = this.#current;
    const goesOn = current && !current.ended && !this.#waits(clientOf(current));
    return this.#tasks.lines(this.state) + (goesOn ? current.left : 0);
  }

  /** Whether a line that is typed now runs at once. */
  isFree(client: number): boolean {
    const current = this.#current && clientOf(this.#current);
    return current !== client && !this.#tasks.has(client);
  }

  /** Time passes by itself. The server hears of it with the next question, and is asked when something is due. */
  beat(milliseconds: number): void {
    this.#passed += milliseconds;
    const next = this.state?.next ?? null;
    if (next !== null && this.#passed >= next && !this.#current) void this.ask({ type: 'look' });
  }

  /** @returns the answer when its turn has come, or `null` if it came to nothing. */
  ask(action: Action, { recovers = false } = {}): Promise<Answer | null> {
    return new Promise((done) => {
      const left = action.type === 'type' ? action.lines.length : 0;
      const task = { action, left, recovers, done };
      if (action.type === 'assist') {
        // Only what stands at the prompt last is of interest.
        this.#assisting?.done(null);
        this.#assisting = task;
      } else this.#tasks.add(task);
      void this.#work();
    });
  }

  /**
   * What a line may go on with. Lines that were typed before it run first: whoever types on without
   * looking is helped as soon as they are answered. `null` where there is no server, or where another
   * line was asked about meanwhile.
   */
  async assist(client: number, text: string, caret: number): Promise<Assistance | null> {
    if (this.state === null && !this.busy) return null;
    return (await this.ask({ type: 'assist', client, text, caret }))?.assistance ?? null;
  }

  /** Ctrl-C, ahead of everything: lines that wait at this prompt are not typed. */
  interrupt(client: number): void {
    this.#drop((task) => clientOf(task) === client);
    this.#tasks.addFirst({ action: { type: 'interrupt', client }, left: 0, done: ignore });
    void this.#work();
  }

  /** A client goes, with the lines that wait at its prompt. */
  close(client: number): void {
    this.#drop((task) => clientOf(task) === client);
    void this.ask({ type: 'close', client });
  }

  /** Ends whatever runs or waits. */
  stop(): void {
    const current = this.#current;
    this.#drop(() => true);
    if (!current) return;
    // A server that is on its way has nothing to lose.
    this.#grace ??= setTimeout(
      () => {
        if (this.#current === current) this.#end('stopped');
      },
      this.#life === null ? 0 : GRACE,
    );
  }

  /** A new server, without a word. */
  startOver(): Promise<Answer | null> {
    for (const task of this.#tasks.drop(() => true)) task.done(null);
    this.#anew = true;
    this.#startingOver = this.#current !== null;
    if (this.#current) this.#session.stop();
    return this.ask({ type: 'look' });
  }

  #drop(goes: (task: Task) => boolean): void {
    for (const task of this.#tasks.drop(goes)) this.#finish(task, null);
    // What was sent of the lines is being typed.
    if (this.#current && goes(this.#current)) this.#current.ended = true;
  }

  #finish(task: Task, answer: Answer | null): void {
    const { action, left } = task;
    if (action.type === 'type' && left > 0)
      this.#listener.dropped(action.client, action.lines.slice(-left));
    task.done(answer);
  }

  #end(loss: Loss): void {
    this.#ending = loss;
    this.#session.stop();
  }

  #waits(client: number | null): boolean {
    return this.state?.clients.some(({ number, waiting }) => number === client && waiting) ?? false;
  }

  #next(): Task | null {
    const task = this.#tasks.take(this.state) ?? this.#assisting;
    if (task === this.#assisting) this.#assisting = null;
    return task;
  }

  async #work(): Promise<void> {
    if (this.#current) return;
    for (let task = this.#next(); task; task = this.#next()) {
      this.#current = task;
      const answer = await this.#do(task);
      this.#current = null;
      clearTimeout(this.#grace);
      this.#grace = undefined;
      if (answer && task.left > 0 && !task.ended) this.#tasks.putBack(task);
      else this.#finish(task, answer);
    }
  }

  async #do(task: Task): Promise<Answer | null> {
    let asked = false;
    try {
      const json = await this.#session.converse(
        (epoch) => {
          asked = true;
          return JSON.stringify(this.#question(epoch, task));
        },
        {
          script: this.#scriptOf(task),
          onProgress: (progress) => {
            this.#listener.progress(progress.stage === 'run' ? null : progress);
            if (progress.stage === 'run') this.#patience.begin();
          },
        },
      );
      this.#patience.end();
      const answer = this.#read(json, task);
      this.#startingOver = false;
      this.#listener.heard(answer);
      return answer;
    } catch (error) {
      this.#patience.end();
      this.#listener.progress(null);
      this.#failed(error, task, asked);
      return null;
    }
  }

  /** What may be run: what of the server does not come yet has to come before it. */
  #scriptOf(task: Task): Script {
    const action = nextOf(task);
    const files = this.#dataset ? [this.#dataset] : [];
    if (action.type === 'type') files.push({ name: '', code: action.lines.join('\n') });
    return { files };
  }

  #question(epoch: number, task: Task): Question {
    const { action } = task;
    const begin = this.#anew || epoch !== this.#life;
    if (begin) {
      if (this.#life !== null && !this.#anew) this.#listener.lost('given away');
      this.#life = epoch;
      this.#anew = false;
      this.#passed = 0;
      this.#sent = 0;
    }
    // To be asked what a line may go on with changes nothing, so no time passes by it.
    const passed = action.type === 'assist' ? 0 : this.#passed;
    if (passed > 0) {
      this.#sent += passed;
      this.#passed = 0;
    }
    if (!begin) return { passed, action: nextOf(task) };
    return {
      passed,
      begin: { dataset: this.#dataset, clients: this.#clients() },
      // What is shown belongs to the answer.
      action: action.type === 'assist' ? { type: 'look' } : nextOf(task),
    };
  }

  /** @throws AnswerError */
  #read(json: string, task: Task): Answer {
    const answer = readAnswer(json);
    this.#sent = 0;
    this.state = answer.state ?? this.state;
    if (task.action.type === 'type') {
      if (answer.ran > (task.sent ?? 0) || (answer.ran === 0 && !this.#waits(task.action.client)))
        throw new AnswerError('it counted the lines wrongly');
      task.left -= answer.ran;
    }
    return answer;
  }

  #failed(error: unknown, task: Task, asked: boolean): void {
    const hadServer = this.#life !== null && !this.#anew;
    // What the lines need has not come, and the server goes on without them.
    if (!asked && hadServer && !this.#startingOver && error instanceof EngineLoadError) {
      this.#drop(() => true);
      return this.#listener.failed(error.message);
    }
    this.#sent = 0;
    const ending = this.#ending;
    this.#ending = null;
    if (this.#startingOver) {
      this.#startingOver = false;
      task.left = 0;
      return;
    }
    const { message } = error as Error;
    // What was sent is gone with the server, whether it was typed or not.
    if (hadServer) task.left -= task.sent ?? 0;
    // A worker that talks nonsense is still there.
    if (error instanceof AnswerError) this.#session.stop();
    this.#drop(() => true);
    this.#anew ||= hadServer;
    if (error instanceof EngineLoadError || !hadServer || task.recovers)
      return this.#listener.failed(message);
    this.state = null;
    const broken = error instanceof RunStopped ? null : message;
    this.#listener.lost(ending ?? (broken === null ? 'stopped' : { broken }));
    void this.ask({ type: 'look' }, { recovers: true });
  }
}

const ignore = () => undefined;
