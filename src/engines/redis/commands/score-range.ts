/** Ranges of a sorted set by score and by name, as places `[from, to)` in its order. */
import type { Bytes } from '../core/bytes.ts';
import { strtod } from '../core/numbers.ts';
import { err } from '../core/reply.ts';
import type { SortedSet } from '../core/sorted-set.ts';

const NOT_FLOATS = err('min or max is not a float');
const NOT_NAMES = err('min or max not valid string range item');

/** Half-open range of places. */
export type Places = [from: number, to: number];

/** Finds the places a parsed range covers in a set, searching from its start or its end. */
export type RangeFinder = (set: SortedSet, reverse?: boolean) => Places;

function scoreBound(text: Bytes): { value: number; exclusive: boolean } {
  const exclusive = text.startsWith('(');
  const number = (exclusive ? text.slice(1) : text)
    .replace(/\0.*$/s, '')
    .replace(/^[ \t\n\v\f\r]+/, '');
  // strtod reads nothing from an empty text, and Redis takes the 0 it returns.
  const value = number === '' ? 0 : strtod(number);
  if (Number.isNaN(value)) throw NOT_FLOATS;
  return { value, exclusive };
}

export function scoreRange(minimum: Bytes, maximum: Bytes): RangeFinder {
  const min = scoreBound(minimum);
  const max = scoreBound(maximum);
  const below = (score: number): boolean =>
    min.exclusive ? score <= min.value : score < min.value;
  const notAbove = (score: number): boolean =>
    max.exclusive ? score < max.value : score <= max.value;
  return (set) => {
    const from = set.countWhile((e) => below(e.score));
    return [
      from,
      Math.max(
        from,
        set.countWhile((e) => notAbove(e.score)),
      ),
    ];
  };
}

interface NameBound {
  /** -1 and 1: before and after every name. */
  infinite: -1 | 0 | 1;
  name: Bytes;
  exclusive: boolean;
}
function nameBound(text: Bytes): NameBound {
  if (text === '-' || text === '+') {
    return { infinite: text === '-' ? -1 : 1, name: '', exclusive: true };
  }
  const open = text[0];
  if (open !== '(' && open !== '[') throw NOT_NAMES;
  return { infinite: 0, name: text.slice(1), exclusive: open === '(' };
}

export function nameRange(minimum: Bytes, maximum: Bytes): RangeFinder {
  const min = nameBound(minimum);
  const max = nameBound(maximum);
  const below = (name: Bytes): boolean =>
    min.infinite !== 0 ? min.infinite > 0 : min.exclusive ? name <= min.name : name < min.name;
  const notAbove = (name: Bytes): boolean =>
    max.infinite !== 0 ? max.infinite > 0 : max.exclusive ? name < max.name : name <= max.name;
  const empty =
    min.infinite > 0 ||
    max.infinite < 0 ||
    (min.infinite === 0 &&
      max.infinite === 0 &&
      (min.name > max.name || (min.name === max.name && (min.exclusive || max.exclusive))));
  return (set, reverse = false) => {
    const { first, last } = set;
    if (empty || !first || !last || below(last.member) || !notAbove(first.member)) return [0, 0];
    if (first.score === last.score) {
      const from = set.countWhile((e) => below(e.member));
      return [
        from,
        Math.max(
          from,
          set.countWhile((e) => notAbove(e.member)),
        ),
      ];
    }
    return reverse ? walkBackward(set, below, notAbove) : walkForward(set, below, notAbove);
  };
}

type NameTest = (name: Bytes) => boolean;

/**
 * With different scores names are in no order, and Redis documents no result. It walks: from the
 * first element that is not below the minimum, as long as none is above the maximum.
 */
function walkForward(set: SortedSet, below: NameTest, notAbove: NameTest): Places {
  let from = 0;
  let e = set.first;
  for (; e && below(e.member); e = e.next) from++;
  let to = from;
  for (; e && notAbove(e.member); e = e.next) to++;
  return [from, to];
}
function walkBackward(set: SortedSet, below: NameTest, notAbove: NameTest): Places {
  let to = set.size;
  let e = set.last;
  for (; e && !notAbove(e.member); e = e.previous) to--;
  let from = to;
  for (; e && !below(e.member); e = e.previous) from--;
  return [from, to];
}
