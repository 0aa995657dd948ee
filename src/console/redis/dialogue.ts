/**
 * The page's way to the server, which lives in a worker: one question at a time, in the order in which
 * the reader did things, whatever happens to the worker meanwhile.
 */
import type { ScriptFile } from '../../engines/engine.ts';
import type {
  Action,
  Answer,
  Assistance,
  Question,
  ServerState,
} from '../../engines/redis/console/messages.ts';
import { EngineLoadError, RunStopped, type Progress, type Session } from '../../runner/client.ts';
import { AnswerError, readAnswer } from './answers.ts';

/** Lines that are sent at once; the worker runs as many of them as it has time for. */
const CHUNK = 2000;
/** Stop first waits so many milliseconds for what runs: an answer in time costs the reader nothing. */
const GRACE = 400;
/** After so many milliseconds the reader is told that something runs. */
const SLOW = 500;
/** One command may run so many seconds. Counted, not measured: a computer that slept has not waited. */
const LONGEST_COMMAND = 30;

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

interface Task {
  action: Action;
  /** How many of an action's lines are not typed yet. */
  left: number;
  /** No more of its lines are to be typed. */
  ended?: boolean;
  /** It begins a new server where one was lost. */
  recovers?: boolean;
  done(answer: Answer | null): void;
}

const clientOf = ({ action }: Task): number | null =>
  action.type === 'type' ? action.client : null;

export class Dialogue {
  /** As the server said last. */
  state: ServerState | null = null;
  readonly #session: Session;
  readonly #dataset: ScriptFile | null;
  readonly #clients: () => number[];
  readonly #listener: Listener;
  #tasks: Task[] = [];
  #assisting: Task | null = null;
  #current: Task | null = null;
  /** The life of the session in which the server is that {@link state} is of. */
  #life: number | null = null;
  #passed = 0;
  #sent = 0;
  #ending: Loss | null = null;
  #grace: number | undefined;
  /** Whether a new server is to be begun, of which the reader has been told. */
  #anew = false;
  #startingOver = false;
  #isSlow = false;

  /**
   * @param dataset the script that fills the server, or `null` to begin empty.
   * @param clients the numbers of the clients there are.
   */
  constructor(
    session: Session,
    dataset: ScriptFile | null,
    clients: () => number[],
    listener: Listener,
  ) {
    this.#session = session;
    this.#dataset = dataset;
    this.#clients = clients;
    this.#listener = listener;
  }

  /** The time at the server, in milliseconds. */
  get now(): number | null {
    return this.state && this.state.now + this.#sent + this.#passed;
  }

  /** Whether anything is being done. */
  get busy(): boolean {
    return this.#current !== null || this.#tasks.length > 0;
  }

  /** How many lines still have to be typed. */
  get linesLeft(): number {
    const current = this.#current && !this.#current.ended ? this.#current.left : 0;
    return this.#tasks.reduce((sum, { left }) => sum + left, current);
  }

