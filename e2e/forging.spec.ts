/**
 * Code that does not do what an exercise asks, and tampers with whatever judges it: on what the site ships, in a real
 * browser. No check that fails becomes one that holds.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES } from '../src/cells/fence/fence.ts';
import type { EngineName, Output, Script, ScriptFile } from '../src/engines/engine.ts';
import { checkExercise, type Run } from '../src/exercises/check.ts';
import { exerciseFiles, readExercise } from '../src/exercises/read.ts';
import type { Runner, Session } from '../src/runner/client.ts';
import { openSite, type Site } from './isolation/site.ts';

declare global {
  var runner: Runner;
  var session: Session;
}

let site: Site;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  site = await openSite(path.resolve(import.meta.dirname, '..'), 'as published');
});
test.afterAll(() => site?.close());

/** Runs scripts on a fresh dataset in the page, as an exercise's Check does. */
const runIn =
  (page: Page, engine: EngineName, dataset: ScriptFile | null): Run =>
  (scripts) =>
    page.evaluate(
      async ({ engine, dataset, scripts }) => {
        if (globalThis.session?.engine !== engine) globalThis.session = runner.session(engine);
        const outputs: Output[][] = [];
        for (const [index, script] of scripts.entries()) {
          const of: Output[] = [];
          await session.run(script, {
            onOutput: (output) => of.push(output),
            ...(index === 0 && { start: () => ({ dataset }) }),
          });
          outputs.push(of);
        }
        return outputs;
      },
      { engine, dataset, scripts: scripts as Script[] },
    );

/** Ways beyond those that the engines know, aimed at checks. */
const AIMED: Readonly<Record<string, readonly string[]>> = {
  mongosh: [
    'db.mongo.store.connection.catalog.metrics.document.inserted = -1e6',
    'db = new Proxy(db, { get: (on, key) => key === "serverStatus" ? () => ({ metrics: { document: { inserted: 0, updated: 0, deleted: 0 }, queryExecutor: { scannedObjects: 0 } } }) : on[key] })',
    'const status = db.serverStatus(); db.serverStatus = () => status; Object.getPrototypeOf(db).serverStatus = () => status',
    'Object.defineProperty(Object.prototype, "failed", { get: () => false }); JSON.stringify = () => "{}"',
    'bsonsize = () => 1; Math.max = () => 1',
  ],
  sql: [
    'SET enable_seqscan = off; SET session_replication_role = replica;',
    `CREATE FUNCTION yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
     UPDATE pg_operator SET oprcode = 'yes' WHERE oid = '=(text,text)'::regoperator;`,
    `CREATE FUNCTION no(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
     CREATE OPERATOR <> (LEFTARG = text, RIGHTARG = text, FUNCTION = no);`,
    `UPDATE pg_aggregate SET aggtransfn = 'int8inc_any' WHERE aggfnoid = 'count(*)'::regprocedure;`,
  ],
};

test('a wrong attempt does not pass for being followed by an attack on its judge', async ({
  page,
}) => {
  test.setTimeout(400_000);
  await page.goto(site.address);
  await page.waitForFunction(() => 'runner' in globalThis);
  let tried = 0;
  for (const file of exerciseFiles()) {
    const { exercise } = readExercise(file);
    const ways = AIMED[exercise.lang];
    const wrong = exercise.attempts.wrong.find(({ misses }) => misses !== 'error');
    if (!ways || !wrong) continue;
    const { engine } = LANGUAGES[exercise.lang]!;
    const suffix = engine === 'documents' ? '.mongosh.js' : '.sql';
    const name = `content/datasets/${exercise.dataset}${suffix}`;
    const dataset = exercise.dataset ? { name, code: readFileSync(name, 'utf8') } : null;
    const run = runIn(page, engine, dataset);
    const solved = await checkExercise(exercise, exercise.solution.code, run);
    expect(solved, file).toMatchObject({ kind: 'checked', passed: true });
    for (const way of ways) {
      // The code's own answer is printed last, as it would be without the attack.
      const verdict = await checkExercise(exercise, `${way}\n${wrong.code}`, run);
      expect.soft(verdict.kind === 'checked' && verdict.passed, `${file}: ${way}`).toBe(false);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThanOrEqual(30);
});
