/**
 * Runs cells at build time, with the same engine code as the browser, and keeps the results by
 * content: a cell whose code, predecessors, dataset and engine are unchanged is not run again.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { nodeAssets } from '../../engines/assets.ts';
import { ENGINES, isAvailable } from '../../engines/registry.ts';
import type { Database, EngineName, Output, ScriptFile } from '../../engines/engine.ts';
import { AuthoringError, type Cell, type CellResult, type PlacedCell } from '../cell.ts';
import { readDataset } from './dataset.ts';

const CACHE = '.cache/cells';

export interface Execution extends CellResult {
  /** Whether the result was there from an earlier build. */
  cached: boolean;
}

/**
 * @param before the cells whose effects the cell builds on, in order.
 * @throws AuthoringError for a missing or failing dataset, an unexpected error, or an expected error
 * that does not come.
 */
export async function executeCell(
  cell: PlacedCell,
  before: readonly PlacedCell[],
): Promise<Execution> {
  const dataset = readDataset(cell);
  const key = cacheKey(cell, before, dataset);
  const path = join(CACHE, `${key}.json`);
  const cached = existsSync(path);
  const result = cached
    ? (JSON.parse(readFileSync(path, 'utf8')) as CellResult)
    : await alone(cell.engine, (database) => run(database, cell, before, dataset));
  if (!cached) save(path, result);
  checkExpectation(cell, result);
  return { ...result, cached };
}

/** Ends the databases that {@link executeCell} started. */
export async function closeDatabases(): Promise<void> {
  const open = [...databases.values()];
  databases.clear();
  await Promise.all(open.map(async (database) => (await database).close()));
}

async function run(
  database: Database,
  cell: PlacedCell,
  before: readonly PlacedCell[],
  dataset: ScriptFile | null,
): Promise<CellResult> {
  try {
    await database.reset(dataset);
  } catch (error) {
    throw new AuthoringError(
      cell.file,
      cell.line,
      `cell "${cell.id}": its dataset fails: ${(error as Error).message}`,
    );
  }
  for (const earlier of before) await database.run(earlier, () => undefined);
  const outputs: Output[] = [];
  const summary = await database.run(cell, (output) => outputs.push(output));
  return { outputs, summary };
}

/** The first thing that went wrong: where, and in which words. */
function failureOf(outputs: readonly Output[]): { line: number; text: string } | undefined {
  for (const output of outputs) {
    if (output.kind === 'error') {
      const line = output.position?.line ?? output.origin.line;
      return { line, text: `${output.severity} ${output.code}: ${output.message}` };
    }
    if (output.kind === 'transcript' && output.failed) {
      return { line: output.origin.line, text: output.reply };
    }
  }
  return undefined;
}

function checkExpectation(cell: PlacedCell, { outputs }: CellResult): void {
  const failure = failureOf(outputs);
  if (failure && cell.expect === undefined)
    throw new AuthoringError(
      cell.file,
      cell.line + Math.max(1, failure.line),
      `cell "${cell.id}" fails: ${failure.text}. ` +
        'Mend the statement, or write expect="error" if the error is the lesson.',
    );
  if (!failure && cell.expect === 'error')
    throw new AuthoringError(
      cell.file,
      cell.line,
      `cell "${cell.id}" should end with an error and does not. Mend it, or leave out expect="error".`,
    );
}

function cacheKey(cell: Cell, before: readonly Cell[], dataset: ScriptFile | null): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([
      engineFingerprint(cell.engine),
      dataset?.code,
      before.map(({ files }) => files),
      cell.files,
    ]),
  );
  return hash.digest('hex').slice(0, 32);
}

const fingerprints = new Map<EngineName, string>();

/** Changes whenever the engine could answer differently: with its source, ours and its library's. */
export function engineFingerprint(engine: EngineName): string {
  const known = fingerprints.get(engine);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const folder of ['src/engines', `src/engines/${engine}`])
    for (const name of readdirSync(folder, { recursive: folder !== 'src/engines' }).sort())
      if (/(?<!\.test)\.ts$/.test(String(name)))
        hash.update(readFileSync(join(folder, String(name))));
  const fingerprint = hash.digest('hex');
  fingerprints.set(engine, fingerprint);
  return fingerprint;
}

function save(path: string, result: CellResult): void {
  mkdirSync(CACHE, { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(result));
  renameSync(part, path);
}

const databases = new Map<EngineName, Promise<Database>>();
const queues = new Map<EngineName, Promise<unknown>>();

/** One run at a time on the process's one database of an engine. */
function alone<T>(name: EngineName, task: (database: Database) => Promise<T>): Promise<T> {
  const database = databases.get(name) ?? start(name);
  databases.set(name, database);
  const done = (queues.get(name) ?? Promise.resolve()).then(async () => task(await database));
  queues.set(
    name,
    done.catch(() => undefined),
  );
  return done;
}

async function start(name: EngineName): Promise<Database> {
  if (!isAvailable(name)) throw new Error(`no engine "${name}" in src/engines/registry.ts`);
  return (await ENGINES[name]()).open(nodeAssets(name));
}
