/** What a prediction's code answers: executed at build time, by the engines of the course. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { type PlacedCell } from '../../running/cells/cell.ts';
import { executeCell } from '../../running/cells/execute/execute.ts';
import { parseFence } from '../../running/cells/fence/fence.ts';
import type { Output } from '../../engines/engine.ts';
import { normalized } from '../../foundation/markup/normalized.ts';
import type { PlacedQuestion, Prediction } from './question.ts';

/**
 * @returns the right answer: the last thing that the code answered, as text.
 * @throws AuthoringError if the code fails unexpectedly, answers nothing, or a wrong option says the same.
 */
export async function answerOf(placed: PlacedQuestion & { question: Prediction }): Promise<string> {
  const { question, file, line } = placed;
  const refuse = (message: string): never => {
    throw new AuthoringError(file, line, `question "${question.id}": ${message}`);
  };
  const { outputs } = await executeCell(cellOf(placed), []);
  const answer = outputs.map(textOf).findLast((text) => text !== '');
  if (answer === undefined)
    return refuse('its code answers nothing. End it with a query whose result is asked for.');
  for (const { says, right } of question.options)
    if (!right && says !== undefined && normalized(says) === normalized(answer))
      refuse(`the option "${says}" is what the code answers, so it is right. Write a wrong one.`);
  return answer;
}

function cellOf({ question, file, line }: PlacedQuestion & { question: Prediction }): PlacedCell {
  const { lang, dataset, expect, text } = question.code;
  const cell = parseFence({
    lang,
    meta: `run id="${question.id}" title="a prediction"${expect ? ` expect="${expect}"` : ''}`,
    code: text.trimEnd(),
    file,
    line,
  });
  return { ...cell, ...(dataset !== undefined && { dataset }) };
}

/** One value is the value itself; a table is its rows, a line each. */
function textOf(output: Output): string {
  switch (output.kind) {
    case 'table': {
      const rows = output.rows.map((row) => row.map((value) => value ?? 'NULL').join(' | '));
      if (rows.length === 0) return 'no row';
      if (output.columns.length === 1) return rows.join('\n');
      return [output.columns.map(({ name }) => name).join(' | '), ...rows].join('\n');
    }
    case 'command':
      return output.tag;
    case 'plan':
      return output.lines.join('\n');
    case 'transcript':
      return output.reply;
    case 'text':
      return output.text;
    case 'error':
      return `${output.severity}: ${output.message}`;
    case 'limit':
      return output.message;
    case 'notice':
      return '';
  }
}
