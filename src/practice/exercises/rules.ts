/** What the shape of an exercise cannot say: how its parts fit together. */
import { ENGINES } from '../../engines/descriptors.ts';
import { type Check, ENGINE_ERROR, type Exercise } from './exercise.ts';
import { CUTTABLE } from './replay.ts';
import { MEASURED } from './work.ts';

export interface Problem {
  /** Below the exercise. */
  path: (string | number)[];
  /** What is wrong, and what would be right. */
  message: string;
}

/** Languages whose plans a check can read: the engine explains a statement put behind `EXPLAIN`. */
const EXPLAINED = ENGINES.filter(({ language }) => language.explain !== undefined).map(
  ({ language }) => language.fence,
);

/** @returns the first thing that is wrong with an exercise, if anything. */
export function problemOfExercise({ lang, checks, attempts }: Exercise): Problem | undefined {
  for (const [index, one] of checks.entries()) {
    if (checks.findIndex(({ name }) => name === one.name) < index)
      return { path: ['checks', index, 'name'], message: 'an earlier check has this name' };
    const problem = problemOfCheck(one, lang);
    if (problem) return { ...problem, path: ['checks', index, ...problem.path] };
  }
  const names = checks.map(({ name }) => name);
  for (const [index, { misses }] of attempts.wrong.entries())
    if (misses !== ENGINE_ERROR && !names.includes(misses))
      return {
        path: ['attempts', 'wrong', index, 'misses'],
        message: `no check is called "${misses}". Write one of ${[...names, ENGINE_ERROR].join(', ')}`,
      };
  // A check that no attempt fails may be one that cannot fail.
  const idle = names.findIndex((name) => !attempts.wrong.some(({ misses }) => misses === name));
  if (idle >= 0)
    return {
      path: ['checks', idle],
      message: `no wrong attempt misses "${names[idle]!}". Write one that does, to show that it can fail`,
    };
  return undefined;
}

/** What a check asks of an engine that cannot tell it, or does not ask. */
function problemOfCheck(check: Check, lang: string): Problem | undefined {
  if (check.kind === 'plan') {
    if (!EXPLAINED.includes(lang))
      return {
        path: ['kind'],
        message: `a plan can be checked in ${EXPLAINED.join(' and ')}. In ${lang} write kind: query`,
      };
    if (check.names === undefined && check.avoids === undefined)
      return {
        path: [],
        message: 'write what the plan names, or what it avoids: names: Index Scan',
      };
  }
  if (check.kind === 'interrupted' && !CUTTABLE.includes(lang))
    return {
      path: ['kind'],
      message: `code can be interrupted in ${CUTTABLE.join(' and ')}. In ${lang} write kind: query`,
    };
  if (check.kind === 'work') {
    if (!MEASURED.includes(lang))
      return {
        path: ['kind'],
        message: `work can be measured in ${MEASURED.join(' and ')}. In ${lang} write kind: plan or query`,
      };
    if (check.reads === undefined && check.writes === undefined)
      return { path: [], message: 'write how many documents may be read or written: reads: 100' };
  }
  return undefined;
}
