/**
 * A database in a process of its own, which is ended when a script does not end. The engines compute
 * without a pause, so nobody in their own process could do that. Node only.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../engines/project-root.ts';
import type { Called } from '../../../engines/called.ts';
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import { folderOf } from '../../../engines/descriptors.ts';
import {
  DEFAULT_LIMITS,
  type Database,
  type Limits,
  type Output,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../../../engines/engine.ts';
import { type Allowance, allowanceFor, readAnswer } from '../protocol.ts';
import type { ProcessAnswer, ProcessRequest, Statement } from './messages.ts';
import { shellProgram } from './shell-program.ts';
import { statementsOf } from './statements.ts';
import { type Reason, ScriptStopped } from './stopped.ts';

/** How long one script may run, in milliseconds: many times what the longest of the course takes. */
export const TIME_LIMIT = 30_000;

/** JavaScript's memory of one engine, in MB. */
const MEMORY = 1024;

/** Who runs programs stops a script itself, and says where it was. It has this long to do so. */
const GRACE = 1000;

/** The rights of a process that runs programs: to read its own. */
const RIGHTS = [
  '--permission',
  '--disallow-code-generation-from-strings',
  '--unhandled-rejections=none',
];

/** What is asked of the process now. */
interface Pending {
  id: number;
  /** What runs, for the place where it stops. */
  script: Script | null;
  /** How many of its statements are known to have ended; NaN where nothing is told of them. */
  passed: number;
  allowance: Allowance;
  emit: (output: Output) => void;
  resolve: (answer: ProcessAnswer) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout | undefined;
}

export class EngineProcess implements Database {
  readonly #engine: EngineDescriptor;
  readonly #milliseconds: number;
  readonly #child: ChildProcess;
  readonly #started: Promise<unknown>;
  #pending: Pending | null = null;
  #count = 0;
  #said = '';
  #ended = false;

  /** @param milliseconds that one script may run. */
  constructor(engine: EngineDescriptor, milliseconds = TIME_LIMIT) {
    this.#engine = engine;
    this.#milliseconds = milliseconds;
    const root = projectRoot();
    this.#child = start(root, engine, milliseconds);
    running.add(this.#child);
    this.#child.on('message', (answer) => this.#hear(answer));
    this.#child.on('exit', (code, signal) => this.#end(signal ?? `code ${code ?? ''}`));
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.stderr!.on('data', (said: Buffer) => {
      this.#said = (this.#said + said.toString()).slice(-4000);
    });
    // The start is no script: its time is its own.
    this.#started = this.#wait({ id: 0, script: null });
    this.#started.catch(() => undefined);
    if (engine.runs.programs)
      shellProgram(root).then(
        (code) => this.#send({ type: 'program', code }),
        (error: unknown) => this.#pending?.reject(error as Error),
      );
  }

  /** Whether it was stopped, broke off or was closed: then it answers nothing more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** @throws ScriptStopped besides what an engine throws. */
  async reset(dataset: ScriptFile | null): Promise<void> {
    await this.#ask({ type: 'reset', id: 0, dataset }, dataset && { files: [dataset] });
  }

  /** @throws ScriptStopped if the script does not end, or takes the engine with it. */
  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    const answer = await this.#ask({ type: 'run', id: 0, script, limits }, script, emit);
    return (answer as Extract<ProcessAnswer, { type: 'done' }>).summary;
  }

