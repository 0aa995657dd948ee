/** The side of the process that holds a database: answers its parent's requests one after another. */
import type { Watched } from '../../../engines/assets.ts';
import type { Database, Output, RunSummary, Script } from '../../../engines/engine.ts';
import { capped } from '../caps.ts';
import type { ProcessAnswer, ProcessRequest, Statement } from './messages.ts';

/** An engine that can tell where it was says that a script took too long. */
export class Overdue extends Error {
  readonly at: Statement | null;
  constructor(at: Statement | null) {
    super('the script took too long');
    this.at = at;
  }
}

const NOTHING: RunSummary = { milliseconds: 0, statements: 0, errors: 0 };

/**
 * @param opened the database. The parent hears of it as of the answer to a request 0.
 * @param image makes the image of a dataset, where the engine has images.
 * @param watch starts the engine so that it notes what is called of it, where it can.
 */
export function answerRequests(
  opened: Promise<Database>,
  image?: (dataset: Extract<ProcessRequest, { type: 'image' }>['dataset']) => Promise<Uint8Array>,
  watch?: () => Promise<Watched>,
): void {
  const say = (message: ProcessAnswer): void => void process.send?.(message);
  const started = opened.then(tellingOfDatasets);
  let watching: Promise<Watched> | undefined;
  const handle = async (request: ProcessRequest & { id: number }): Promise<void> => {
    const { id } = request;
    const database = await started;
    if (request.type === 'image') {
      say({ type: 'image', id, bytes: await image!(request.dataset) });
    } else if (request.type === 'watch') {
      const { dataset, scripts } = request;
      const engine = await (watching ??= watch!());
      const { outputs, called } = scripts
        ? await engine.run(dataset, scripts)
        : { outputs: [], called: await engine.handle(dataset) };
      say({ type: 'watched', id, outputs, called });
    } else if (request.type === 'reset') {
      passed = (statement) => say({ type: 'passed', id, statement });
      await database.reset(request.dataset);
      passed = () => undefined;
      say({ type: 'done', id, summary: NOTHING });
    } else if (request.type === 'run') {
      const emit = (output: Output): void => say({ type: 'outputs', id, outputs: [output] });
      const { script, limits } = request;
      say({ type: 'done', id, summary: await database.run(script, capped(limits, emit), limits) });
    }
  };
  const reply = async (id: number, work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      if (id === 0) say({ type: 'done', id, summary: NOTHING });
    } catch (error) {
      if (error instanceof Overdue) say({ type: 'overdue', id, at: error.at });
      else say({ type: 'failed', id, message: (error as Error).message });
    }
  };
  let last = reply(0, started);
  process.on('message', (request: ProcessRequest) => {
    if (request.type !== 'program') last = last.then(() => reply(request.id, handle(request)));
  });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit());
}

let passed: (statement: number) => void = () => undefined;

/** An engine resets to a dataset by its own `run`: whose outputs tell how far the dataset has come. */
function tellingOfDatasets(database: Database): Database {
  const run = database.run.bind(database);
  database.run = (script: Script, emit, limits) =>
    run(
      script,
      (output) => {
        passed(output.origin.statement);
        emit(output);
      },
      limits,
    );
  return database;
}
