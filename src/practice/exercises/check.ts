/**
 * Whether a reader's code does what an exercise asks. Only results count, not how the code is
 * written. Nothing here knows where the engine runs: in Node, or in a worker of the reader's browser.
 */
import type { Output, Script } from '../../engines/engine.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import { descriptorOfFence } from '../../engines/descriptors.ts';
import { splitStatements } from '../../engines/sql/statements.ts';
import { answerOf } from './answer.ts';
import { difference } from './difference.ts';
import type { Check, CheckOf, Exercise } from './exercise.ts';
import { askedByAnother, beginningsOf, withRepetitions } from './replay.ts';
import { countersOf, overrun, workBetween } from './work.ts';

/**
 * Fills a database with the exercise's dataset and runs the scripts in it, one after the other.
 * As every call starts afresh, nothing that a check does has to be undone.
 *
 * @returns the outputs of each script.
 */
export type Run = (scripts: readonly Script[]) => Promise<Output[][]>;

/** What judging needs of an exercise. */
export interface JudgedExercise extends Pick<Exercise, 'id' | 'lang' | 'dataset' | 'checks'> {
  solution: Pick<Exercise['solution'], 'code'>;
}

/** What the engine said when it refused a statement. */
export interface Failure {
  /** Line in the code, from 1. */
  line: number;
  /** The engine's own words. */
  message: string;
}

export interface CheckResult {
  name: string;
  state: 'holds' | 'missing' | 'not-run';
  /** What holds, what is missing, or why the check could not run. */
  message: string;
  /** What the database showed, if that says more: how many rows are missing, and one of them. */
  detail?: string;
}

export type Verdict =
  /** The engine refused the reader's code; no check has run. */
  | { kind: 'error'; failure: Failure; results: CheckResult[] }
  | { kind: 'checked'; passed: boolean; results: CheckResult[] };

/**
 * @param code the reader's.
 * @throws Error if the solution itself fails or shows nothing to compare with: its author has to mend it.
 */
export async function checkExercise(
  exercise: JudgedExercise,
  code: string,
  run: Run,
): Promise<Verdict> {
  const { file: name } = LANGUAGES[exercise.lang]!;
  const [outputs = []] = await run([{ files: [{ name, code }] }]);
  const failure = failureOf(outputs);
  if (failure) {
    const message = 'Not checked: your code ends with an error.';
    const results = exercise.checks.map(({ name }): CheckResult => ({
      name,
      state: 'not-run',
      message,
    }));
    return { kind: 'error', failure, results };
  }
  const play: Play = (pieces) =>
    run(
      pieces.map((piece): Script => {
        if (typeof piece === 'string') return { files: [{ name, code: piece }] };
        return { files: [{ name, code: piece.judge }], judge: true };
      }),
    );
  const results: CheckResult[] = [];
  for (const check of exercise.checks) {
    // Of the wrong rows no order is right, and the earlier check has told what is wrong with them.
    if (check.kind === 'answer' && check.ordered && answerIsWrong(exercise, results)) {
      const message = 'Not checked yet: the order counts once the answer is right.';
      results.push({ name: check.name, state: 'not-run', message });
      continue;
    }
    const found = await resultOf(check, exercise, code, outputs, play);
    results.push({ name: check.name, ...found });
  }
  return { kind: 'checked', passed: results.every(({ state }) => state === 'holds'), results };
}

/** Whether an earlier check of the answer does not hold. */
const answerIsWrong = (exercise: JudgedExercise, results: readonly CheckResult[]): boolean =>
  results.some(
    ({ state }, index) => exercise.checks[index]!.kind === 'answer' && state !== 'holds',
  );

/** The first statement that failed. */
export function failureOf(outputs: readonly Output[]): (Failure & { code: string }) | undefined {
  for (const output of outputs) {
    if (output.kind === 'error')
      return {
        line: output.position?.line ?? output.origin.line,
        message: [`${output.severity}: ${output.message}`, output.detail, output.hint]
          .filter((part) => part !== undefined)
          .join('\n'),
        code: output.code,
      };
    if (output.kind === 'transcript' && output.failed)
      return { line: output.origin.line, message: output.reply, code: '' };
  }
  return undefined;
}

type Found = Omit<CheckResult, 'name'>;
/** A script: the reader's or the solution's, or one of the check's own, which {@link Script.judge judges} them. */
type Piece = string | { judge: string };
/** Runs scripts on a fresh dataset. @returns the outputs of each. */
type Play = (pieces: readonly Piece[]) => Promise<Output[][]>;
interface Ways {
  holds: Found;
  missing: (detail: string) => Found;
}

