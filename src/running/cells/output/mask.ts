/**
 * Rules for the parts of an output that differ from run to run. A cell declares the rules that it
 * needs; two outputs are the same answer when they are equal after masking. Nothing else may differ.
 */
import type { Output } from '../../../engines/engine.ts';

export const MASKS = {
  /** `EXPLAIN ANALYZE`: times, and the memory and buffers that depend on the machine's state. */
  timing: [
    [/actual time=[\d.]+\.\.[\d.]+/g, 'actual time=…'],
    [/((?:Planning|Execution) Time): [\d.]+ ms/g, '$1: … ms'],
    [/Buffers: .*/g, 'Buffers: …'],
    [/(Memory(?: Usage)?|Memory Used): \d+ ?kB/g, '$1: … kB'],
  ],
  /** The planner's estimates, where statistics are sampled. */
  cost: [[/cost=[\d.]+\.\.[\d.]+ rows=\d+/g, 'cost=… rows=…']],
  /** Dates and times of the moment. */
  clock: [[/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d(:?\d\d)?|Z)?/g, '…']],
  /** Measured durations in values: `12.3 ms`. */
  duration: [[/[\d.]+ (ms|µs|s)\b/g, '… $1']],
} as const satisfies Record<string, readonly (readonly [RegExp, string])[]>;

export type MaskName = keyof typeof MASKS;

/** The text with its varying parts replaced by `…`. */
export const maskText = (text: string, masks: readonly MaskName[]): string =>
  masks
    .flatMap((name) => [...MASKS[name]])
    .reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);

/** The outputs with {@link maskText} applied to every text in them. */
export const maskOutputs = (outputs: readonly Output[], masks: readonly MaskName[]): Output[] =>
  JSON.parse(JSON.stringify(outputs), (_key, value: unknown) =>
    typeof value === 'string' ? maskText(value, masks) : value,
  ) as Output[];
