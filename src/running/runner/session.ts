/**
 * A database as a cell sees it: it loads, starts, runs one thing at a time, can be stopped at any
 * moment, and starts anew by itself when it is gone.
 */
import {
  DEFAULT_LIMITS,
  type EngineName,
  type Limits,
  type Output,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../../engines/engine.ts';
import { createTurns } from './turns.ts';
import { type Connection, connect, PartDidNotCome, RequestFailed } from './connection.ts';
import type { Broker } from './broker.ts';
import {
  CourseUpdated,
  DatasetFailed,
  EngineCrashed,
  EngineLoadError,
  ProgramWentOn,
  RunStopped,
} from './errors.ts';
import type { Loader } from './loading.ts';
import { allowanceFor, CONVERSATION } from './protocol.ts';
import type { Guest, Room } from './rooms.ts';

/** What a reader is waiting for. Bytes are as transferred. */
export type Progress =
  | {
      stage: 'download';
      loaded: number;
      total: number;
      /** It is the rest of an engine that runs already, and that scripts do without for the most part. */
      rest?: true;
    }
  /** Every place for such a database is taken by one that is running. */
  | { stage: 'wait' }
  | { stage: 'start' }
  | { stage: 'dataset' }
  | { stage: 'run' };

export interface SessionOptions {
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Aborting is {@link Session.stop} for this call; one that still waits its turn just goes. */
  signal?: AbortSignal | undefined;
  /**
   * Name of the dataset's script that is to come: if the database has to be started, and the site has
   * an image of it, it starts with the data.
   */
  dataset?: string | null | undefined;
}

/** The state a script starts from. */
export interface StartingState {
  /** The dataset's script; `null` for an empty database. */
  dataset: ScriptFile | null;
  /** Scripts run after it, in order, their outputs dropped: the earlier cells of the same session. */
  earlier?: readonly Script[];
}

export interface RunOptions extends SessionOptions {
  onOutput?: ((output: Output) => void) | undefined;
  limits?: Limits | undefined;
  /**
   * Asked when the script's turn has come. Gives the state to bring about first, or `null` to go on
   * with the database as it is. Left out: as it is, empty if it has just started.
   *
   * @param epoch the session's {@link Session.epoch} in which the script will run.
   */
  start?: ((epoch: number) => StartingState | null) | undefined;
}

export interface ConverseOptions extends SessionOptions {
  /** What the question will have run. If a part of the engine that it needs does not come, nothing is asked. */
  script?: Script | undefined;
}

/**
 * How a life of a session ended: another session needed the place, a program went on after its run, or it was
 * stopped or broke off, which whoever ran something was told.
 */
export type Loss = 'gave way' | 'a program went on' | 'ended';

/** One database, through all its lives. Calls wait for one another. */
export interface Session {
  readonly engine: EngineName;
  /**
   * Which of its lives the session is in. The number changes as soon as the state is lost, by
   * {@link stop}, a crash, or because another session needed the place.
   */
  readonly epoch: number;
  /** How the life before this one ended; `null` in the first. */
  readonly loss: Loss | null;
  /** Whether something runs or waits. */
  readonly busy: boolean;
  /** Loads the engine, and starts it if that takes nobody's place. Runs nothing. */
  warm(options?: SessionOptions): Promise<void>;
  /** Back to the pristine state, then the dataset. @throws DatasetFailed if that fails. */
  reset(dataset: ScriptFile | null, options?: SessionOptions): Promise<void>;
  /**
   * Runs a script. Errors of its statements are outputs. Where the rest of an engine was needed and did not come, the database
   * is what it was before.
   *
   * @throws EngineLoadError, EngineCrashed, DatasetFailed, RunStopped
   */
  run(script: Script, options?: RunOptions): Promise<RunSummary>;
  /**
   * Asks what the engine's own console wants to know (`Database.converse`).
   *
   * @param ask makes the question when its turn has come, given the {@link epoch} it is asked in: a
   *   new one knows nothing of what was said before.
   * @throws EngineLoadError, EngineCrashed, RunStopped
   */
  converse(ask: (epoch: number) => string, options?: ConverseOptions): Promise<string>;
  /** Ends whatever runs or waits, at once: it fails with RunStopped. The state is gone. */
  stop(): void;
}

/** A session as its room knows it: one that has to go may leave its running database. */
export type SessionGuest = Session & Guest<Connection>;

export interface SessionSetting {
  loader: Loader;
  /** The places for databases of this kind. */
  room: Room<Connection>;
  /**
   * Whether a database may change hands, reset, when another session needs its place: quicker than
   * a new one, but only right where nothing a script does outlives a reset.
   */
  changesHands: boolean;
  /**
   * Whether scripts are programs, which may leave something behind in their worker. Every new beginning is then made
   * in another worker, and one in which a program goes on after its run is ended.
   */
  programs: boolean;
}

/** A session that starts nothing before it is used. */
export function createSession(
  engine: EngineName,
  { loader, room, changesHands, programs }: SessionSetting,
): SessionGuest {
  let connection: Connection | null = null;
  /** Whether a program has run in the worker. */
  let used = false;
  /** A worker that has been prepared for the next beginning, and when it is. */
  let next: { connection: Connection; ready: Promise<unknown> } | null = null;
  /** The state that was brought about last: the next is likely to be the same. */
  let dataset: ScriptFile | null = null;
  /** Whether the database holds data that this session has not asked for yet, or another's. */
  let inherited = false;
  let epoch = 1;
  let loss: Loss | null = null;
  /** Who waits for what is done now, and for the parts that it needs; and what goes on when one has come. */
  let listener: {
    signal?: AbortSignal;
    tell?: (progress: Progress) => void;
    goesOn?: () => void;
  } = {};
  const turns = createTurns({
    settle,
    onRest: () => room.rested(),
    onStop: () => connection?.end(new RunStopped()),
  });

  function lose(how: Loss) {
    loss = how;
    connection = null;
    inherited = false;
    used = false;
    epoch++;
  }

  function attach(to: Connection): Connection {
    to.onEnded = (reason) => {
      lose(reason instanceof ProgramWentOn ? 'a program went on' : 'ended');
      room.leave(session);
    };
    return (connection = to);
  }

  /** Another worker in the place of one that a program has run in. */
  async function renewed(old: Connection, signal: AbortSignal): Promise<Connection> {
    const broker = await loader.load(engine, { signal });
    // It may be gone by now.
    if (connection !== old) return database(signal, ignore);
    old.onEnded = null;
    old.end(new RunStopped());
    used = false;
    return hasStarted(attach((await prepared()) ?? connected(broker)));
  }

  const connected = (broker: Broker, image: string | null = null): Connection => {
    const { title, rest } = loader.files(engine);
    const loadPart = async (part: string): Promise<ArrayBuffer> => {
      const { signal, tell, goesOn } = listener;
      const all = part === rest && ({ rest: true } as const);
      const content = await loader.loadPart(engine, part, {
        signal,
        onBytes: (loaded, total) => tell?.({ stage: 'download', loaded, total, ...all }),
      });
      goesOn?.();
      return content;
    };
    return connect(broker, engine, title, image, loadPart, rest);
  };

  /** Before anything changes: what a script needs of the engine, and has not come yet. */
  async function bringParts(on: Connection, script: Script | undefined): Promise<void> {
    const { parts, rest } = loader.files(engine);
    // Whether it needs the rest shows when it runs.
    if (!script || Object.keys(parts).every((part) => part === rest)) return;
    await on.request({ type: 'prepare', script }, allowanceFor(SILENT)).catch((error: unknown) => {
      // What could not be fetched has changed nothing.
      if (error instanceof EngineLoadError || error instanceof CourseUpdated) throw error;
      return brokeOff(on)(error);
    });
  }

  /** As `turns.take`, with somebody to tell of what comes. */
  const take = <T>(
    { signal, onProgress: report = ignore }: SessionOptions,
    work: (stopped: AbortSignal, report: (progress: Progress) => void) => Promise<T>,
  ): Promise<T> =>
    turns.take(signal, (stopped) => {
      let going: Progress | null = null;
      listener = {
        signal: stopped,
        tell: report,
        goesOn: () => going && report(going),
      };
      const told = (progress: Progress): void => {
        if (progress.stage === 'run' || progress.stage === 'dataset') going = progress;
        report(progress);
      };
      return work(stopped, told).finally(() => (listener = {}));
    });

  /** Starts a worker, and fills it, while nobody waits: its start and its data then cost no run any time. */
  async function prepare(): Promise<void> {
    const broker = await loader.load(engine, {});
    if (next) return;
    const fresh = connected(broker);
    const ready = fresh.started
      .then(() => fresh.request({ type: 'reset', dataset }, allowanceFor(SILENT)))
      // Who takes it asks for its data again, and is told what went wrong.
      .catch(ignore);
    next = { connection: fresh, ready };
    fresh.onEnded = () => (next = null);
  }

  /** The prepared worker, if there is one. */
  async function prepared(): Promise<Connection | null> {
    await next?.ready;
    const taken = next?.connection ?? null;
    next = null;
    return taken;
  }

  /** Whether a worker listens again. One that has ended is at rest. */
  function isAtRest(on: Connection): Promise<boolean> {
    const answered = on.request({ type: 'rest' }, allowanceFor(SILENT)).then(
      () => true,
      () => true,
    );
    return Promise.race([
      answered,
      new Promise<boolean>((resolve) => setTimeout(resolve, REST, false)),
    ]);
  }

  /** Makes sure that nothing of a run goes on, and that the next worker is there when it is needed. */
  async function settle(): Promise<void> {
    const on = connection;
    if (!programs || !on || !used) return;
    if (!(await isAtRest(on))) return on.end(new ProgramWentOn());
    void prepare().catch(ignore);
  }

  /** The running database, started if need be, with the dataset if that can be. */
  async function database(
    signal: AbortSignal,
    report: (progress: Progress) => void,
    image: string | null = null,
  ) {
    if (!connection && image !== null) loader.loadImage(engine, image, signal);
    const broker = await loader.load(engine, {
      signal,
      onBytes: (loaded, total) => report({ stage: 'download', loaded, total }),
    });
    const legacy = await room.enter(session, signal, () => report({ stage: 'wait' }));
    if (!connection) {
      if (signal.aborted) {
        legacy?.end(new RunStopped());
        room.leave(session);
        throw new RunStopped();
      }
      const begins = image !== null && loader.hasImage(engine, image) ? image : null;
      if (!legacy) report({ stage: 'start' });
      const ready = legacy ?? (await prepared());
      inherited = ready !== null || begins !== null;
      connection = attach(ready ?? connected(broker, begins));
    }
    return hasStarted(connection);
  }

  async function hasStarted(which: Connection): Promise<Connection> {
    await which.started.catch((error: unknown) => {
      if (error instanceof EngineLoadError) loader.distrust(engine);
      throw error;
    });
    return which;
  }

  async function bringAbout(
    { dataset: wanted, earlier = [] }: StartingState,
    on: Connection,
    report: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Connection> {
    report({ stage: 'dataset' });
    const to = programs && used ? await renewed(on, signal) : on;
    dataset = wanted;
    await to.request({ type: 'reset', dataset }, allowanceFor(SILENT)).catch((error: unknown) => {
      const failure =
        error instanceof RequestFailed
          ? new DatasetFailed(wanted?.name ?? '(empty)', error.message)
          : (error as Error);
      to.end(failure);
      throw failure;
    });
    inherited = false;
    for (const script of earlier) {
      await runOn(to, script, DEFAULT_LIMITS);
      if (programs && !(await isAtRest(to))) {
        const why = 'a program goes on after its end';
        const crash = new EngineCrashed(loader.files(engine).title, why);
        to.end(crash);
        throw crash;
      }
    }
    return to;
  }

  const session: SessionGuest = {
    engine,
    get epoch() {
      return epoch;
    },
    get loss() {
      return loss;
    },
    get busy() {
      return turns.busy;
    },
    evict() {
      const left = connection;
      if (!left) return null;
      lose('gave way');
      next?.connection.end(new RunStopped());
      left.onEnded = null;
      if (changesHands) return left;
      left.end(new RunStopped());
      return null;
    },
    async warm({ signal, onProgress: report = ignore, dataset } = {}) {
      // No turn: loading gets in nobody's way.
      if (!connection && dataset) loader.loadImage(engine, dataset, signal);
      await loader.load(engine, {
        signal,
        onBytes: (loaded, total) => report({ stage: 'download', loaded, total }),
      });
      if (connection || turns.busy || !room.hasFreePlace) return;
      await turns.take(signal, (stopped) => database(stopped, report, dataset));
    },
    reset: (dataset, options = {}) =>
      take(options, async (stopped, report) => {
        const on = await database(stopped, report, dataset?.name);
        await bringAbout({ dataset }, on, report, stopped);
      }),
    run: (script, { onOutput, limits, start, dataset, ...options } = {}) =>
      take(options, async (stopped, report) => {
        let on = await database(stopped, report, dataset);
        await bringParts(on, script);
        const state = start?.(epoch) ?? (inherited ? { dataset: null } : null);
        if (state) on = await bringAbout(state, on, report, stopped);
        report({ stage: 'run' });
        const summary = await runOn(on, script, limits ?? DEFAULT_LIMITS, onOutput);
        loader.fetchRest(engine);
        return summary;
      }),
    converse: (ask, { script, ...options } = {}) =>
      take(options, async (stopped, report) => {
        const on = await database(stopped, report);
        await bringParts(on, script);
        report({ stage: 'run' });
        const request = { type: 'converse', question: ask(epoch) } as const;
        return on.request(request, CONVERSATION).catch(brokeOff(on));
      }),
    stop: () => turns.stop(),
  };

  function runOn(
    on: Connection,
    script: Script,
    limits: Limits,
    onOutput?: (output: Output) => void,
  ): Promise<RunSummary> {
    used = true;
    return on
      .request({ type: 'run', script, limits }, allowanceFor(limits), onOutput)
      .catch(brokeOff(on));
  }

  /** An engine that threw is in nobody knows what state, but where it had not begun yet. */
  function brokeOff(on: Connection) {
    return (error: unknown): never => {
      if (error instanceof PartDidNotCome) throw error.why;
      const crash =
        error instanceof RequestFailed
          ? new EngineCrashed(loader.files(engine).title, error.message)
          : (error as Error);
      on.end(crash);
      throw crash;
    };
  }

  return session;
}

const ignore = () => undefined;

/** In milliseconds: how long a worker may be busy after its run has ended. */
const REST = 2000;

/** A reset prints nothing. */
const SILENT: Limits = { rows: 0, outputs: 0, characters: 0 };