  /** The image of a dataset, for an engine that has images. @throws ScriptStopped */
  async image(dataset: ScriptFile): Promise<Uint8Array> {
    const asked = this.#ask(
      { type: 'image', id: 0, dataset },
      { files: [dataset] },
      undefined,
      NaN,
    );
    const answer = await asked;
    return (answer as Extract<ProcessAnswer, { type: 'image' }>).bytes;
  }

  /**
   * What is called of the engine, where it can be divided: for scripts that run one after another in a database that has just
   * started with the dataset, or, without them, for having the dataset.
   *
   * @throws ScriptStopped
   */
  async watch(
    dataset: ScriptFile | null,
    scripts: readonly Script[] | null,
  ): Promise<{ outputs: Output[][]; called: Called }> {
    const files = (scripts ?? []).flatMap((script) => script.files);
    const request = { type: 'watch', id: 0, dataset, scripts } as const;
    const answer = await this.#ask(request, { files }, undefined, NaN);
    return answer as Extract<ProcessAnswer, { type: 'watched' }>;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #ask(
    request: Exclude<ProcessRequest, { type: 'program' }>,
    script: Script | null,
    emit: (output: Output) => void = () => undefined,
    passed = 0,
  ): Promise<ProcessAnswer> {
    await this.#started;
    const id = ++this.#count;
    const limits = request.type === 'run' ? request.limits : DEFAULT_LIMITS;
    const answered = this.#wait({ id, script, emit, limits });
    this.#pending!.passed = passed;
    this.#send({ ...request, id });
    this.#pending!.timer = setTimeout(() => {
      // Whoever was busy for long finds the answer waiting behind this.
      this.#pending!.timer = setTimeout(() => this.#stop('time'), GRACE);
    }, this.#milliseconds);
    return answered;
  }

  #send(request: ProcessRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  async #wait({
    id,
    script,
    emit = () => undefined,
    limits = DEFAULT_LIMITS,
  }: Pick<Pending, 'id' | 'script'> &
    Partial<Pick<Pending, 'emit'>> & { limits?: Limits }): Promise<ProcessAnswer> {
    // Only what is waited for keeps this process alive.
    this.#child.ref();
    this.#child.channel?.ref();
    const { promise, resolve, reject } = Promise.withResolvers<ProcessAnswer>();
    const allowance = allowanceFor(limits);
    this.#pending = { id, script, passed: 0, allowance, emit, resolve, reject, timer: undefined };
    try {
      if (this.#ended) this.#end('code');
      return await promise;
    } finally {
      clearTimeout(this.#pending.timer);
      this.#pending = null;
      this.#child.unref();
      this.#child.channel?.unref();
    }
  }

  /** What a process says is taken as hostile, as in the browser: content may have its way with it. */
  #hear(data: unknown): void {
    const pending = this.#pending;
    if (!pending) return;
    const { type, id } = data as ProcessAnswer;
    if (id !== pending.id) return;
    if (type === 'image' || type === 'watched') pending.resolve(data as ProcessAnswer);
    else if (type === 'passed') {
      pending.passed = (data as Extract<ProcessAnswer, { type: 'passed' }>).statement + 1;
    } else if (type === 'overdue') {
      const { at } = data as Extract<ProcessAnswer, { type: 'overdue' }>;
      this.#stop('time', at ?? undefined);
    } else {
      try {
        const answer = readAnswer(data, pending.allowance);
        if (answer.type === 'failed') pending.reject(new Error(answer.message));
        else if (answer.type === 'done') pending.resolve(answer);
        else if (answer.type === 'outputs')
          for (const output of answer.outputs) {
            pending.passed = output.origin.statement + 1;
            pending.emit(output);
          }
      } catch (error) {
        this.#child.kill('SIGKILL');
        pending.reject(error as Error);
      }
    }
  }

  #stop(reason: Reason, at?: Statement): void {
    const { script, passed, reject } = this.#pending!;
    this.#child.kill('SIGKILL');
    this.#ended = true;
    const statement =
      at ?? (script && statementsOf(this.#engine.language, script)[passed]) ?? undefined;
    reject(new ScriptStopped(reason, this.#milliseconds, statement));
  }

  #end(how: string): void {
    this.#ended = true;
    running.delete(this.#child);
    // Whoever was stopped by us has been answered.
    if (!this.#pending) return;
    const { script, passed, reject } = this.#pending;
    const at = (script && statementsOf(this.#engine.language, script)[passed]) ?? undefined;
    if (!script)
      reject(new Error(`${this.#engine.name} does not start (${how}): ${this.#said.trim()}`));
    // What is killed without our doing took more memory than its watch, or the system, allows.
    else if (how === 'SIGKILL' || /heap out of memory|heap limit/i.test(this.#said))
      reject(new ScriptStopped('memory', MEMORY, at));
    else reject(new ScriptStopped('crash', how, at));
  }
}

/** What runs now: it ends with this process. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function start(root: string, engine: EngineDescriptor, milliseconds: number): ChildProcess {
  const { programs } = engine.runs;
  const program = path.join(
    root,
    'src/running/runner/process',
    programs ? 'realm-process.ts' : 'engine-process.ts',
  );
  if (!existsSync(program)) throw new Error(`${program} is not there`);
  const { TZ, LANG, LC_ALL, ...others } = process.env;
  const env = { TZ, LANG, LC_ALL, ...(programs ? {} : { ...others, NODE_OPTIONS: '' }) };
  const rights = programs ? [...RIGHTS, `--allow-fs-read=${path.join(root, '*')}`] : [];
  return fork(program, programs ? [String(milliseconds)] : [engine.name, folderOf(engine)], {
    cwd: root,
    env,
    execArgv: [`--max-old-space-size=${MEMORY}`, ...rights],
    serialization: 'advanced',
    // What an engine prints is no answer; its last words are kept.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
