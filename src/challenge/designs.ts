/** The designs that a reader's is compared with: executed, stage by stage, and measured. */
import { AuthoringError } from '../cells/cell.ts';
import type { Run } from '../exercises/check.ts';
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
      const { verdict, measures } = await checkStage(stage, earlier, code[stage.name]!, run);
      if (!measures) {
        const said =
          verdict.kind === 'error'
            ? verdict.failure
            : verdict.results.find(({ state }) => state !== 'holds')!;
        const detail = 'detail' in said ? ` ${said.detail}` : '';
        throw new AuthoringError(
          file,
          lineOf('designs', index, 'code', stage.name),
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
