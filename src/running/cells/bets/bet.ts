/**
 * A bet as its author wrote it: in the options of a cell's fence, or as YAML in a fence `yaml bet` above it. Both are
 * checked here, once, with errors that tell the place and the remedy.
 */
import { z } from 'astro/zod';
import type { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { readShaped } from '../../../foundation/yaml/shaped.ts';
import type { BetKind } from './judge.ts';

const text = z.string().trim().min(1, 'write a text here');
/** YAML reads `35` as a number; as an answer it is the text that a reader types. */
const answer = z.union([text, z.number().transform(String)]);
const mistake = z.strictObject({
  says: answer.describe('The bet that shows the misconception.'),
  why: text.describe('One sentence to whoever bets so.'),
});
const option = z.strictObject({
  says: answer,
  is: answer.optional().describe('What the truth is if this option is right. Without it: says.'),
  why: text.optional().describe('One sentence to whoever bets so.'),
});
const idea = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an idea is one name of content/ideas.yaml')
  .describe('What it tests; content/ideas.yaml has its name.');

const NEAR = /^(\d+(?:\.\d+)?)( ?%)?$/;
const near = z
  .union([z.number().nonnegative(), z.string().regex(NEAR, 'write a number, or a share: 5%')])
  .describe('How far off still is right: 2, or 5%.');

const common = {
  predict: text.describe('The question. `code`, **strong** and *emphasis*.'),
  why: text.optional().describe('One sentence to everybody, when the output is seen.'),
  below: z
    .literal('shown')
    .optional()
    .describe(
      'The paragraph below the cell tells nothing: it stays. Without it, it is folded too.',
    ),
  also: z
    .array(text)
    .optional()
    .describe('Ids of other cells of the page whose output would tell: they are folded too.'),
};
const counted = {
  ...common,
  idea,
  truth: z
    .union([answer, z.array(answer).min(2).max(4)])
    .optional()
    .describe('Where the truth is in the output: 2/1/name. Without it: the only value there is.'),
};

const SHAPES = {
  free: z.strictObject({ ...common, bet: z.literal('free') }),
  number: z.strictObject({
    ...counted,
    bet: z.literal('number'),
    near: near.optional(),
    unit: text.optional().describe('What is counted, behind the field: ms, %.'),
    mistakes: z.array(mistake).optional(),
    more: text.optional().describe('One sentence to whoever bets on more, unless a mistake fits.'),
    less: text.optional().describe('One sentence to whoever bets on less, unless a mistake fits.'),
  }),
  word: z.strictObject({
    ...counted,
    bet: z.literal('word'),
    mistakes: z.array(mistake).optional(),
  }),
  choice: z.strictObject({
    ...counted,
    bet: z.literal('choice'),
    options: z
      .array(option)
      .min(2, 'offer at least two options')
      .max(6, 'offer at most six options'),
  }),
  order: z.strictObject({ ...counted, bet: z.literal('order') }),
} as const satisfies Record<BetKind, z.ZodType>;

const KINDS = `bet is one of ${Object.keys(SHAPES).join(', ')}`;
const shape = z.discriminatedUnion('bet', [
  SHAPES.free,
  SHAPES.number,
  SHAPES.word,
  SHAPES.choice,
  SHAPES.order,
]);

export type Bet = z.infer<typeof shape>;

/** A bet and where it stands. */
export interface PlacedBet {
  bet: Bet;
  /** @returns the mistake at what stands under these keys. */
  mistake: (message: string, ...path: (string | number)[]) => AuthoringError;
}

/** The options of a fence that make it a bet. */
export const BET_OPTIONS = [
  'below',
  'predict',
  'bet',
  'truth',
  'near',
  'unit',
  'idea',
  'why',
  'more',
  'less',
];

/** Whether a fence is the YAML of a bet. */
export const isBet = (lang: string | null | undefined, meta: string | null | undefined): boolean =>
  (lang === 'yaml' || lang === 'yml') && /^bet(\s|$)/.test((meta ?? '').trim());

/**
 * @param code of a fence `yaml bet`.
 * @param line of the fence, from 1.
 * @throws AuthoringError for what is no bet.
 */
export function parseBet(code: string, file: string, line: number): PlacedBet {
  const { data, mistake } = readShaped(shape, '\n'.repeat(line) + code, file, {
    kinds: KINDS,
    called: (path) =>
      ['the bet', ...path.map((key) => (typeof key === 'number' ? key + 1 : key))].join(' '),
  });
  return { bet: data, mistake: (message, ...path) => mistake(path, message) };
}

/**
 * @param options of a fence, by name.
 * @returns nothing if it asks nothing.
 * @throws AuthoringError for what is no bet.
 */
export function betOfOptions(
  options: Readonly<Record<string, string>>,
  refuse: (message: string) => AuthoringError,
): PlacedBet | undefined {
  const given = Object.entries(options).filter(([name]) => BET_OPTIONS.includes(name));
  if (given.length === 0) return undefined;
  if (options['predict'] === undefined)
    throw refuse(`${given[0]![0]}="…" belongs to a bet. Write its question: predict="…".`);
  const bet = options['bet'];
  if (bet === 'choice')
    throw refuse(
      'a choice has options, which do not fit into a line. Write it above the cell, in a fence ```yaml bet.',
    );
  const found = shape.safeParse(Object.fromEntries(given));
  if (found.success)
    return { bet: found.data, mistake: (message) => refuse(`its bet: ${message}`) };
  const [issue] = found.error.issues;
  const key = issue!.path.join(' ');
  throw refuse(
    bet === undefined || !(bet in SHAPES)
      ? `predict="…" needs its kind: ${KINDS}.`
      : issue!.code === 'unrecognized_keys'
        ? `a bet="${bet}" does not take ${issue!.keys.join(', ')}.`
        : `${key}="…" of its bet: ${issue!.message.replace(/\.?$/, '.')}${key === 'idea' && options['idea'] === undefined ? ' Every bet but a free one names its idea: idea="…", from content/ideas.yaml.' : ''}`,
  );
}

/** `5%` is a share of the truth. */
export function nearOf(
  near: string | number | undefined,
): { by: number; share: boolean } | undefined {
  if (near === undefined) return undefined;
  const [, number = '0', percent] = NEAR.exec(String(near)) ?? [];
  return percent === undefined
    ? { by: Number(number), share: false }
    : { by: Number(number) / 100, share: true };
}
