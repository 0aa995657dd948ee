/**
 * Whether a catalog of any design meets a stage of the challenge, and what it costs. Only what the
 * database answers counts: nothing here knows how its tables are called. Runs in Node and in browsers.
 */
import type { Output, Script } from '../../engines/engine.ts';
import { splitStatements } from '../../engines/sql/statements.ts';
import { answerOf, type Answer } from '../exercises/answer.ts';
import { failureOf, type CheckResult, type Run, type Verdict } from '../exercises/check.ts';
import { difference } from '../exercises/difference.ts';
import type { Stage, StageCheck } from './challenge.ts';
import { factsOf } from './facts.ts';
import { measuresOf, type Measures } from './measures.ts';
import {
  afterChanges,
  attempt,
  COUNT,
  FUNCTIONS,
  MIGRATIONS,
  missing,
  point,
  same as unchanged,
  SETTLE,
  WATCH_MIGRATIONS,
} from './probes.ts';
import { plainValue } from './value.ts';

/** What judging needs of a stage. */
export type JudgedStage = Pick<
  Stage,
  'name' | 'products' | 'stores' | 'columns' | 'ordered' | 'expect' | 'checks'
>;

export interface StageVerdict {
  verdict: Verdict;
  /** What the stage costs, once it is met. */
  measures?: Measures;
}

/**
 * @param earlier the code of the stages before, which was met.
 * @param code the reader's for this stage.
 * @param run on an empty database.
 * @throws Error if the earlier code fails.
 */
export async function checkStage(
  stage: JudgedStage,
  earlier: readonly string[],
  code: string,
  run: Run,
): Promise<StageVerdict> {
  const query = lastQuery(code);
  function probe(check: StageCheck): Script {
    switch (check.kind) {
      case 'stored':
        return prepared(missing(factsOf(stage).map(({ value }) => value)));
      case 'answer':
        return judge('SELECT 1');
      case 'follows':
        return prepared(afterChanges(check.replace, query));
      case 'refuses':
        return prepared(attempt(check.replace), unchanged(check.replace));
      case 'points':
        return prepared(point(check.table, check.column, check.value));
    }
  }
  const explain = judge(`EXPLAIN (FORMAT JSON) ${query}`);
  const probes = [prepared(COUNT), explain, ...stage.checks.map(probe)];
  const before = [judge(WATCH_MIGRATIONS), ...earlier.map(script), judge(MIGRATIONS)];
  const behind = [judge(MIGRATIONS), judge(SETTLE), ...probes];
  const outputs = await run([...before, script(code), ...behind]);
  const old = failureOf(outputs.slice(0, before.length).flat());
  if (old) throw new Error(`Your code of an earlier stage fails. ${old.message}`);

  const mine = outputs[before.length]!;
  const failure = failureOf(mine);
  if (failure) {
    const message = 'Not checked: your code ends with an error.';
    const results = stage.checks.map(({ name }) => ({ name, state: 'not-run' as const, message }));
    return { verdict: { kind: 'error', failure, results } };
  }
  const broken = failureOf([...outputs[before.length + 1]!, ...outputs[before.length + 2]!]);
  if (broken) throw new Error(`The checks could not be prepared. ${broken.message}`);
  const [count = [], plan = [], ...probed] = outputs.slice(before.length + 3);
  const results: CheckResult[] = [];
  for (const [index, check] of stage.checks.entries()) {
    const found = resultOf(check, stage, mine, probed[index]!, results);
    results.push({ name: check.name, ...found });
  }
  const passed = results.every(({ state }) => state === 'holds');
  const verdict: Verdict = { kind: 'checked', passed, results };
  if (!passed) return { verdict };
  const [then, now] = [outputs[before.length - 1]!, outputs[before.length + 1]!];
  return { verdict, measures: measuresOf({ then, now, count, plan }) };
}

const script = (code: string): Script => ({ files: [{ name: 'script.sql', code }] });
const judge = (code: string): Script => ({ ...script(code), judge: true });

