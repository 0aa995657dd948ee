/** What a cell printed in its page, input by input, and what mongosh printed for the same. */
import type { ErrorOutput, Output, ScriptFile } from '../../../src/engines/engine.ts';
import { inputsOf } from '../../../src/engines/documents/shell/statements.ts';
import type { PlacedCell } from '../../../src/running/cells/cell.ts';
import { maskText } from '../../../src/running/cells/output/mask.ts';

/** What is typed at once: statements on one line are one input. */
export interface Typed {
  text: string;
  /** Which statements of the script these are, from 0. */
  statements: number[];
}

/** A script as it is typed. A statement that is none is typed up to where the next one begins. */
export function typedOf(files: readonly ScriptFile[]): Typed[] {
  const typed: Typed[] = [];
  let statement = 0;
  for (const { code } of files) {
    const lines = code.split('\n');
    const inputs = [...inputsOf(code)];
    let goesOn = false;
    for (const [at, input] of inputs.entries()) {
      const text =
        input.kind === 'syntax error'
          ? lines.slice(input.line - 1, (inputs[at + 1]?.line ?? Infinity) - 1).join('\n')
          : input.text;
      const last = typed.at(-1);
      if (goesOn && last) {
        last.text = `${last.text.replace(/;?$/, ';')} ${text}`;
        last.statements.push(statement);
      } else typed.push({ text, statements: [statement] });
      statement += 1;
      goesOn = input.kind !== 'syntax error' && input.continued;
    }
  }
  return typed;
}

/** What a page prints for an input, as text. */
export function printed(outputs: readonly Output[], { statements }: Typed): string {
  return outputs
    .filter(({ origin }) => statements.includes(origin.statement))
    .map((output) => {
      if (output.kind === 'text') return output.text;
      if (output.kind === 'error') return errorText(output);
      throw new Error(`A cell of mongosh does not answer with a ${output.kind}.`);
    })
    .join('\n');
}

const errorText = ({ severity, message, detail }: ErrorOutput): string =>
  [`${severity}: ${message}`, detail].filter((part) => part !== undefined).join('\n');

/**
 * What may differ: what the cell itself says so of, and ObjectIds, which mongosh makes of the moment and the page
 * counts. They are numbered in their order, so that the same is still the same.
 */
export function comparable(text: string, { masks }: PlacedCell, ids: Map<string, string>): string {
  return maskText(text, masks).replace(/\b[0-9a-f]{24}\b/g, (id) => {
    if (!ids.has(id)) ids.set(id, `id${ids.size + 1}`);
    return ids.get(id)!;
  });
}
