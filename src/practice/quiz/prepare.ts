/** A question as the page shows it: mixed, its answers explained, its links resolved. */
import { createHash } from 'node:crypto';
import type { Key } from './judge.ts';
import { isChoice, type Question } from './question.ts';

/** What an answer's explanation says, and of which option, step, pair or text. */
export interface Explanation {
  /** Whether it explains something right; `undefined` if there is no right and wrong to it. */
  right?: boolean;
  says: string;
  why: string;
  /** A lasting id. */
  see: string;
  /** Of `type`: the mistakes that it answers; of others none. */
  forms?: string[];
}

/** Plain data: JSON carries it from the build into the page. */
export interface ShownQuestion {
  /** Its lasting id: `1.2.q-null-share`. */
  lasting: string;
  /** Its id on the page. */
  id: string;
  kind: Question['kind'];
  ask: string;
  code?: { lang: string; text: string };
  key: Key;
  /** What stands at the left of a match. */
  left: string[];
  /** Options, steps, or right sides, in the order in which they are shown. */
  shown: string[];
  /** In the order of {@link ShownQuestion.shown} for options, else in the right order. */
  explanations: Explanation[];
  /** Of `type`: what to say to an answer that nobody expected. */
  otherwise?: string;
}

/**
 * @param section its number.
 * @param answer what the code of a prediction answered.
 */
export function prepare(one: Question, section: string, answer?: string): ShownQuestion {
  const { id, kind, ask } = one;
  const base = { lasting: `${section}.${id}`, id, kind, ask, left: [], shown: [] };
  const see = (part: { see?: string | undefined }): string => part.see ?? one.see!;
  if (isChoice(one)) {
    const says = one.options.map((option) => option.says ?? answer!);
    const right = one.options.flatMap((option, index) => (option.right ? [String(index)] : []));
    return {
      ...base,
      ...(one.code && { code: { lang: one.code.lang, text: one.code.text.trimEnd() } }),
      shown: says,
      key: { way: kind === 'multiple' ? 'several' : 'one', right },
      explanations: one.options.map((option, index) => ({
        right: option.right ?? false,
        says: says[index]!,
        why: option.why,
        see: see(option),
      })),
    };
  }
  if (one.kind === 'order') {
    const places = mixed(one.steps.length, id);
    return {
      ...base,
      shown: places.map((place) => one.steps[place]!.says),
      key: { way: 'order', right: inverse(places) },
      explanations: one.steps.map((step) => ({ says: step.says, why: step.why, see: see(step) })),
    };
  }
  if (one.kind === 'match') {
    const places = mixed(one.pairs.length, id);
    return {
      ...base,
      left: one.pairs.map(({ says }) => says),
      shown: places.map((place) => one.pairs[place]!.goes),
      key: { way: 'match', right: inverse(places) },
      explanations: one.pairs.map((pair) => ({
        says: `${pair.says} → ${pair.goes}`,
        why: pair.why,
        see: see(pair),
      })),
    };
  }
  return {
    ...base,
    key: { way: 'type', right: one.accepts },
    otherwise: one.otherwise,
    explanations: [
      { right: true, says: one.accepts[0]!, why: one.why, see: see(one), forms: [] },
      ...one.mistakes.map((mistake) => ({
        right: false,
        says: mistake.says[0]!,
        why: mistake.why,
        see: see(mistake),
        forms: mistake.says,
      })),
    ],
  };
}

/**
 * The numbers from 0 in an order that is always the same for a name, and never the one they came in.
 */
export function mixed(count: number, name: string): number[] {
  const weight = (place: number): string =>
    createHash('sha256').update(`${name} ${place}`).digest('hex');
  const order = Array.from({ length: count }, (_, place) => place).sort((a, b) =>
    weight(a) < weight(b) ? -1 : 1,
  );
  if (order.every((place, index) => place === index)) order.push(order.shift()!);
  return order;
}

/** Where each of the numbers stands. */
const inverse = (places: readonly number[]): string[] =>
  places.map((_, place) => String(places.indexOf(place)));
