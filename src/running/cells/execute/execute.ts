/**
 * Runs cells at build time, with the same engine code as the browser, and keeps the results by
 * content: a cell whose code, predecessors, dataset and engine are unchanged is not run again. Each
 * engine has a process of its own, which is ended with a cell that does not end.
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
import type { Database, Output, RunSummary, ScriptFile } from '../../../engines/engine.ts';
import {
  descriptorOf,
  type EngineReference,
  folderOf,
  referred,
} from '../../../engines/descriptors.ts';
import { DatabasePool } from '../../runner/process/pool.ts';
import { ScriptStopped } from '../../runner/process/stopped.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { type Cell, type CellResult, type PlacedCell } from '../cell.ts';
import { readDataset } from './dataset.ts';

const CACHE = '.cache/cells';

export interface Execution extends CellResult {
  /** Whether the result was there from an earlier build. */
  cached: boolean;
}

/** What cells run on unless a caller brings something else. */
const everybodys = new DatabasePool();

/**
 * @param before the cells whose effects the cell builds on, in order.
 * @param databases what it runs on.
 * @throws AuthoringError for a missing or failing dataset, an unexpected error, an expected error
 * that does not come, and for a script that does not end.
 */
export async function executeCell(
  cell: PlacedCell,
  before: readonly PlacedCell[],
  databases = everybodys,
): Promise<Execution> {
  const dataset = readDataset(cell, databases.engines);
  const engine = descriptorOf(cell.engine, databases.engines);
  const key = cacheKey(engine, cell, before, dataset);
  const path = join(CACHE, `${key}.json`);
  const cached = existsSync(path);
  const result = cached
    ? (JSON.parse(readFileSync(path, 'utf8')) as CellResult)
    : await runFrom(dataset, cell, before, databases);
  if (!cached) save(path, result);
  checkExpectation(cell, result);
  return { ...result, cached };
}

/** Ends the databases that {@link executeCell} started. */
export const closeDatabases = (): Promise<void> => everybodys.close();

/**
 * Runs a cell, whatever is known of it.
 *
 * @throws AuthoringError for a dataset that fails, and for a script that does not end.
 */
export function runFrom(
  dataset: ScriptFile | null,
  cell: PlacedCell,
  before: readonly PlacedCell[],
  databases: DatabasePool,
): Promise<CellResult> {
  return databases.use(cell.engine, (database) => runOn(database, dataset, cell, before));
}

async function runOn(
  database: Database,
  dataset: ScriptFile | null,
  cell: PlacedCell,
  before: readonly PlacedCell[],
): Promise<CellResult> {
  const ran: unknown[] = [cell.engine, dataset?.code];
  await toItsEnd(
    ran,
    () => reset(database, cell, dataset),
    ({ at, message }) =>
      new AuthoringError(
        dataset?.name ?? cell.file,
        at?.line ?? 1,
        `the dataset that cell "${cell.id}" (${cell.file}:${cell.line}) starts from ${message}`,
      ),
  );
  let outputs: Output[] = [];
  const runOne = (one: PlacedCell): Promise<RunSummary> => {
    ran.push(one.files);
    outputs = [];
    return toItsEnd(
      ran,
      () => runCell(database, one, (output) => outputs.push(output)),
      ({ at, message }) =>
        new AuthoringError(one.file, one.line + (at?.line ?? 0), `cell "${one.id}" ${message}`),
    );
  };
  for (const earlier of before) await runOne(earlier);
  const summary = await runOne(cell);
  return { outputs, summary };
}

async function reset(
  database: Database,
  { id, file, line }: PlacedCell,
  dataset: ScriptFile | null,
): Promise<void> {
  try {
    await database.reset(dataset);
  } catch (error) {
    if (error instanceof ScriptStopped) throw error;
    const { message } = error as Error;
    throw new AuthoringError(file, line, `cell "${id}": its dataset fails: ${message}`);
  }
}

async function runCell(
  database: Database,
  cell: PlacedCell,
  emit: (output: Output) => void,
): Promise<RunSummary> {
  // What its author asks is nothing to the engine, and does not get into its process.
  const script = { ...cell };
  delete script.bet;
  try {
    return await database.run(script, emit);
  } catch (error) {
    if (error instanceof ScriptStopped) throw error;
    // Not an error that is an answer: the engine itself failed.
    const { id, file, line } = cell;
    const { message } = error as Error;
    throw new AuthoringError(
      file,
      line,
      `cell "${id}" breaks its engine: ${message}. Take the statement out, or write it otherwise.`,
    );
  }
}

/** What did not end, by all that had run: cells behind it are not to wait for it again. */
const endless = new Map<string, AuthoringError>();

async function toItsEnd<T>(
  ran: readonly unknown[],
  task: () => Promise<T>,
  refusal: (stopped: ScriptStopped) => AuthoringError,
): Promise<T> {
  const key = JSON.stringify(ran);
  const known = endless.get(key);
  if (known) throw known;
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof ScriptStopped)) throw error;
    const refused = refusal(error);
    if (error.reason === 'time') endless.set(key, refused);
    throw refused;
  }
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
  const quote = failure && cell.expect === undefined && typographicQuote(cell.files);
  if (quote)
    throw new AuthoringError(
      cell.file,
      cell.line + quote.line,
      `cell "${cell.id}" fails, and ${quote.character} stands here, which no engine takes for a quote: ${failure.text}. ` +
        `Write straight ones, ' or ".`,
      quote.column,
    );
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

/** Where a word processor made a quote of its own, if the code is in one file. */
function typographicQuote(
  files: readonly ScriptFile[],
): { line: number; column: number; character: string } | undefined {
  const [only, another] = files;
  if (!only || another) return undefined;
  for (const [index, line] of only.code.split('\n').entries()) {
    const column = line.search(/[“”‘’„]/);
    if (column >= 0) return { line: index + 1, column: column + 1, character: line[column]! };
  }
  return undefined;
}

function cacheKey(
  engine: EngineReference,
  cell: Cell,
  before: readonly Cell[],
  dataset: ScriptFile | null,
): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([
      engineFingerprint(engine),
      dataset?.code,
      before.map(({ files }) => files),
      cell.files,
    ]),
  );
  return hash.digest('hex').slice(0, 32);
}

/** What engines share: the files of the first folder itself, all of the second. */
const SHARED = 'src/engines';
const OF_SQL = 'src/engines/sql';

/** What is told of an engine is none of its answers. */
const TOLD = /^(descriptors?|behavior|tampering)\.ts$/;

const fingerprints = new Map<string, string>();

/** Changes whenever the engine could answer differently: with its source, ours and its library's. */
export function engineFingerprint(engine: EngineReference): string {
  const { name: of } = referred(engine);
  const known = fingerprints.get(of);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const folder of [SHARED, OF_SQL, folderOf(engine)])
    for (const name of readdirSync(folder, { recursive: folder !== SHARED }).sort())
      if (/(?<!\.test)\.ts$/.test(String(name)) && !TOLD.test(String(name)))
        hash.update(readFileSync(join(folder, String(name))));
  const fingerprint = hash.digest('hex');
  fingerprints.set(of, fingerprint);
  return fingerprint;
}

function save(path: string, result: CellResult): void {
  mkdirSync(CACHE, { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(result));
  renameSync(part, path);
}
