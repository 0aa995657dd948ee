/** Makes the images of datasets where a dataset that does not end can be stopped. Node only. */
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import type { ScriptFile } from '../../../engines/engine.ts';
import { EngineProcess, TIME_LIMIT } from './process.ts';
import { ScriptStopped } from './stopped.ts';

/** One process for the images of an engine, started with the first that has to be made. */
export class ImageMaker {
  readonly #engine: EngineDescriptor;
  readonly #milliseconds: number;
  #process: EngineProcess | undefined;

  /** @param milliseconds that one dataset may take. */
  constructor(engine: EngineDescriptor, milliseconds = TIME_LIMIT) {
    this.#engine = engine;
    this.#milliseconds = milliseconds;
  }

  /** @throws Error naming the dataset, if it fails or does not end. */
  async make(dataset: ScriptFile): Promise<Uint8Array> {
    this.#process ??= new EngineProcess(this.#engine, this.#milliseconds);
    try {
      return await this.#process.image(dataset);
    } catch (error) {
      if (!(error instanceof ScriptStopped)) throw error;
      const line = error.at?.line ?? 1;
      throw new Error(`${dataset.name}:${line}: the dataset ${error.message}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#process?.close();
  }
}
