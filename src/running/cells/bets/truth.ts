/** What a page gets of a bet: the truth that the build found, and what is said to whom. */
import { createHash } from 'node:crypto';
import type { Output } from '../../../engines/engine.ts';
import type { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { maskOutputs, type MaskName } from '../output/mask.ts';
import { nearOf, type Bet, type PlacedBet } from './bet.ts';
import { judge, type Key } from './judge.ts';
import { numberIn } from './number.ts';
import { NothingThere, valuesAt, whatIsThere } from './pointer.ts';

/** Plain data: JSON carries it from the build into the page. */
export interface ShownBet {
  key: Key;
  predict: string;
  /** Changes with the question and with the truth: a bet on another version is none on this. */
  version: string;
  /** Options, or the items of an order, as they are shown. */
  shown: string[];
  /** The truth in words. */
  truth: string;
  unit?: string | undefined;
  /** The paragraph below tells nothing, and is not folded. */
  below?: 'shown' | undefined;
  /** One sentence each: to a bet, in the form of `judge.ts`; to whoever bets on more or less; to everybody. */
  whys: { to: string; why: string }[];
}

/** What is said to everybody. */
export const TO_ALL = 'all';

/**
 * @param outputs what the cell answered in the build.
 * @param masks of the cell: what differs from run to run is no truth.
 * @throws AuthoringError for a pointer that leads nowhere, and for a truth that no bet could meet.
 */
export function settle(
  { bet, mistake }: PlacedBet,
  outputs: readonly Output[],
  masks: readonly MaskName[],
): ShownBet {
  const whys = bet.why === undefined ? [] : [{ to: TO_ALL, why: bet.why }];
  if (bet.bet === 'free') return shown(bet, { kind: 'free', truth: [] }, [], '', whys);
  const refuse = (message: string): never => {
    throw mistake(message, 'truth');
  };
  const truths = truthOf(bet, outputs, masks, mistake);
  switch (bet.bet) {
    case 'number': {
      const [truth] = onlyOne(truths, refuse);
      if (numberIn(truth) === undefined)
        refuse(
          `the truth is “${truth}”, which is not one number. Write bet: word, or point at a number.`,
        );
      const near = nearOf(bet.near);
      const key: Key = { kind: 'number', truth: [truth], ...(near && { near }) };
      return shown(bet, key, [], truth, [
        ...mistakesOf(bet.mistakes, key, mistake),
        ...(bet.more === undefined ? [] : [{ to: 'more', why: bet.more }]),
        ...(bet.less === undefined ? [] : [{ to: 'less', why: bet.less }]),
        ...whys,
      ]);
    }
    case 'word': {
      const [truth] = onlyOne(truths, refuse);
      if (truth.length > 80 || truth.includes('\n'))
        refuse(
          `the truth is longer than anybody types: “${truth.slice(0, 60)}…”. Point at a part of it.`,
        );
      const key: Key = { kind: 'word', truth: [truth] };
      return shown(bet, key, [], truth, [...mistakesOf(bet.mistakes, key, mistake), ...whys]);
    }
    case 'choice': {
      const truth = truths.join(', ');
      const right = bet.options.flatMap((one, index) =>
        (one.is ?? one.says) === truth ? [index] : [],
      );
      if (right.length === 0)
        throw mistake(
          `no option is the truth, which is “${truth}”. Give the right one is: ${JSON.stringify(truth)}.`,
          'options',
        );
      if (right.length > 1)
        throw mistake(
          `options ${right.map((index) => index + 1).join(' and ')} are both the truth, “${truth}”. One may be right.`,
          'options',
        );
      const key: Key = { kind: 'choice', truth: right.map(String) };
      return shown(
        bet,
        key,
        bet.options.map(({ says }) => says),
        bet.options[right[0]!]!.says,
        [
          ...bet.options.flatMap(({ why }, index) =>
            why === undefined ? [] : [{ to: String(index), why }],
          ),
          ...whys,
        ],
      );
    }
    case 'order': {
      if (truths.length < 2 || truths.length > 7)
        refuse(
          `an order has two to seven items, and there are ${truths.length}. Point at a column: 1/every/name.`,
        );
      const twice = truths.find((one, index) => truths.indexOf(one) < index);
      if (twice !== undefined)
        refuse(`“${twice}” is there twice, so no order is the only right one.`);
      const places = mixed(truths);
      const key: Key = {
        kind: 'order',
        truth: truths.map((_, place) => String(places.indexOf(place))),
      };
      return shown(
        bet,
        key,
        places.map((place) => truths[place]!),
        truths.join(', '),
        whys,
      );
    }
  }
}

function truthOf(
  bet: Exclude<Bet, { bet: 'free' }>,
  outputs: readonly Output[],
  masks: readonly MaskName[],
  mistake: PlacedBet['mistake'],
): string[] {
  const { truth } = bet;
  const pointers = truth === undefined ? [onlyStatement(outputs)] : [truth].flat();
  return pointers.flatMap((pointer) => {
    try {
      const values = valuesAt(pointer, outputs);
      const masked = attempt(() => valuesAt(pointer, maskOutputs(outputs, masks)));
      if (JSON.stringify(values) !== JSON.stringify(masked))
        throw mistake(
          `the truth “${pointer}” differs from run to run: the cell masks it. Make the bet free, or point elsewhere.`,
          'truth',
        );
      return values;
    } catch (error) {
      if (!(error instanceof NothingThere)) throw error;
      throw mistake(
        `${truth === undefined ? 'without a truth, the only value of the cell is it. The pointer' : `the truth “${pointer}”`} ${error.message}. What is there: ${whatIsThere(outputs)}.`,
        truth === undefined ? 'bet' : 'truth',
      );
    }
  });
}

function onlyStatement(outputs: readonly Output[]): string {
  const tables = outputs.filter(({ kind }) => kind === 'table');
  const [only] = tables.length === 1 ? tables : outputs;
  return String((only?.origin.statement ?? 0) + 1);
}

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

function onlyOne(truths: readonly string[], refuse: (message: string) => never): [string] {
  const [one, another] = truths;
  if (one === undefined || another !== undefined)
    return refuse(
      `${truths.length} values are there, and a bet of this kind has one truth. Point at one: 1/1/name.`,
    );
  return [one];
}

function mistakesOf(
  mistakes: readonly { says: string; why: string }[] | undefined,
  key: Key,
  mistake: (message: string, ...path: (string | number)[]) => AuthoringError,
): { to: string; why: string }[] {
  return (mistakes ?? []).map(({ says, why }, index) => {
    const verdict = judge(key, [says]);
    if (!verdict)
      throw mistake(
        `“${says}” is no ${key.kind} that a reader could bet on.`,
        'mistakes',
        index,
        'says',
      );
    if (verdict.right)
      throw mistake(`“${says}” is the truth, and no mistake.`, 'mistakes', index, 'says');
    return { to: says, why };
  });
}

function shown(
  { predict, bet, ...rest }: Bet,
  key: Key,
  options: string[],
  truth: string,
  whys: ShownBet['whys'],
): ShownBet {
  const version = createHash('sha256')
    .update(JSON.stringify([predict, bet, key, options]))
    .digest('hex')
    .slice(0, 8);
  return {
    key,
    predict,
    version,
    shown: options,
    truth,
    whys,
    ...('unit' in rest && { unit: rest.unit }),
    below: rest.below,
  };
}

/** The places of the items in an order that is always the same, and never the right one. */
function mixed(items: readonly string[]): number[] {
  const weight = (item: string): string => createHash('sha256').update(item).digest('hex');
  const order = items
    .map((item, place) => ({ place, weight: weight(item) }))
    .sort((a, b) => (a.weight < b.weight ? -1 : 1))
    .map(({ place }) => place);
  if (order.every((place, index) => place === index)) order.push(order.shift()!);
  return order;
}
