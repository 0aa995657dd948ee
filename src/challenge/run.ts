/** Runs the scripts of a challenge in Node, on an empty PostgreSQL. */
import type { Run } from '../exercises/check.ts';
import { nodeAssets } from '../engines/assets.ts';
import type { Database, Output } from '../engines/engine.ts';
import { ENGINES } from '../engines/registry.ts';

export interface EmptyDatabase {
  run: Run;
  close(): Promise<void>;
}

/** One database, started when it is first needed. One run at a time. */
export function emptyDatabase(): EmptyDatabase {
  let opened: Promise<Database> | undefined;
  return {
    async run(scripts) {
      opened ??= ENGINES.postgres().then((engine) => engine.open(nodeAssets('postgres')));
      const database = await opened;
      await database.reset(null);
      const outputs: Output[][] = [];
      for (const script of scripts) {
        const of: Output[] = [];
        await database.run(script, (output) => of.push(output));
        outputs.push(of);
      }
      return outputs;
    },
    async close() {
      await (await opened)?.close();
      opened = undefined;
    },
  };
}
