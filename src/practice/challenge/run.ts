/** Runs the scripts of a challenge in Node, on an empty PostgreSQL. */
import type { Run } from '../exercises/check.ts';
import type { Output } from '../../engines/engine.ts';
import { DatabasePool } from '../../running/runner/process/pool.ts';

export interface EmptyDatabase {
  run: Run;
  close(): Promise<void>;
}

/**
 * One database, started when it is first needed. One run at a time.
 *
 * @param options.milliseconds that one script may run.
 */
export function emptyDatabase(options: { milliseconds?: number } = {}): EmptyDatabase {
  const pool = new DatabasePool(options);
  return {
    run: (scripts) =>
      pool.use('postgres', async (database) => {
        await database.reset(null);
        const outputs: Output[][] = [];
        for (const script of scripts) {
          const of: Output[] = [];
          await database.run(script, (output) => of.push(output));
          outputs.push(of);
        }
        return outputs;
      }),
    close: () => pool.close(),
  };
}
