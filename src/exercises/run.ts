/** Runs the scripts of exercises in Node, on the engines of the course. */
import { readDataset } from '../cells/execute/dataset.ts';
import { LANGUAGES } from '../cells/fence/fence.ts';
import { nodeAssets } from '../engines/assets.ts';
import type { Database, EngineName, Output } from '../engines/engine.ts';
import { ENGINES } from '../engines/registry.ts';
import type { Run } from './check.ts';
import type { PlacedExercise } from './exercise.ts';

/** One database of each engine, started when an exercise first needs it. One exercise at a time. */
export class Databases {
  readonly #open = new Map<EngineName, Database>();

  /** @throws AuthoringError if there is no such dataset, naming those that are. */
  runFor({ exercise: { id, lang, dataset }, file, lineOf }: PlacedExercise): Run {
    const { engine } = LANGUAGES[lang]!;
    const line = lineOf('dataset');
    const content = readDataset({
      id,
      engine,
      file,
      line,
      ...(dataset !== undefined && { dataset }),
    });
    return async (scripts) => {
      const database = this.#open.get(engine) ?? (await this.#start(engine));
      await database.reset(content);
      const outputs: Output[][] = [];
      for (const script of scripts) {
        const of: Output[] = [];
        await database.run(script, (output) => of.push(output));
        outputs.push(of);
      }
      return outputs;
    };
  }

  async close(): Promise<void> {
    const databases = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(databases.map((database) => database.close()));
  }

  async #start(engine: EngineName): Promise<Database> {
    const database = await (await ENGINES[engine]()).open(nodeAssets(engine));
    this.#open.set(engine, database);
    return database;
  }
}
