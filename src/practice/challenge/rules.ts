/** What the shape of a challenge cannot say: how its parts fit together. */
import { ENGINE_ERROR } from '../exercises/exercise.ts';
import type { Problem } from '../exercises/rules.ts';
import type { Challenge } from './challenge.ts';

/** @returns the first thing that is wrong with a challenge, if anything. */
export function problemOfChallenge(challenge: Challenge): Problem | undefined {
  const { stages, designs, wrong } = challenge;
  const names = stages.map(({ name }) => name);
  for (const [index, stage] of stages.entries()) {
    const path = ['stages', index];
    if (names.indexOf(stage.name) < index)
      return { path: [...path, 'name'], message: 'an earlier stage has this name' };
    const kinds = stage.checks.map(({ kind }) => kind);
    // Without both, a query of fixed values would pass.
    for (const kind of ['answer', 'follows'] as const)
      if (!kinds.includes(kind))
        return {
          path: [...path, 'checks'],
          message: `write a check with kind: ${kind}, so that fixed values do not pass`,
        };
    for (const [at, { name }] of stage.checks.entries())
      if (stage.checks.findIndex((one) => one.name === name) < at)
        return {
          path: [...path, 'checks', at, 'name'],
          message: 'an earlier check has this name',
        };
    if (kinds.includes('stored') && !stage.products && !stage.stores)
      return { path: [...path, 'checks'], message: 'write products or stores: what is stored?' };
  }
  for (const [index, { name, code }] of designs.entries()) {
    const path = ['designs', index];
    if (designs.findIndex((one) => one.name === name) < index)
      return { path: [...path, 'name'], message: 'an earlier design has this name' };
    const missing = names.find((stage) => code[stage] === undefined);
    if (missing !== undefined)
      return { path: [...path, 'code'], message: `write its code for the stage ${missing}` };
    const unknown = Object.keys(code).find((stage) => !names.includes(stage));
    if (unknown !== undefined)
      return { path: [...path, 'code', unknown], message: `no stage is called ${unknown}` };
  }
  return problemOfWrong(challenge, names, wrong);
}

function problemOfWrong(
  { stages, designs }: Challenge,
  names: readonly string[],
  wrong: Challenge['wrong'],
): Problem | undefined {
  for (const [index, { like, stage, misses, code, swap }] of wrong.entries()) {
    const path = ['wrong', index];
    const design = designs.find(({ name }) => name === like);
    if (!design)
      return {
        path: [...path, 'like'],
        message: `no design is called ${like}. Write one of ${designs.map(({ name }) => name).join(', ')}`,
      };
    const of = stages.find(({ name }) => name === stage);
    if (!of)
      return {
        path: [...path, 'stage'],
        message: `no stage is called ${stage}. Write one of ${names.join(', ')}`,
      };
    if ((code === undefined) === (swap === undefined))
      return { path, message: 'write its code, or a swap in that of the design' };
    if (swap && !design.code[stage]!.includes(swap.from))
      return {
        path: [...path, 'swap'],
        message: `the code of ${like} for ${stage} does not hold “${swap.from}”`,
      };
    const checks = [...of.checks.map(({ name }) => name), ENGINE_ERROR];
    if (!checks.includes(misses))
      return {
        path: [...path, 'misses'],
        message: `the stage has no such check. Write one of ${checks.join(', ')}`,
      };
  }
  // A check that no attempt fails may be one that cannot fail.
  for (const [index, { name: stage, checks }] of stages.entries())
    for (const [at, { name }] of checks.entries())
      if (!wrong.some((one) => one.stage === stage && one.misses === name))
        return {
          path: ['stages', index, 'checks', at],
          message: `no wrong attempt misses "${name}" of ${stage}. Write one that does, to show that it can fail`,
        };
  return undefined;
}
