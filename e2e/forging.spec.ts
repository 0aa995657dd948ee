/**
 * Code that does not do what an exercise or the challenge asks, and tampers with whatever judges it: on what the site
 * ships, in a real browser. No check that fails becomes one that holds.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { checkStage } from '../src/practice/challenge/check.ts';
import { FUNCTIONS } from '../src/practice/challenge/probes.ts';
import { readChallenge } from '../src/practice/challenge/read.ts';
import { descriptorOfFence } from '../src/engines/descriptors.ts';
import type { EngineName, ScriptFile } from '../src/engines/engine.ts';
import { checkExercise, type Run } from '../src/practice/exercises/check.ts';
import { readExercise } from '../src/practice/exercises/read.ts';
import { expect, runSteps, test } from './isolation/published.ts';

/** Runs scripts on a fresh dataset in the page, as an exercise's Check does. */
const runIn =
  (page: Page, engine: EngineName, dataset: ScriptFile | null): Run =>
  async (scripts) => {
    const steps = scripts.map((script, index) => ({
      script,
      ...(index === 0 && { from: { dataset } }),
    }));
    const ran = await runSteps(page, engine, steps);
    const broken = ran.find(({ failed }) => failed !== null);
    if (broken) throw new Error(broken.failed!);
    return ran.map(({ outputs }) => outputs);
  };

/** The judge as it is, and one that trusts what it judges: its scripts are like any others, its functions made once. */
const guarded = (run: Run): Run => run;
const trusting =
  (run: Run): Run =>
  (scripts) => {
    let made = false;
    return run(
      scripts.map(({ files }) => ({
        files: files.map((file) => {
          if (file.code !== FUNCTIONS) return file;
          const code = made ? '' : FUNCTIONS.replace('SET event_triggers = off;', '');
          made = true;
          return { ...file, code };
        }),
      })),
    );
  };

interface Forgery {
  exercise: string;
  what: string;
  /** Does not do what is asked. */
  wrong: string;
  /** What stands before it. */
  attack: string;
}

const attemptOf = (exercise: string, says: string): string =>
  readExercise(`content/exercises/${exercise}.yaml`).exercise.attempts.wrong.find(
    (wrong) => wrong.says === says,
  )!.code;

/** Each of them passes before a judge that trusts. */
const FORGERIES: readonly Forgery[] = [
  {
    exercise: 'x-product-page',
    what: 'a function of the shell that measures documents',
    wrong: attemptOf('x-product-page', 'all reviews inside the product'),
    attack: 'bsonsize = () => 1;',
  },
  {
    exercise: 'x-transfer',
    what: 'a sum that is always the same',
    // Between the two updates 50 are missing.
    wrong: `
      DROP TABLE IF EXISTS moved;
      CREATE TEMP TABLE moved AS SELECT owner FROM accounts WHERE owner = 'Alice' AND balance >= 50
        AND EXISTS (SELECT FROM accounts WHERE owner = 'Bob' AND balance <= 950);
      UPDATE accounts SET balance = balance - 50 WHERE owner IN (SELECT owner FROM moved);
      UPDATE accounts SET balance = balance + 50 WHERE owner = 'Bob' AND EXISTS (SELECT FROM moved);`,
    attack: `
      CREATE SCHEMA IF NOT EXISTS forged;
      CREATE OR REPLACE FUNCTION forged.keep(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1450';
      CREATE OR REPLACE AGGREGATE forged.sum (numeric) (SFUNC = forged.keep, STYPE = numeric, INITCOND = '1450');
      SET search_path = forged, pg_catalog, public;`,
  },
  {
    exercise: 'x-jsonb-index',
    what: 'a plan that nobody would make',
    // An index of another column, which finds every product.
    wrong: `
      CREATE INDEX by_attributes ON products (price);
      SELECT name, price FROM products WHERE price > 0
        AND attributes @> '{"connectivity": ["bluetooth"], "warranty_years": 3}';`,
    attack: 'SET enable_seqscan = off; SET enable_indexscan = off;',
  },
];

for (const { exercise: id, what, wrong, attack } of FORGERIES) {
  test(`exercise ${id}: no check passes for ${what}`, async ({ page }) => {
    test.setTimeout(120_000);
    const { exercise } = readExercise(`content/exercises/${id}.yaml`);
    const engine = descriptorOfFence(exercise.lang)!.name as EngineName;
    const suffix = engine === 'documents' ? '.mongosh.js' : '.sql';
    const name = `content/datasets/${exercise.dataset}${suffix}`;
    const dataset = exercise.dataset ? { name, code: readFileSync(name, 'utf8') } : null;
    const run = runIn(page, engine, dataset);
    const passes = async (code: string, by: (run: Run) => Run): Promise<boolean> => {
      const verdict = await checkExercise(exercise, code, by(run));
      return verdict.kind === 'checked' && verdict.passed;
    };
    expect(await passes(exercise.solution.code, guarded), 'the solution').toBe(true);
    expect(await passes(wrong, trusting), 'the wrong code alone').toBe(false);
    expect(await passes(`${attack}\n${wrong}`, trusting), 'before a judge that trusts').toBe(true);
    expect(await passes(`${attack}\n${wrong}`, guarded), 'the attack').toBe(false);
  });
}

