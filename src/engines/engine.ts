/**
 * The one interface every database of the course stands behind, and the values it answers with.
 *
 * An engine knows nothing of pages: no UI, no DOM, no network. It runs in Node (the build executes
 * every cell with it) and in a worker in the reader's browser, the same code in both.
 */

export type { EngineName } from './descriptors.ts';

/** Where in a script an output comes from. */
export interface Origin {
  /** Index of the file in {@link Script.files}. */
  file: number;
  /** Line of the statement's first token, from 1, in that file. */
  line: number;
  /** Index of the statement in the whole script, from 0. */
  statement: number;
}

/** One column of a result. */
export interface Column {
  name: string;
  /** The type by the name the database gives it: `integer`, `text[]`, `jsonb`, `REAL`. */
  type: string;
  /** Numbers are set right-aligned. */
  numeric: boolean;
}

/** Rows that a statement returned, every value as the database prints it as text. */
export interface TableOutput {
  kind: 'table';
  origin: Origin;
  columns: Column[];
  /** `null` is SQL's NULL. At most {@link Limits.rows} rows, however many there were. */
  rows: (string | null)[][];
  /** How many rows the statement returned, the ones left out included. */
  rowCount: number;
  /** `SELECT 3`, `INSERT 0 1` (for `RETURNING`). */
  tag: string;
}

/** A statement that returned no rows: `CREATE TABLE`, `INSERT 0 3`. */
export interface CommandOutput {
  kind: 'command';
  origin: Origin;
  tag: string;
}

/** `NOTICE`, `WARNING`, … raised while a statement ran. */
export interface NoticeOutput {
  kind: 'notice';
  origin: Origin;
  severity: string;
  message: string;
  detail?: string;
  hint?: string;
}

/** A statement that failed. It is an answer, not an exception: the lesson may be the error. */
export interface ErrorOutput {
  kind: 'error';
  origin: Origin;
  /** `ERROR`, `FATAL`. */
  severity: string;
  /** The engine's code for it: SQLSTATE (`22P02`), SQLite's `SQLITE_CONSTRAINT`. Empty if it gave none. */
  code: string;
  message: string;
  detail?: string;
  hint?: string;
  context?: string;
  /**
   * Where the database points at, in the file of {@link Origin}. Line and column count from 1, the
   * column in UTF-16 code units, as JavaScript strings and editors do.
   */
  position?: { line: number; column: number };
}

/** An `EXPLAIN` plan: text whose indentation is its meaning. */
export interface PlanOutput {
  kind: 'plan';
  origin: Origin;
  lines: string[];
}

/** Anything else that is printed as it stands. */
export interface TextOutput {
  kind: 'text';
  origin: Origin;
  text: string;
}

/**
 * A line of a console session: what one client typed and what came back. Several clients make one
 * interleaved transcript.
 */
export interface TranscriptOutput {
  kind: 'transcript';
  origin: Origin;
  /** Name of the client; empty if the session has only one. */
  client: string;
  /** `127.0.0.1:6379> `; empty if the client typed nothing: a message, or an answer it waited for. */
  prompt: string;
  /** The line as typed. */
  input: string;
  /** The reply as the console prints it, line by line; empty while the client waits. */
  reply: string;
  /** The reply is an error. */
  failed: boolean;
}

/** The engine left something out because a limit was reached. */
export interface LimitOutput {
  kind: 'limit';
  origin: Origin;
  /** What was cut, in words for the reader: `Showing the first 200 of 1,000,000 rows.` */
  message: string;
}

export type Output =
  | TableOutput
  | CommandOutput
  | NoticeOutput
  | ErrorOutput
  | PlanOutput
  | TextOutput
  | TranscriptOutput
  | LimitOutput;

/** One file of a cell: a tab of its editor, or one client of a Redis cell. */
export interface ScriptFile {
  /** `query.sql`, `subscriber`. */
  name: string;
  code: string;
}

