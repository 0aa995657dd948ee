/** The reader's code played again and cut off, on the engines of the course. */
import { afterAll, describe, expect, test } from 'vitest';
import { checkExercise, type CheckResult } from './check.ts';
import type { Check } from './exercise.ts';
import { beginningsOf, withRepetitions } from './replay.ts';
import { Databases } from './run.ts';
import { readExercise } from './read.ts';

const databases = new Databases();
afterAll(() => databases.close());

const stated = { name: 'one', says: 'It holds.', missing: 'It is missing.' };

async function judged(file: string, check: Check, code: string): Promise<CheckResult> {
  const placed = readExercise(`content/exercises/${file}.yaml`);
  const exercise = { ...placed.exercise, checks: [check] };
  const verdict = await checkExercise(exercise, code, databases.runFor(placed));
  return verdict.results[0]!;
}

const take = "UPDATE accounts SET balance = balance - 50 WHERE owner = 'Alice';";
const give = "UPDATE accounts SET balance = balance + 50 WHERE owner = 'Bob';";

describe('code that runs again', () => {
  const counter: Check = {
    ...stated,
    kind: 'query',
    code: 'wait 10s\n@again\n@again\nGET calls:alice',
    expect: '"3"',
  };

  test('stands in the place of each line @again, as a script of its own', () => {
    expect(withRepetitions('GET a\n  @again\n@again\nGET b', 'INCR a')).toEqual([
      { own: true, text: 'GET a\n' },
      { own: false, text: 'INCR a' },
      { own: false, text: 'INCR a' },
      { own: true, text: '\nGET b' },
    ]);
    expect(withRepetitions("SELECT '@again'", 'SELECT 1')).toEqual([
      { own: true, text: "SELECT '@again'" },
    ]);
  });

  test('does what it does in another state, after time has passed', async () => {
    expect(await judged('x-three-calls', counter, 'INCR calls:alice')).toMatchObject({
      state: 'holds',
    });
    expect(
      await judged('x-three-calls', counter, 'INCR calls:alice\nEXPIRE calls:alice 5'),
    ).toMatchObject({ state: 'missing', detail: 'The database answers: "2"' });
  });

  test('may be refused then: what counts is what the database holds', async () => {
    const full: Check = {
      ...stated,
      kind: 'query',
      code: '@again\nROLLBACK; SELECT balance FROM accounts ORDER BY owner',
      expect: '450\n1000',
    };
    const transfer = `BEGIN; ${take} ${give} COMMIT;`;
    expect(await judged('x-transfer', full, transfer)).toMatchObject({ state: 'holds' });
    expect(await judged('x-transfer', full, `${take} ${give}`)).toMatchObject({
      state: 'missing',
      detail: 'The database answers: 400\n1000',
    });
  });

  test('is no statement of a check that should be refused', async () => {
    const refused: Check = { ...stated, kind: 'refused', code: '@again\nSELECT 1', error: '23514' };
    expect(await judged('x-transfer', refused, `${take} ${give}`)).toMatchObject({
      state: 'missing',
      message: 'It is missing.',
    });
  });
});

describe('code that is cut off', () => {
  const sum: Check = {
    ...stated,
    kind: 'interrupted',
    code: 'SELECT sum(balance) FROM accounts',
    expect: '1450',
  };
  const ends: Check = {
    ...stated,
    kind: 'interrupted',
    code: 'wait 2m\nEXISTS calls:alice',
    expect: '(integer) 0',
  };

  test('ends after each statement, wherever the statements stand', () => {
    expect(beginningsOf("SELECT ';'; -- one;\nSELECT\n2", 'sql')).toEqual([
      { code: "SELECT ';';", line: 1, statement: "SELECT ';';" },
      { code: "SELECT ';'; -- one;\nSELECT\n2", line: 2, statement: 'SELECT' },
    ]);
  });

  test('ends after each command of Redis, not after comments, empty lines and time', () => {
    const code = '# a comment\nINCR a\n\nwait 5s\n@client bob\nWAIT 0 0\n';
    expect(beginningsOf(code, 'redis')).toEqual([
      { code: '# a comment\nINCR a', line: 2, statement: 'INCR a' },
      { code: code.trimEnd(), line: 6, statement: 'WAIT 0 0' },
    ]);
  });

  test('is told by the statement after which something was missing', async () => {
    expect(await judged('x-transfer', sum, `${take}\n${give}`)).toMatchObject({
      state: 'missing',
      message: 'It is missing.',
      detail: `It stops after line 1: ${take}\nThe database answers: 1400`,
    });
  });

  test('loses its open transaction, so that both or none have happened', async () => {
    expect(await judged('x-transfer', sum, `BEGIN;\n${take}\n${give}\nCOMMIT;`)).toMatchObject({
      state: 'holds',
    });
    expect(await judged('x-transfer', { ...sum, expect: '1400' }, `BEGIN;\n${take}`)).toMatchObject(
      { state: 'missing' },
    );
  });

  test('and the block that Redis has queued for an EXEC', async () => {
    const both = 'INCR calls:alice\nEXPIRE calls:alice 60';
    expect(await judged('x-three-calls', ends, `MULTI\n${both}\nEXEC`)).toMatchObject({
      state: 'holds',
    });
    expect(await judged('x-three-calls', ends, both)).toMatchObject({
      state: 'missing',
      detail: 'It stops after line 1: INCR calls:alice\nThe database answers: (integer) 1',
    });
  });

  test('does not pass where the check itself cannot run', async () => {
    const other: Check = { ...sum, code: 'SELECT sum(money) FROM accounts' };
    expect(await judged('x-transfer', other, take)).toMatchObject({
      state: 'not-run',
      message: 'This check could not run. ERROR: column "money" does not exist',
    });
  });
});
