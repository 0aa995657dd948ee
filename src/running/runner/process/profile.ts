/** Finds out what of an engine is called for a course's work, and remembers it by content. Node only. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashOf, type RunFresh, type Workload } from '../../../engines/assets.ts';
import { type Called, union } from '../../../engines/called.ts';
import type { EngineDescriptor } from '../../../engines/descriptor.ts';
import type { ScriptFile } from '../../../engines/engine.ts';
import { projectRoot } from '../../../engines/project-root.ts';
import { loadAssetBuilder } from '../../../engines/registry.ts';
import { EngineProcess, TIME_LIMIT } from './process.ts';
import { ScriptStopped } from './stopped.ts';

/** What a course does with an engine. */
export interface CourseWork {
  datasets: readonly ScriptFile[];
  workloads: () => readonly Workload[];
}

/**
 * What was done before and has not changed is not done again. A script that does not end counts as far as it came.
 *
 * @param root the project's root, whose `.cache` is used.
 * @param milliseconds that one script may run.
 * @returns all that is called; `null` for an engine that cannot be divided.
 */
export async function profile(
  engine: EngineDescriptor,
  { datasets, workloads }: CourseWork,
  root = projectRoot(),
  milliseconds = TIME_LIMIT,
): Promise<Called | null> {
  const builder = await loadAssetBuilder(engine);
  if (!builder?.halves) return null;
  const { inputs, workloads: own } = builder.halves;
  const engines = await hashOf(projectRoot(), [...builder.inputs, ...inputs]);
  const folder = path.join(root, '.cache/engines', engine.name, `called-${engines}`);
  await mkdir(folder, { recursive: true });
  const watched = new WatchedProcess(engine, milliseconds);
  const remembered = async (
    key: string,
    code: string,
    find: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> => {
    const file = path.join(folder, await hashOf(root, [], { name: key, code }));
    if (existsSync(file)) return readFile(file);
    const found = await find();
    const part = `${file}.${process.pid}`;
    await writeFile(part, found);
    await rename(part, file);
    return found;
  };
  const sets: Uint8Array[] = [];
  try {
    for (const dataset of [null, ...datasets])
      sets.push(
        await remembered('dataset', dataset?.code ?? '', async () => {
          const { called } = await watched.process.watch(dataset, null);
          return called;
        }),
      );
    for (const { key, perform } of [...own(projectRoot()), ...workloads()])
      sets.push(
        await remembered('workload', key, async () => {
          const found: Uint8Array[] = [];
          const run: RunFresh = async (dataset, scripts) => {
            const { outputs, called } = await watched.process.watch(dataset, scripts);
            found.push(called);
            return outputs;
          };
          await perform(run).catch((error: unknown) => {
            if (!(error instanceof ScriptStopped)) throw error;
          });
          return union(found);
        }),
      );
  } finally {
    await watched.close();
  }
  return union(sets);
}

/** Started when something has to be done, and anew when something has ended it. */
class WatchedProcess {
  readonly #engine: EngineDescriptor;
  readonly #milliseconds: number;
  #running: EngineProcess | undefined;

  constructor(engine: EngineDescriptor, milliseconds: number) {
    this.#engine = engine;
    this.#milliseconds = milliseconds;
  }

  get process(): EngineProcess {
    if (!this.#running || this.#running.ended)
      this.#running = new EngineProcess(this.#engine, this.#milliseconds);
    return this.#running;
  }

  async close(): Promise<void> {
    await this.#running?.close();
  }
}