/** What a cell runs: its files in order. */
export interface Script {
  files: ScriptFile[];
  /**
   * It judges what the scripts before it did, so the database itself has to answer it: an engine undoes whatever of
   * theirs would change what others are told, or says with an error why it cannot.
   */
  judge?: boolean;
  /**
   * The page asks by itself, between two scripts of a reader's: how these said that results are printed does
   * not count, and nothing is left behind.
   */
  aside?: boolean;
}

/** How much an engine may answer to one run. What goes beyond is counted, not sent. */
export interface Limits {
  /** Rows per result. */
  rows: number;
  /** Outputs per run. One more may follow: the {@link LimitOutput} that says how many are missing. */
  outputs: number;
  /**
   * Characters of all that a run prints. Letters count once; a value, an output, and characters that
   * are dear to lay out count for many (`text-cost.ts`).
   */
  characters: number;
}

/** Columns of one table. Nobody reads one from left to right that has more. */
export const MOST_COLUMNS = 100;

export const DEFAULT_LIMITS: Readonly<Limits> = { rows: 200, outputs: 200, characters: 200_000 };

/** How a run ended. */
export interface RunSummary {
  /** Wall time of the statements alone, in milliseconds. */
  milliseconds: number;
  statements: number;
  errors: number;
}

/**
 * The files an engine boots from (a wasm binary, a snapshot), by the names the engine gives them.
 * In Node they come from disk, in the browser from the page, which fetched them.
 */
export interface Assets {
  /** The uncompressed content. An engine that starts itself anew asks for it again. */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A wasm file, compiled. Compiled once, shared by every instance that asks. */
  module(name: string): Promise<WebAssembly.Module>;
}

/** A script needs more of the engine than is there, and the database is what it was before the script ran. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/** A running database. One run at a time: callers wait for `run` and `reset` before the next call. */
export interface Database {
  /**
   * Back to the pristine state, then the dataset's script.
   *
   * @param dataset the dataset's script, or `null` for an empty database.
   * @throws Error if the dataset itself fails: its author has to mend it.
   */
  reset(dataset: ScriptFile | null): Promise<void>;
  /**
   * Runs every statement of the script in order, as the engine's own shell does: an error is an
   * output, and the statements after it still run.
   *
   * @param emit called with each output as soon as it is known.
   * @throws PartMissing if only running it has shown that a part is missing: nothing of it has happened then, and its
   *   outputs count for nothing. Behind {@link loadParts} it may run again.
   */
  run(script: Script, emit: (output: Output) => void, limits?: Limits): Promise<RunSummary>;
  /**
   * Of an engine in parts: imports those that the script will need, which changes nothing. {@link reset},
   * {@link run} and {@link converse} do so as well, before anything else; whoever asks first can tell that a part is missing
   * while nothing has happened yet.
   *
   * A part is a module that the engine brings by `import('./its-file.ts')`. In a browser it is a file of its own,
   * called as the module is, which the page fetches when a worker first asks for it, and it shares all modules with the
   * rest of the engine. Parts may be imported while a request is answered, not before and not between.
   *
   * @throws whatever the `import()` does, which may be tried again.
   */
  loadParts?(script: Script): Promise<void>;
  /**
   * Of an engine whose console is more than scripts one after another (several clients, a clock): a
   * question of the console's page and the answer to it, in a language of their own. What one says
   * outlives the next {@link reset} and {@link run}, which it has nothing to do with.
   *
   * @throws Error if the question makes no sense.
   */
  converse?(question: string): Promise<string>;
  /** Frees what the database holds. It cannot be used afterwards. */
  close(): Promise<void>;
}

/** A kind of database: its inside. All else that is to know of it says its descriptor. */
export interface Engine {
  /**
   * Starts a pristine database, empty, or with an image the data of one dataset: a
   * {@link Database.reset} to that dataset has nothing left to do.
   *
   * @param image what the engine's own builder made of a dataset. An engine that has none ignores it.
   */
  open(assets: Assets, image?: Uint8Array): Promise<Database>;
}
