/** Running checks: several at a time as far as processors allow, each after those it needs. */

/** One check of `npm test`. */
export interface Check {
  name: string;
  /** What to do when it fails. */
  remedy: string;
  /** How many of the processors it keeps busy; the rest is for others. */
  cores: number;
  /** Names of the checks that must have passed before. */
  needs: readonly string[];
  /** Names of the checks that must be over before, passed or not, if they run at all: both would write the same files. */
  after?: readonly string[];
  run(): Promise<Outcome>;
}

/** How a check went. */
export interface Outcome {
  passed: boolean;
  /** What it said. */
  output: string;
}

/** A check that is over. */
export interface Result extends Outcome {
  check: Check;
  milliseconds: number;
}

/**
 * Runs all checks, in their order where nothing speaks against it. A check whose need failed counts
 * as failed without being run.
 *
 * @param cores processors to keep busy
 * @param onStart called when a check begins
 * @param onEnd called when one is over
 * @returns the results in the order of the checks
 */
export async function runChecks(
  checks: readonly Check[],
  cores: number,
  onStart: (check: Check) => void = () => undefined,
  onEnd: (result: Result) => void = () => undefined,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const waiting = [...checks];
  const running = new Map<Check, Promise<void>>();
  const isOver = (name: string) => results.has(name) || !checks.some((one) => one.name === name);
  const end = (result: Result) => {
    results.set(result.check.name, result);
    onEnd(result);
  };

  while (waiting.length > 0 || running.size > 0) {
    const busy = [...running.keys()].reduce((sum, check) => sum + check.cores, 0);
    const next = waiting.find(
      (check) =>
        [...check.needs, ...(check.after ?? [])].every(isOver) &&
        (running.size === 0 || busy + Math.min(check.cores, cores) <= cores),
    );
    if (!next) {
      if (running.size === 0)
        throw new Error(
          `Checks wait for each other: ${waiting.map(({ name }) => name).join(', ')}`,
        );
      await Promise.race(running.values());
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    const missing = next.needs.filter((name) => results.get(name)?.passed === false);
    if (missing.length > 0) {
      const output = `Not run, because ${missing.join(', ')} failed.`;
      end({ check: next, milliseconds: 0, passed: false, output });
      continue;
    }
    onStart(next);
    const started = performance.now();
    const job = next
      .run()
      .catch((error: unknown): Outcome => ({ passed: false, output: describe(error) }))
      .then((outcome) => {
        running.delete(next);
        end({ check: next, milliseconds: performance.now() - started, ...outcome });
      });
    running.set(next, job);
  }
  return checks.map((check) => results.get(check.name)!);
}

/**
 * The checks with these names, and those they need.
 *
 * @throws Error naming the known ones, if one is unknown
 */
export function select(checks: readonly Check[], names: readonly string[]): Check[] {
  const known = new Map(checks.map((check) => [check.name, check]));
  const wanted = new Set<string>();
  const want = (name: string) => {
    const check = known.get(name);
    if (!check)
      throw new Error(`There is no check "${name}". There are: ${[...known.keys()].join(', ')}.`);
    wanted.add(name);
    check.needs.forEach(want);
  };
  names.forEach(want);
  return checks.filter(({ name }) => wanted.has(name));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
