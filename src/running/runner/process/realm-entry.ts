/**
 * The shell inside its realm, as {@link RealmDatabase} calls it: with texts, and answering texts. A
 * script that runs in here may have changed anything in here, and harms its own answers alone.
 */
import './realm-globals.ts';
import { DocumentDatabase } from '../../../engines/documents/database.ts';
import { HOLDER } from '../../../engines/documents/shell/rewrite.ts';
import type { Limits, Output, RunSummary, Script } from '../../../engines/engine.ts';

const { parse, stringify } = JSON;

/** The statements that were compiled, by their code. */
const statements = new Map<string, () => void>();
let current = '';
let outputs: Output[] = [];
let summary: RunSummary | null = null;
let failure: string | null = null;

/** What waits until all promises have gone on as far as they can. */
let idlers: (() => void)[] = [];
let rejected: unknown[] = [];

const database = new DocumentDatabase((globals) => ({
  evaluate(source) {
    Object.assign(globalThis, { [HOLDER]: globals[HOLDER] });
    const statement = statements.get(source);
    if (!statement) throw new EvalError('this shell makes no code from text');
    current = source;
    statement();
  },
  idle: () =>
    new Promise((resolve) => {
      idlers[idlers.length] = resolve;
    }),
  rejections() {
    const heard = rejected;
    rejected = [];
    return heard;
  },
}));

/** To be called when nothing happens any more. @returns whether somebody has waited for that. */
export function turn(): string {
  const waited = idlers;
  idlers = [];
  for (const resolve of waited) resolve();
  return waited.length > 0 ? 'yes' : '';
}

/** Takes in what a promise was rejected with that nobody handles. */
export function reject(reason: unknown): string {
  rejected[rejected.length] = reason;
  return '';
}

/** Takes in a compiled statement. */
export function know(source: string, statement: () => void): void {
  statements.set(source, statement);
}

/** Takes in one that could not be compiled. */
export function refuse(source: string, name: string, message: string): string {
  statements.set(source, () => {
    throw name === 'TypeError' ? new TypeError(message) : new SyntaxError(message);
  });
  return '';
}

export function reset(json: string): string {
  const { script } = parse(json) as { script: Script };
  forget();
  database.reset(script.files[0]!).then(
    () => undefined,
    (error: unknown) => {
      failure = String((error as Error).message);
    },
  );
  return '';
}

export function run(json: string): string {
  const { script, limits } = parse(json) as { script: Script; limits: Limits };
  forget();
  database
    .run(script, (output) => void outputs.push(output), limits)
    .then(
      (ended) => {
        summary = ended;
      },
      (error: unknown) => {
        failure = String((error as Error).message);
      },
    );
  return '';
}

/** What came of the last script. */
export const take = (): string => stringify({ outputs, summary, failure });

/** The code of the statement that runs, or ran last. */
export const running = (): string => current;

function forget(): void {
  [outputs, summary, failure, current] = [[], null, null, ''];
}