/** The files of a probe: its functions, what it asks, and what shows that the answer means something. */
const [PREPARED, ASKED, CONTROL] = [0, 1, 2];
const prepared = (...asked: string[]): Script => ({
  files: [FUNCTIONS, ...asked].map((code) => ({ name: 'probe.sql', code })),
  judge: true,
});
const fileOf = (outputs: readonly Output[], file: number): Output[] =>
  outputs.filter(({ origin }) => origin.file === file);

/** Without its semicolon, so that it can stand behind `EXPLAIN`. */
const lastQuery = (code: string): string =>
  splitStatements(code, 'postgres')
    .findLast(({ kind }) => kind === 'sql')
    ?.text.replace(/;\s*$/, '') ?? '';

type Found = Omit<CheckResult, 'name'>;

function resultOf(
  check: StageCheck,
  stage: JudgedStage,
  mine: readonly Output[],
  probed: readonly Output[],
  earlier: readonly CheckResult[],
): Found {
  const holds: Found = { state: 'holds', message: check.says };
  const misses = (detail?: string): Found => ({
    state: 'missing',
    message: check.missing,
    ...(detail !== undefined && { detail }),
  });
  // Of `answer` the reader's own output is looked at.
  const unprepared = check.kind === 'answer' ? undefined : failureOf(fileOf(probed, PREPARED));
  if (unprepared) return notRun(unprepared.message);
  const answers = fileOf(probed, ASKED);
  const failure = failureOf(answers);
  switch (check.kind) {
    case 'stored': {
      if (failure) return notRun(failure.message);
      const values = answerOf(answers)?.items ?? [];
      return values.length === 0 ? holds : misses(notFound(stage, values));
    }
    case 'answer':
      return same(answerOf(mine), stage, stage.expect) ?? holds;
    case 'follows': {
      // Of a wrong answer nothing more is told.
      const wrong = earlier.some(
        ({ state }, index) => stage.checks[index]!.kind === 'answer' && state !== 'holds',
      );
      if (wrong) return notRun('The answer comes first.', 'Not checked yet.');
      if (failure) return notRun(failure.message);
      return same(answerOf(answers), stage, check.expect) ?? holds;
    }
    case 'refuses': {
      if (failure)
        return failureOf(fileOf(probed, CONTROL))
          ? misses(
              'The database refuses any change of the value, even one that leaves it as it is.',
            )
          : holds;
      const changed = answerOf(answers)?.items[0];
      return changed === '0' ? notRun('The value is not stored.') : misses();
    }
    case 'points': {
      if (failure) return notRun(failure.message);
      const answer = answerOf(answers)?.items[0];
      if (answer === 'refused') return holds;
      return answer === 'no table'
        ? {
            state: 'missing',
            message: `There is no table \`${check.table}\` with a column \`${check.column}\`.`,
          }
        : misses();
    }
  }

  function same(answer: Answer | undefined, of: JudgedStage, expect: string): Found | undefined {
    const found = difference(answer && plain(answer), asked(of, expect), of.ordered);
    return found === undefined ? undefined : misses(found);
  }
}

const notRun = (reason: string, start = 'This check could not run.'): Found => ({
  state: 'not-run',
  message: `${start} ${reason}`,
});

/** Rows as an author writes them. */
function asked({ columns }: JudgedStage, expect: string): Answer {
  const lines = expect.split('\n').filter((line) => line.trim() !== '');
  const items = lines.map((line) => line.split('|').map((value) => plainValue(value.trim())));
  return { noun: 'row', items: items.map((row) => row.join(' | ')), fields: columns, cut: false };
}

/** A number that is kept as text is the same number. */
const plain = (answer: Answer): Answer => ({
  ...answer,
  items: answer.items.map((item) => item.split(' | ').map(plainValue).join(' | ')),
});

/** More would be no help. */
const NAMED = 4;

function notFound(stage: JudgedStage, values: readonly string[]): string {
  const facts = factsOf(stage);
  const named = values.slice(0, NAMED).map((value) => {
    const of = facts.find((fact) => fact.value === value)?.of;
    return of ? `“${value}” (${of})` : `“${value}”`;
  });
  const rest = values.length - named.length;
  return `In no cell of the database: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
