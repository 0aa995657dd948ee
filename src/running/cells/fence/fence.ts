/**
 * A fence with the word `run` becomes a {@link Cell}: its attributes are checked here, once, with
 * errors that tell the author the place and the remedy.
 */
import { descriptorOfFence, ENGINES, fencesOf } from '../../../engines/descriptors.ts';
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import { didYouMean } from '../../../foundation/mistakes/nearest.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { BET_OPTIONS, betOfOptions } from '../bets/bet.ts';
import { type PlacedCell } from '../cell.ts';
import { MASKS, type MaskName } from '../output/mask.ts';
import {
  parseAttributes,
  type FenceAttributes,
} from '../../../foundation/markup/fence-attributes.ts';

/** A fence, as the Markdown parser hands it over. */
export interface Fence {
  lang: string;
  meta: string;
  code: string;
  /** Path from the project's root. */
  file: string;
  /** Line of the opening fence, from 1. */
  line: number;
  /** Where it begins in that line, from 1. */
  column?: number;
}

const OPTIONS = ['id', 'title', 'dataset', 'session', 'expect', 'mask', ...BET_OPTIONS];

/** Whether the fence is a cell: `run` stands among the words after its language. */
export const isRunnable = (meta: string | null | undefined): boolean =>
  /(^|\s)run(\s|$)/.test((meta ?? '').replace(/"[^"]*"/g, '""'));

/**
 * @param engines whose languages run.
 * @throws AuthoringError for an unknown language, option, mask or expectation, and for a missing id
 * or title.
 */
export function parseFence(fence: Fence, engines = ENGINES): PlacedCell {
  const refuse = (message: string): never => {
    throw new AuthoringError(fence.file, fence.line, message, fence.column);
  };
  const engine = descriptorOfFence(fence.lang, engines);
  if (!engine)
    return refuse(
      `"${fence.lang}" cannot run. Languages that run: ${fencesOf(engines).join(', ')}. ` +
        'Leave out "run" to show the code only.',
    );
  const { flags, values } = attributesOf(fence, refuse);
  for (const flag of flags)
    if (flag !== 'run') refuse(`unknown word "${flag}". Did you mean ${flag}="…"?`);
  for (const name of Object.keys(values))
    if (!OPTIONS.includes(name))
      refuse(
        `unknown option "${name}".${didYouMean(name, OPTIONS)} A cell takes: ${OPTIONS.join(', ')}.`,
      );

  const { id, title, dataset, session, expect } = values;
  if (!id || !/^[a-z][a-z0-9-]*$/.test(id))
    return refuse(
      `a cell needs a lasting id of lowercase letters, digits and hyphens: id="every-filter-a-join".`,
    );
  if (!title) return refuse(`cell "${id}" needs a title that says what it shows: title="…".`);
  if (expect !== undefined && expect !== 'error')
    return refuse(`expect="${expect}" is unknown. The one expectation is expect="error".`);
  const bet = betOfOptions(
    values,
    (message) => new AuthoringError(fence.file, fence.line, message, fence.column),
  );
  return {
    id,
    engine: engine.name as EngineName,
    title,
    ...(dataset !== undefined && { dataset }),
    ...(session !== undefined && { session }),
    ...(expect !== undefined && { expect }),
    masks: masksOf(values['mask'], refuse),
    files: splitFiles(fence.code, engine.language.file, refuse),
    file: fence.file,
    line: fence.line,
    ...(bet && { bet }),
  };
}

function attributesOf(fence: Fence, refuse: (message: string) => never): FenceAttributes {
  try {
    return parseAttributes(fence.meta);
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function masksOf(list: string | undefined, refuse: (message: string) => never): MaskName[] {
  const names = list?.split(/[\s,]+/).filter(Boolean) ?? [];
  for (const name of names)
    if (!(name in MASKS))
      refuse(
        `unknown mask "${name}".${didYouMean(name, Object.keys(MASKS))} Declared masks: ${Object.keys(MASKS).join(', ')}.`,
      );
  return names as MaskName[];
}

const FILE_LINE = /^(?:--|#|\/\/) @file[ \t]+(\S+)[ \t]*$/;

/**
 * A line `-- @file schema.sql` starts a file; what stands before the first is refused, so that
 * nothing an author wrote gets lost.
 */
function splitFiles(
  code: string,
  single: string,
  refuse: (message: string) => never,
): ScriptFile[] {
  const lines = code.split('\n');
  if (!lines.some((line) => FILE_LINE.test(line))) return [{ name: single, code }];
  const files: { name: string; lines: string[] }[] = [];
  for (const line of lines) {
    const name = FILE_LINE.exec(line)?.[1];
    if (name !== undefined) {
      if (files.some((file) => file.name === name)) refuse(`two files are called "${name}".`);
      files.push({ name, lines: [] });
    } else if (files.length > 0) files.at(-1)!.lines.push(line);
    else if (line.trim() !== '') refuse(`"${line}" stands before the first @file line.`);
  }
  return files.map(({ name, lines }) => ({ name, code: lines.join('\n').trim() }));
}