const { stages, designs } = readChallenge('content/challenges/x-catalog-design.yaml').challenge;
const launch = stages.find(({ name }) => name === 'launch')!;

/** Names and prices, and nothing else of what is to be stored. */
const POOR = `
  CREATE TABLE products (name text, price numeric);
  INSERT INTO products VALUES ('Granola', 8), ('Cotton Basic Tee', 29.99), ('Python 101', 45),
    ('Oak Desk', 349), ('ThinkPad X1', 1299.99);`;
const ASKED = 'SELECT name, price FROM products ORDER BY price;';
/** As soon as the judge has its own functions, one that finds everything is in their place. */
const REPLACE = `
  IF to_regprocedure('pg_temp.course_points(text, text, text)') IS NOT NULL
    AND current_setting('forged.done', true) IS NULL THEN
    PERFORM set_config('forged.done', 'yes', false);
    CREATE OR REPLACE FUNCTION pg_temp.course_finds(pattern text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
  END IF;`;

/** Ways to have found in the catalog what is not there. Each of them passes before a judge that trusts. */
const CHALLENGED: Readonly<Record<string, { attack: string; asked?: string }>> = {
  'an operator that likes everything': {
    attack: `
      CREATE FUNCTION yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      CREATE OPERATOR public.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = yes);
      SET search_path = public, pg_catalog;`,
  },
  'a function of the system with another body': {
    attack: `CREATE OR REPLACE FUNCTION pg_catalog.textregexeq(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';`,
  },
  'a cast that says what is looked for': {
    attack: `
      CREATE TYPE thing AS ENUM ('thing');
      CREATE FUNCTION lie(thing) RETURNS text LANGUAGE sql AS 'SELECT current_query()';
      CREATE CAST (thing AS text) WITH FUNCTION lie(thing);
      CREATE TABLE things (n int, thing thing GENERATED ALWAYS AS (CASE n WHEN 1 THEN 'thing'::thing END) STORED);
      INSERT INTO things VALUES (1);`,
  },
  'a type that notes what is looked for': {
    attack: `
      CREATE TABLE seen (it pg_catalog.text UNIQUE);
      CREATE FUNCTION note(pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        IF $1 LIKE '(?<%' THEN
          INSERT INTO public.seen VALUES (pg_catalog.regexp_replace($1,
            '\\(\\?<?!([^()]|\\[\\[:alnum:\\]\\])*\\)|\\(\\\\\\.0\\+\\)\\?|0\\*|\\\\', '', 'g')) ON CONFLICT DO NOTHING;
        END IF;
        RETURN true;
      END $$;
      CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (note(VALUE));`,
  },
  'a trigger on what the judge makes': {
    attack: `
      CREATE FUNCTION forge() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN ${REPLACE} END $$;
      CREATE EVENT TRIGGER forge ON ddl_command_end EXECUTE FUNCTION forge();`,
  },
  'a query that acts while it is planned': {
    attack: `
      CREATE FUNCTION forge() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${REPLACE} END $$;
      CREATE FUNCTION planned() RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
        $$ BEGIN PERFORM forge(); RETURN true; END $$;`,
    asked: 'SELECT name, price FROM products WHERE planned() ORDER BY price;',
  },
};

for (const [what, { attack, asked = ASKED }] of Object.entries(CHALLENGED)) {
  test(`challenge: no stage is met for ${what}`, async ({ page }) => {
    test.setTimeout(120_000);
    const run = runIn(page, 'postgres', null);
    const meets = async (code: string, by: (run: Run) => Run): Promise<boolean | string> => {
      try {
        const { verdict } = await checkStage(launch, [], code, by(run));
        return verdict.kind === 'checked' && verdict.passed;
      } catch (error) {
        return (error as Error).message;
      }
    };
    const forged = `${POOR}${attack}\n${asked}`;
    expect(await meets(designs[0]!.code[launch.name]!, guarded), 'a design').toBe(true);
    expect(await meets(`${POOR}${ASKED}`, trusting), 'the wrong code alone').toBe(false);
    expect(await meets(forged, trusting), 'before a judge that trusts').toBe(true);
    expect([false, expect.stringContaining('The checks do not run: your code')]).toContainEqual(
      await meets(forged, guarded),
    );
  });
}
