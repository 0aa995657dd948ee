/** Sequence after sequence, and the reduction of those that show a difference. */
import type { Duel, Mismatch } from './duel.ts';
import { sequence, type Step } from './generate.ts';
import { seeded } from './random.ts';

export interface FuzzOptions {
  commands: number;
  seed: number;
  /** Steps per sequence. */
  length: number;
  group?: string;
  /** Stop after so many. */
  maxMismatches: number;
  onMismatch: (report: string) => void;
}
export interface FuzzResult {
  commands: number;
  mismatches: number;
  groups: Record<string, { commands: number; mismatches: number }>;
}

export async function fuzz(duel: Duel, options: FuzzOptions): Promise<FuzzResult> {
  const random = seeded(options.seed);
  const result: FuzzResult = { commands: 0, mismatches: 0, groups: {} };
  const tally = (group: string): { commands: number; mismatches: number } =>
    (result.groups[group] ??= { commands: 0, mismatches: 0 });
  while (result.commands < options.commands && result.mismatches < options.maxMismatches) {
    const steps = sequence(random, options.length, options.group);
    for (const step of steps) tally(step.group).commands++;
    result.commands += steps.length;
    const mismatch = await duel.run(steps);
    if (!mismatch) continue;
    result.mismatches++;
    const shortest = await reduce(duel, steps, mismatch);
    tally(shortest.steps.at(-1)?.group ?? 'time').mismatches++;
    options.onMismatch(report(shortest.steps, shortest.mismatch));
  }
  return result;
}

/** Drops steps as long as some difference remains, in halves, quarters, … and single steps. */
async function reduce(
  duel: Duel,
  steps: Step[],
  mismatch: Mismatch,
): Promise<{ steps: Step[]; mismatch: Mismatch }> {
  let best = mismatch.at >= 0 ? steps.slice(0, mismatch.at + 1) : steps;
  let last = mismatch;
  for (let size = best.length >> 1; size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let from = 0; from < best.length;) {
      const shorter = [...best.slice(0, from), ...best.slice(from + size)];
      const still = shorter.length > 0 ? await duel.run(shorter) : null;
      if (still) {
        best = still.at >= 0 ? shorter.slice(0, still.at + 1) : shorter;
        last = still;
      } else from += size;
    }
  }
  return { steps: best, mismatch: last };
}

function report(steps: Step[], mismatch: Mismatch): string {
  const lines = steps.map((step) =>
    step.kind === 'advance'
      ? `  (${step.milliseconds} ms pass)`
      : step.kind === 'transfer'
        ? `  ${step.client}> DUMP, RESTORE ${JSON.stringify(step.transfer)}`
        : `  ${step.client}> ${step.argv.map((word) => (/^[\w:.*#+(\[-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}`,
  );
  return [
    ...lines,
    `  ${mismatch.what}`,
    `    emulator ${mismatch.emulator}`,
    `    redis    ${mismatch.redis}`,
  ].join('\n');
}
