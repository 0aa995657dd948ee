/** The databases that scripts of the course run on while the site is built. Node only. */
import type { Database } from '../../../engines/engine.ts';
import { descriptorOf, type Engines, ENGINES } from '../../../engines/descriptors.ts';
import { EngineProcess, TIME_LIMIT } from './process.ts';

/** One process of each engine, started when it is first needed, and anew when it was stopped. */
export class DatabasePool {
  /** What runs here. */
  readonly engines: Engines;
  readonly #milliseconds: number;
  readonly #processes = new Map<string, EngineProcess>();
  readonly #queues = new Map<string, Promise<unknown>>();

  /** @param options.milliseconds that one script may run. */
  constructor({ milliseconds = TIME_LIMIT, engines = ENGINES } = {}) {
    this.engines = engines;
    this.#milliseconds = milliseconds;
  }

  /** One task at a time has an engine's database. @throws Error if there is no such engine. */
  use<T>(engine: string, task: (database: Database) => Promise<T>): Promise<T> {
    const before = this.#queues.get(engine) ?? Promise.resolve();
    const done = before.then(() => task(this.#processOf(engine)));
    this.#queues.set(
      engine,
      done.catch(() => undefined),
    );
    return done;
  }

  async close(): Promise<void> {
    const processes = [...this.#processes.values()];
    this.#processes.clear();
    await Promise.all(processes.map((process) => process.close()));
  }

  #processOf(engine: string): EngineProcess {
    const known = this.#processes.get(engine);
    if (known && !known.ended) return known;
    const started = new EngineProcess(descriptorOf(engine, this.engines), this.#milliseconds);
    this.#processes.set(engine, started);
    return started;
  }
}