async function resultOf(
  check: Check,
  exercise: JudgedExercise,
  code: string,
  outputs: readonly Output[],
  play: Play,
): Promise<Found> {
  const holds: Found = { state: 'holds', message: check.says };
  const missing = (detail?: string): Found => ({
    state: 'missing',
    message: check.missing,
    ...(detail !== undefined && { detail }),
  });
  /** Runs scripts behind the reader's code. */
  const behind: Play = async (pieces) => (await play([code, ...pieces])).slice(1);
  /** What the check's own code prints behind the reader's, which it may ask for again. */
  const checked = async (text: string): Promise<Output[]> => {
    const steps = withRepetitions(text, code);
    const printed = await behind(
      steps.map(({ own, text: step }) => (own ? { judge: step } : step)),
    );
    return printed.filter((_, index) => steps[index]!.own).flat();
  };
  switch (check.kind) {
    case 'answer': {
      const [solved = []] = await play([exercise.solution.code]);
      const asked = failureOf(solved) ? undefined : answerOf(solved);
      if (!asked || asked.cut)
        throw new Error(
          `exercise "${exercise.id}": its solution ${asked ? 'answers more than is shown' : 'fails, or shows no result'}. ` +
            'End it with a query whose whole result is shown.',
        );
      const found = difference(answerOf(outputs), asked, check.ordered);
      return found === undefined ? holds : missing(found);
    }
    case 'query': {
      const found = unexpected(await checked(check.code), check.expect);
      if (found === undefined) return holds;
      return found.ran ? missing(found.says) : notRun(found.says);
    }
    case 'interrupted':
      return interruptedResult(check, exercise.lang, code, play, { holds, missing });
    case 'accepted': {
      const failure = failureOf(await checked(check.code));
      return failure ? missing(failure.message) : holds;
    }
    case 'refused': {
      const failure = failureOf(await checked(check.code));
      if (!failure) return missing();
      return failure.code === check.error || failure.message.includes(check.error)
        ? holds
        : missing(`It is refused for another reason. ${failure.message}`);
    }
    case 'plan':
      return planResult(check, exercise.lang, code, behind, { holds, missing });
    case 'work':
      return workResult(check, exercise.lang, behind, { holds, missing });
  }
}

const notRun = (reason: string): Found => ({
  state: 'not-run',
  message: `This check could not run. ${reason}`,
});

/** @returns what differs from what a check's code should print, or why it could not run. */
function unexpected(
  printed: readonly Output[],
  expect: string,
): { ran: boolean; says: string } | undefined {
  const failure = failureOf(printed);
  if (failure) return { ran: false, says: failure.message };
  const got = (answerOf(printed)?.items ?? []).join('\n');
  return got === expect.trim()
    ? undefined
    : { ran: true, says: `The database answers: ${got || 'nothing'}` };
}

async function interruptedResult(
  { code: asked, expect }: CheckOf<'interrupted'>,
  lang: string,
  code: string,
  play: Play,
  { holds, missing }: Ways,
): Promise<Found> {
  for (const { code: beginning, line, statement } of beginningsOf(code, lang)) {
    const behind = askedByAnother(asked, lang).map((judge) => ({ judge }));
    const outputs = await play([beginning, ...behind]);
    const found = unexpected(outputs.at(-1) ?? [], expect);
    if (!found) continue;
    return found.ran
      ? missing(`It stops after line ${line}: ${statement}\n${found.says}`)
      : notRun(found.says);
  }
  return holds;
}

async function planResult(
  { names, avoids }: CheckOf<'plan'>,
  lang: string,
  code: string,
  behind: Play,
  { holds, missing }: Ways,
): Promise<Found> {
  const { dialect = 'postgres', explain } = descriptorOfFence(lang)!.language;
  const last = splitStatements(code, dialect).findLast(({ kind }) => kind === 'sql');
  if (!last) return notRun('Your code has no statement to explain.');
  const [outputs = []] = await behind([
    { judge: /^explain\b/i.test(last.text) ? last.text : `${explain!} ${last.text}` },
  ]);
  const failure = failureOf(outputs);
  if (failure) return notRun(`Your last statement has no plan. ${failure.message}`);
  const lines = outputs.flatMap((output) => (output.kind === 'plan' ? output.lines : []));
  if (lines.length === 0) return notRun('Your last statement has no plan.');
  const has = (part: string): boolean => lines.some((line) => line.includes(part));
  const good = (names === undefined || has(names)) && (avoids === undefined || !has(avoids));
  return good ? holds : missing(`The plan:\n${lines.join('\n')}`);
}

async function workResult(
  { before, code, reads, writes }: CheckOf<'work'>,
  lang: string,
  behind: Play,
  { holds, missing }: Ways,
): Promise<Found> {
  const counters = countersOf(lang);
  const steps = [...(before === undefined ? [] : [before]), counters, code, counters];
  const outputs = await behind(steps.map((judge) => ({ judge })));
  // A load that stops half-way has done little work, and nothing of what was asked.
  const failure = failureOf(outputs.flat());
  if (failure) return notRun(failure.message);
  const work = workBetween(outputs.at(-3)!, outputs.at(-1)!);
  const over = overrun(work, {
    ...(reads !== undefined && { reads }),
    ...(writes !== undefined && { writes }),
  });
  return over === undefined ? holds : missing(over);
}
