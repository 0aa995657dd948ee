/** The designs that a reader's is compared with: executed, stage by stage, and measured. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Run } from '../exercises/check.ts';
import { ScriptStopped } from '../../running/runner/process/stopped.ts';
import type { PlacedChallenge } from './challenge.ts';
import { checkStage } from './check.ts';
import type { Measures } from './measures.ts';

/** What a design cost in each stage. */
export interface Measured {
  /** The design's name. */
  design: string;
  /** In the order of the stages. */
  stages: Measures[];
}

/** @throws AuthoringError for the first design that does not meet a stage. */
export async function measureDesigns(placed: PlacedChallenge, run: Run): Promise<Measured[]> {
  const { challenge, file, lineOf } = placed;
  const measured: Measured[] = [];
  for (const [index, { name, code }] of challenge.designs.entries()) {
    const earlier: string[] = [];
    const stages: Measures[] = [];
    for (const stage of challenge.stages) {
      const path = ['designs', index, 'code', stage.name];
      const { verdict, measures } = await placingStops(placed, path, name, () =>
        checkStage(stage, earlier, code[stage.name]!, run),
      );
      if (!measures) {
        const said =
          verdict.kind === 'error'
            ? verdict.failure
            : verdict.results.find(({ state }) => state !== 'holds')!;
        const detail = 'detail' in said ? ` ${said.detail}` : '';
        throw new AuthoringError(
          file,
          lineOf(...path),
          `the design ${name} does not meet the stage ${stage.name}: ${said.message}${detail}`,
        );
      }
      earlier.push(code[stage.name]!);
      stages.push(measures);
    }
    measured.push({ design: name, stages });
  }
  return measured;
}

/** @throws AuthoringError for what does not end, at its place in the challenge. */
export async function placingStops<T>(
  { challenge, file, lineOf }: PlacedChallenge,
  path: readonly (string | number)[],
  name: string,
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof ScriptStopped)) throw error;
    const what = `challenge "${challenge.id}": "${name}", or what checks it,`;
    throw new AuthoringError(file, lineOf(...path), `${what} ${error.message}`);
  }
}
