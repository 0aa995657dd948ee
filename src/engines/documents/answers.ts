/**
 * What the inputs of a script answer, as values rather than as printed text: for whoever wants to
 * compare answers.
 */
import type { Script, ScriptFile } from '../engine.ts';
import { Cursor } from './api/cursor.ts';
import { countingIds } from './api/store.ts';
import { loadEveryPart } from './parts/parts.ts';
import { printedError } from './shell/errors.ts';
import { hereEvaluator } from './shell/evaluators.ts';
import { Leaving, Shell } from './shell/shell.ts';
import { inputsOf } from './shell/statements.ts';

// Whoever compares answers wants them at once.
await loadEveryPart();

/** The answer of one input. A cursor is read to its end. */
export interface ScriptAnswer {
  /** The input as written. */
  text: string;
  value: unknown;
  /** What went wrong instead. */
  error?: string;
}

/**
 * @param dataset the script that fills the store first.
 * @param before scripts that ran in the store before this one, in order.
 * @returns an answer for each input whose value the shell would print; commands (`use shop`) have none.
 */
export async function scriptAnswers(
  dataset: ScriptFile | null,
  before: readonly Script[],
  script: Script,
): Promise<ScriptAnswer[]> {
  const shell = new Shell({
    evaluator: hereEvaluator(),
    print: () => undefined,
    newId: countingIds(() => new Date(0)),
  });
  for (const earlier of [...(dataset ? [{ files: [dataset] }] : []), ...before])
    await runAll(shell, earlier);
  return runAll(shell, script);
}

async function runAll(shell: Shell, { files }: Script): Promise<ScriptAnswer[]> {
  const answers: ScriptAnswer[] = [];
  for (const { code } of files) {
    for (const input of inputsOf(code)) {
      if (input.kind === 'syntax error') {
        answers.push({ text: '', value: undefined, error: input.message });
        continue;
      }
      try {
        let value = shell.run(input);
        if (shell.waits(input, value)) ({ value } = await shell.settle(value));
        if (input.kind === 'command' || input.continued || value === undefined) continue;
        answers.push({
          text: input.text,
          value: value instanceof Cursor ? value.toArray() : value,
        });
      } catch (error) {
        if (error instanceof Leaving) return answers;
        answers.push({ text: input.text, value: undefined, error: printedError(error).message });
      }
    }
  }
  await shell.finish((error) => {
    answers.push({ text: '', value: undefined, error: printedError(error).message });
  });
  return answers;
}
