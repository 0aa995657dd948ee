/** Whether a challenge keeps its word: its designs meet every stage, its mistakes are told. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Run, Verdict } from '../exercises/check.ts';
import { missedBy } from '../exercises/verify.ts';
import { checkStage } from './check.ts';
import type { Challenge, PlacedChallenge, WrongAttempt } from './challenge.ts';
import { startOf } from './facts.ts';
import { measureDesigns, placingStops, type Measured } from './designs.ts';

/** One code of a challenge, executed. */
export interface Trial {
  /** What it is, and in which stage. */
  says: string;
  /** The name of the check that it has to fail first, `error`, or nothing if it has to pass. */
  misses: string | undefined;
  verdict: Verdict;
}

export interface Verification {
  trials: Trial[];
  measured: Measured[];
  /** One for each code that does not do what its author says. */
  errors: AuthoringError[];
}

/** The code of a wrong attempt's stage. */
export function codeOfWrong(
  { designs }: Challenge,
  { like, stage, code, swap }: WrongAttempt,
): string {
  const own = designs.find(({ name }) => name === like)!.code[stage]!;
  return swap ? own.replaceAll(swap.from, () => swap.to) : code!;
}

/** Executes all designs, all wrong attempts and the starts of a challenge. */
export async function verifyChallenge(placed: PlacedChallenge, run: Run): Promise<Verification> {
  const { challenge, file, lineOf } = placed;
  const { stages, designs, wrong } = challenge;
  const verification: Verification = { trials: [], measured: [], errors: [] };
  const refuse = (path: (string | number)[], message: string): void => {
    verification.errors.push(new AuthoringError(file, lineOf(...path), message));
  };
  const before = (stage: string, design: string): string[] => {
    const { code } = designs.find(({ name }) => name === design)!;
    return stages
      .slice(
        0,
        stages.findIndex(({ name }) => name === stage),
      )
      .map(({ name }) => code[name]!);
  };
  const noting = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      verification.errors.push(error);
    }
  };
  await noting(async () => {
    verification.measured = await measureDesigns(placed, run);
  });
  for (const [index, one] of wrong.entries())
    await noting(async () => {
      const stage = stages.find(({ name }) => name === one.stage)!;
      const { verdict } = await placingStops(placed, ['wrong', index], one.says, () =>
        checkStage(stage, before(one.stage, one.like), codeOfWrong(challenge, one), run),
      );
      verification.trials.push({ says: `${one.stage}: ${one.says}`, misses: one.misses, verdict });
      const missed = missedBy(verdict);
      if (missed !== one.misses)
        refuse(
          ['wrong', index],
          `"${one.says}" should fail first at "${one.misses}" and ${missed === undefined ? 'passes' : `fails first at "${missed}"`}. Mend the attempt or the check.`,
        );
    });
  for (const [index, stage] of stages.entries())
    await noting(async () => {
      const earlier = before(stage.name, designs[0]!.name);
      const { verdict } = await placingStops(placed, ['stages', index, 'start'], 'start', () =>
        checkStage(stage, earlier, startOf(stage), run),
      );
      verification.trials.push({ says: `${stage.name}: start`, misses: undefined, verdict });
      if (missedBy(verdict) === undefined)
        refuse(['stages', index, 'start'], 'the start passes all checks, so nothing is asked.');
    });
  return verification;
}
