/** Runs the scripts of exercises in Node, on the engines of the course. */
import { readDataset } from '../../running/cells/execute/dataset.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import type { Output } from '../../engines/engine.ts';
import { DatabasePool } from '../../running/runner/process/pool.ts';
import type { Run } from './check.ts';
import type { PlacedExercise } from './exercise.ts';

/** One database of each engine, started when an exercise first needs it. One exercise at a time. */
export class Databases {
  readonly #pool: DatabasePool;

  /** @param options.milliseconds that one script may run. */
  constructor(options: { milliseconds?: number } = {}) {
    this.#pool = new DatabasePool(options);
  }

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
    return (scripts) =>
      this.#pool.use(engine, async (database) => {
        await database.reset(content);
        const outputs: Output[][] = [];
        for (const script of scripts) {
          const of: Output[] = [];
          await database.run(script, (output) => of.push(output));
          outputs.push(of);
        }
        return outputs;
      });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
