/** One worker with one database in it, and the requests that the page makes of it. */
import type { EngineName, Output, RunSummary } from '../../engines/engine.ts';
import type { Broker } from './broker.ts';
import { EngineCrashed, EngineLoadError } from './errors.ts';
import { type Allowance, type PartBrought, readAnswer, type Request, sayable } from './protocol.ts';

/** A request without its number, which the connection gives it. */
export type Ask<R = Request> = R extends Request ? Omit<R, 'id'> : never;

/** What a request ends with: the answer to a question, or how it went. */
type Ending<R> = R extends { type: 'converse' } ? string : RunSummary;

/** A database in a worker. */
export interface Connection {
  /** Resolves once the engine has started. @throws EngineLoadError if it does not. */
  readonly started: Promise<void>;
  /**
   * Makes a request. One at a time.
   *
   * @param allowance what the worker may answer to it.
   * @throws RequestFailed with the engine's own message if it refuses, or what kept a part that it needed from
   *   coming; EngineCrashed if the worker breaks off; whatever {@link end} was called with.
   */
  request<R extends Ask>(
    request: R,
    allowance: Allowance,
    onOutput?: (output: Output) => void,
  ): Promise<Ending<R>>;
  /** Terminates the worker; what is pending fails with `reason`. */
  end(reason: Error): void;
  /** Called once, when the database is gone, with the reason. */
  onEnded: ((reason: Error) => void) | null;
}

/** The engine threw while it answered a request. What state it is in, nobody knows. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
}

/** A script would have begun again with a part that did not come: the database is what it was before. */
export class PartDidNotCome extends Error {
  override readonly name = 'PartDidNotCome';
  readonly why: Error;
  constructor(why: Error) {
    super(why.message, { cause: why });
    this.why = why;
  }
}

interface Pending {
  id: number;
  allowance: Allowance;
  /** The allowance as it was in the beginning. */
  full: Readonly<Allowance>;
  onOutput?: ((output: Output) => void) | undefined;
  /** Whether it is a question. */
  asks: boolean;
  /** Why a part of the engine did not come, if the answer had to wait for one. */
  missing: Error | null;
  /** What was printed while the script may still begin again; `null` if it may not. */
  held: Output[] | null;
  /** Whether it has begun again. */
  again: boolean;
  resolve(end: RunSummary | string): void;
  reject(reason: Error): void;
}

const RELOAD = 'Retry, or reload the page.';

/** The start of an engine answers with one word. */
const START: Readonly<Allowance> = { messages: 1, outputs: 0, rows: 0, characters: 0 };

/**
 * Starts a worker for an engine whose files the broker holds.
 *
 * @param image name of an image that it holds too, for the database to start with.
 * @param loadPart brings the content of a part of the engine.
 * @param rest the part without which a script may have to begin again: what it prints is held back while it is not there.
 */
export function connect(
  broker: Broker,
  engine: EngineName,
  title: string,
  image: string | null = null,
  loadPart: (part: string) => Promise<ArrayBuffer> = () => Promise.reject(new Error('it has none')),
  rest?: string,
): Connection {
  let pending: Pending | null = null;
  let over: Error | null = null;
  let requests = 0;
  /** The parts that the worker has, or that are on their way to it. */
  const parts = new Set<string>();

  const end = (reason: Error) => {
    if (over) return;
    over = reason;
    worker.terminate();
    release(pending);
    pending?.reject(reason);
    pending = null;
    connection.onEnded?.(reason);
  };
  /** What was held back is said, whatever comes now. */
  const release = (of: Pending | null) => {
    const held = of?.held ?? [];
    if (of) of.held = null;
    held.forEach((output) => of?.onOutput?.(output));
  };
  const crash = (why: string, cause?: unknown) =>
    end(
      pending?.id === 0
        ? new EngineLoadError(title, `it did not start (${why})`, { cause, remedy: RELOAD })
        : new EngineCrashed(title, why, { cause }),
    );

  const expect = (
    id: number,
    allowance: Allowance,
    onOutput?: Pending['onOutput'],
    asks = false,
  ) => {
    const answered = new Promise<RunSummary | string>((resolve, reject) => {
      if (over) return reject(over);
      const held = rest !== undefined && !parts.has(rest) ? [] : null;
      pending = {
        id,
        allowance,
        full: { ...allowance },
        onOutput,
        asks,
        missing: null,
        held,
        again: false,
        resolve,
        reject,
      };
    });
    // Where the frame is gone, nobody answers any more.
    const unwatch = broker.watch();
    answered.then(unwatch, unwatch);
    return answered;
  };

  /** Each part once, but for one that did not come: so no more messages come than there are parts. */
  const bring = (part: string, to: Pending) => {
    if (parts.has(part)) throw new Error('it asked twice for a part');
    const hand = (content: ArrayBuffer | null) => {
      if (over) return;
      const brought: PartBrought = { type: 'part', part, content };
      worker.port.postMessage(brought);
    };
    if (to.missing) return hand(null);
    parts.add(part);
    to.allowance.messages++;
    loadPart(part).then(hand, (error: Error) => {
      parts.delete(part);
      to.missing = error;
      hand(null);
    });
  };

  /** Once: behind this, nothing can be missing. */
  const beginAgain = (of: Pending) => {
    if (!of.held) throw new Error('it began again');
    of.held = null;
    of.again = true;
    Object.assign(of.allowance, of.full);
  };

  const worker = broker.open(engine, (why) => crash(sayable(why)), image);
  worker.port.onmessageerror = () => crash('its message could not be read');
  worker.port.onmessage = ({ data }) => {
    if (!pending) return crash('it spoke without being asked');
    const { id, allowance, onOutput, asks, missing, held, again, resolve, reject } = pending;
    let answer;
    try {
      answer = readAnswer(data, allowance);
      if (answer.id !== id || answer.type === (asks ? 'done' : 'answered'))
        throw new Error('it answered another question');
      if (answer.type === 'needs') return bring(answer.part, pending);
      if (answer.type === 'again') return beginAgain(pending);
    } catch (error) {
      return crash((error as Error).message, error);
    }
    if (answer.type === 'outputs') {
      if (held) held.push(...answer.outputs);
      else answer.outputs.forEach((output) => onOutput?.(output));
    } else if (answer.type === 'failed') {
      if (id === 0) return crash(answer.message);
      release(pending);
      pending = null;
      if (missing) reject(again ? new PartDidNotCome(missing) : missing);
      else reject(new RequestFailed(answer.message));
    } else {
      release(pending);
      pending = null;
      resolve(answer.type === 'done' ? answer.summary : answer.answer);
    }
  };

  const started = expect(0, { ...START }).then(() => undefined);
  // Whoever waits for it hears of it; nobody may be waiting.
  started.catch(() => undefined);
  const connection: Connection = {
    started,
    end,
    onEnded: null,
    request<R extends Ask>(request: R, allowance: Allowance, onOutput?: Pending['onOutput']) {
      const id = ++requests;
      const ended = expect(id, { ...allowance }, onOutput, request.type === 'converse');
      if (!over) worker.port.postMessage({ ...request, id });
      return ended as Promise<Ending<R>>;
    },
  };
  return connection;
}