  /** Whether a line that is typed now runs at once. */
  isFree(client: number): boolean {
    return ![this.#current, ...this.#tasks].some((task) => task && clientOf(task) === client);
  }

  /** Time passes by itself. The server hears of it with the next question, and is asked when something is due. */
  beat(milliseconds: number): void {
    this.#passed += milliseconds;
    const next = this.state?.next ?? null;
    if (next !== null && this.#passed >= next && !this.busy) void this.ask({ type: 'look' });
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
      } else this.#tasks.push(task);
      void this.#work();
    });
  }

  /** What a line may go on with; `null` where other things come first. */
  async assist(client: number, text: string, caret: number): Promise<Assistance | null> {
    if (this.#isSlow || this.linesLeft > 0 || this.state === null) return null;
    return (await this.ask({ type: 'assist', client, text, caret }))?.assistance ?? null;
  }

  /** Ctrl-C, ahead of everything: lines that wait at this prompt are not typed. */
  interrupt(client: number): void {
    this.#drop((task) => clientOf(task) === client);
    this.#tasks.unshift({ action: { type: 'interrupt', client }, left: 0, done: ignore });
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
    // A server that is on its way has nothing to lose.
    this.#grace ??= window.setTimeout(
      () => {
        if (this.#current === current) this.#end('stopped');
      },
      this.#life === null ? 0 : GRACE,
    );
  }

  /** A new server, without a word. */
  startOver(): Promise<Answer | null> {
    this.#drop(() => true);
    this.#anew = true;
    this.#startingOver = this.#current !== null;
    if (this.#current) this.#session.stop();
    return this.ask({ type: 'look' });
  }

  #drop(goes: (task: Task) => boolean): void {
    const gone = this.#tasks.filter(goes);
    this.#tasks = this.#tasks.filter((task) => !goes(task));
    for (const task of gone) this.#finish(task, null);
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

  /** The first that can be done: whoever waits for an answer waits with what comes after. */
  #next(): Task | null {
    const held = new Set(
      this.state?.clients.filter(({ waiting }) => waiting).map(({ number }) => number),
    );
    const at = this.#tasks.findIndex((task) => !held.has(clientOf(task) ?? -1));
    if (at >= 0) return this.#tasks.splice(at, 1)[0]!;
    const assisting = this.#assisting;
    this.#assisting = null;
    return assisting;
  }

  async #work(): Promise<void> {
    if (this.#current) return;
    for (let task = this.#next(); task; task = this.#next()) {
      this.#current = task;
      const answer = await this.#do(task);
      this.#current = null;
      window.clearTimeout(this.#grace);
      this.#grace = undefined;
      if (answer && task.left > 0 && !task.ended) this.#putBack(task);
      else this.#finish(task, answer);
    }
  }

  /** Others may come in between the lines of one client, but none of the same client. */
  #putBack(task: Task): void {
    const at = this.#tasks.findIndex((other) => clientOf(other) === clientOf(task));
    this.#tasks.splice(at < 0 ? this.#tasks.length : at, 0, task);
  }

  async #do(task: Task): Promise<Answer | null> {
    const watch = this.#watch();
    try {
      const json = await this.#session.converse(
        (epoch) => JSON.stringify(this.#question(epoch, task)),
        {
          onProgress: (progress) => {
            this.#listener.progress(progress.stage === 'run' ? null : progress);
            if (progress.stage === 'run') watch.start();
          },
        },
      );
      watch.end();
      const answer = this.#read(json, task);
      this.#sent = 0;
      this.state = answer.state ?? this.state;
      this.#listener.heard(answer);
      return answer;
    } catch (error) {
      watch.end();
      this.#listener.progress(null);
      this.#failed(error, task);
      return null;
    }
  }

  #question(epoch: number, { action, left }: Task): Question {
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
    if (!begin) return { passed, action: shortened(action, left) };
    return {
      passed,
      begin: { dataset: this.#dataset, clients: this.#clients() },
      // What is shown belongs to the answer.
      action: action.type === 'assist' ? { type: 'look' } : shortened(action, left),
    };
  }

  /** @throws AnswerError */
  #read(json: string, task: Task): Answer {
    const answer = readAnswer(json);
    if (task.action.type === 'type') {
      const waits = answer.state?.clients.some(
        ({ number, waiting }) => number === clientOf(task) && waiting,
      );
      if (answer.ran > task.left || (answer.ran === 0 && !waits))
        throw new AnswerError('it counted the lines wrongly');
      task.left -= answer.ran;
    }
    return answer;
  }

  #failed(error: unknown, task: Task): void {
    this.#sent = 0;
    const ending = this.#ending;
    this.#ending = null;
    if (this.#startingOver) {
      this.#startingOver = false;
      return;
    }
    const { message } = error as Error;
    const hadServer = this.#life !== null && !this.#anew;
    // What was sent is gone with the server, whether it was typed or not.
    if (hadServer) task.left = Math.max(0, task.left - CHUNK);
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

  #saySlow(runs: boolean): void {
    if (this.#isSlow !== runs) this.#listener.slow(runs);
    this.#isSlow = runs;
  }

  /** Tells when a question takes long, and ends what takes too long. */
  #watch(): { start(): void; end(): void } {
    let slow: number | undefined;
    let beats = 0;
    let beat: number | undefined;
    return {
      start: () => {
        slow = window.setTimeout(() => this.#saySlow(true), SLOW);
        beat = window.setInterval(() => {
          if ((beats += 1) >= LONGEST_COMMAND) this.#end('too long');
        }, 1000);
      },
      end: () => {
        window.clearTimeout(slow);
        window.clearInterval(beat);
        this.#saySlow(false);
      },
    };
  }
}

/** The lines that are sent of those that are left. */
function shortened(action: Action, left: number): Action {
  if (action.type !== 'type') return action;
  const from = action.lines.length - left;
  return { ...action, lines: action.lines.slice(from, from + CHUNK) };
}

const ignore = () => undefined;
