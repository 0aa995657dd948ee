/**
 * What readers of the course do with an engine: its cells, exercises, challenges and consoles. An engine that comes in two halves
 * needs no more than the first for that.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workload } from '../../engines/assets.ts';
import { descriptorOf, ENGINES } from '../../engines/descriptors.ts';
import type { EngineName, Script } from '../../engines/engine.ts';
import { courseRoot } from '../../foundation/content/root.ts';
import { LECTURE_FOLDER } from '../../foundation/course/outline.ts';
import { readReference, referenceCells } from '../../lecture/reference/read.ts';
import { readChallenges } from '../../practice/challenge/read.ts';
import { readExercises } from '../../practice/exercises/read.ts';
import type { PlacedCell } from '../../running/cells/cell.ts';
import { datasetScripts, readDataset } from '../../running/cells/execute/dataset.ts';
import { cellsBefore, collectPage, type PageCells } from '../../running/cells/fence/collect.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import { profile } from '../../running/runner/process/profile.ts';
import { inspectSql } from '../../running/console/sql/inspection.ts';

/** @throws AuthoringError for the first mistake in the content. */
export function courseWorkloads(engine: EngineName): Workload[] {
  const pages = [...lecturePages(), referenceCells(readReference())];
  return [
    ...pages.flatMap(({ cells }) => cellWorkloads(cells, engine)),
    ...exerciseWorkloads(engine),
    ...(engine === 'postgres' ? challengeWorkloads() : []),
    ...consoleWorkloads(engine),
  ].sort((a, b) => a.dataset.localeCompare(b.dataset, 'en'));
}

/** Does all that with every engine that can be divided, so that who publishes them finds it done. */
export async function profileCourse(): Promise<void> {
  for (const engine of ENGINES) {
    const name = engine.name as EngineName;
    const datasets = datasetScripts(name);
    await profile(engine, { datasets, workloads: () => courseWorkloads(name) });
  }
}

/** What starts with the same data is done one after the other. */
interface DatasetWorkload extends Workload {
  /** Its name; empty without one. */
  dataset: string;
}

function lecturePages(): PageCells[] {
  return readdirSync(join(courseRoot(), LECTURE_FOLDER), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .map((name) => `${LECTURE_FOLDER}/${name}`)
    .map((file) => collectPage(readFileSync(join(courseRoot(), file), 'utf8'), file));
}

/** Each cell with those that stand before it in its session. */
export function cellWorkloads(cells: readonly PlacedCell[], engine: EngineName): DatasetWorkload[] {
  const own = cells.filter((cell) => cell.engine === engine);
  const covered = new Set(own.flatMap((cell) => cellsBefore(own, cell)));
  return own
    .filter((cell) => !covered.has(cell))
    .map((cell) => {
      const dataset = readDataset(cell);
      const scripts: Script[] = [...cellsBefore(own, cell), cell].map(({ files }) => ({ files }));
      return {
        name: `${cell.file}: ${cell.id}`,
        dataset: dataset?.name ?? '',
        key: JSON.stringify([dataset?.code, scripts]),
        perform: (run) => run(dataset, scripts),
      };
    });
}

/**
 * What readers are given to begin with, what they are likely to write, and what solves it. What checks it runs in a database
 * that has been written to, for which everything has come.
 */
function exerciseWorkloads(engine: EngineName): DatasetWorkload[] {
  return readExercises()
    .filter(({ exercise }) => LANGUAGES[exercise.lang]!.engine === engine)
    .map((placed) => {
      const { id, dataset: name, lang, start, attempts, solution } = placed.exercise;
      const { file, lineOf } = placed;
      const place = { id, engine, file, line: lineOf('dataset') };
      const dataset = readDataset({ ...place, ...(name !== undefined && { dataset: name }) });
      const codes = [start, solution.code, ...attempts.right, ...attempts.wrong].map((one) =>
        typeof one === 'string' ? one : one.code,
      );
      return {
        name: `${file}: ${id}`,
        dataset: dataset?.name ?? '',
        key: JSON.stringify([dataset?.code, codes]),
        async perform(run) {
          for (const code of codes)
            await run(dataset, [{ files: [{ name: LANGUAGES[lang]!.file, code }] }]);
        },
      };
    });
}

/** Each design, stage after stage. */
function challengeWorkloads(): DatasetWorkload[] {
  return readChallenges().flatMap(({ file, challenge: { stages, designs } }) =>
    designs.map(({ name, code }) => {
      const scripts = stages.map((stage) => ({
        files: [{ name: 'query.sql', code: code[stage.name]! }],
      }));
      return {
        name: `${file}: ${name}`,
        dataset: '',
        key: JSON.stringify(scripts),
        perform: (run) => run(null, scripts),
      };
    }),
  );
}

/** A console asks what there is as soon as it is opened. */
function consoleWorkloads(engine: EngineName): DatasetWorkload[] {
  const { dialect } = descriptorOf(engine).language;
  if (!dialect) return [];
  return [null, ...datasetScripts(engine)].map((dataset) => ({
    name: `console: ${dataset?.name ?? 'empty'}`,
    dataset: dataset?.name ?? '',
    key: JSON.stringify(['console', inspectSql.toString(), dataset?.code]),
    perform: (run) =>
      inspectSql(dialect, async (code) => {
        const files = [{ name: 'catalog', code }];
        return (await run(dataset, [{ files, aside: true }]))[0]!;
      }),
  }));
}
