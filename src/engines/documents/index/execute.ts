/** Runs a plan, and counts what it looks at. */
import type { Predicate } from '../query/condition.ts';
import { compare, type StringOrder } from '../values/compare.ts';
import type { Doc, Maybe } from '../values/types.ts';
import { contains, type Interval, isPoint } from './bounds.ts';
import type { IndexPlan, Plan } from './planner.ts';
import type { Entry } from './sorted-entries.ts';

/**
 * What was looked at: the figures of `explain('executionStats')`. A key counts if it lies in the
 * bounds of the scan; the one behind them, by which the scan knows its end, does not.
 */
export interface Counters {
  keysExamined: number;
  docsExamined: number;
}

/** A document and where it is. */
export interface Found {
  slot: number;
  doc: Doc;
}

type Slots = readonly (Doc | undefined)[];

/**
 * Finds documents in the plan's order, until there are enough.
 *
 * @param enough how many to find at most.
 */
export function execute(
  plan: Plan,
  slots: Slots,
  match: Predicate,
  enough: number,
  counters: Counters,
): Doc[] {
  const docs: Doc[] = [];
  if (enough <= 0) return docs;
  if (plan.stage === 'COLLSCAN' && plan.direction === 1) {
    // The loop every unindexed query spends its time in.
    let examined = 0;
    for (const doc of slots) {
      if (doc === undefined) continue;
      examined += 1;
      if (match(doc) && docs.push(doc) >= enough) break;
    }
    counters.docsExamined += examined;
    return docs;
  }
  visit(plan, slots, counters, (slot, doc) => {
    if (match(doc)) docs.push(doc);
    return docs.length < enough;
  });
  return docs;
}

/** As {@link execute}, with the slots: for writes. */
export function executeSlots(
  plan: Plan,
  slots: Slots,
  match: Predicate,
  enough: number,
  counters: Counters,
): Found[] {
  const found: Found[] = [];
  if (enough <= 0) return found;
  visit(plan, slots, counters, (slot, doc) => {
    if (match(doc)) found.push({ slot, doc });
    return found.length < enough;
  });
  return found;
}

type Visit = (slot: number, doc: Doc) => boolean;

function visit(plan: Plan, slots: Slots, counters: Counters, each: Visit): void {
  switch (plan.stage) {
    case 'IDHACK': {
      const slot = plan.index.slotOfId(plan.id);
      if (slot === undefined) return;
      counters.keysExamined += 1;
      counters.docsExamined += 1;
      each(slot, slots[slot]!);
      return;
    }
    case 'COLLSCAN':
      for (let i = 0; i < slots.length; i += 1) {
        const slot = plan.direction === 1 ? i : slots.length - 1 - i;
        const doc = slots[slot];
        if (!doc) continue;
        counters.docsExamined += 1;
        if (!each(slot, doc)) return;
      }
      return;
    case 'IXSCAN':
      scan(plan, slots, counters, null, each);
      return;
    case 'OR': {
      const seen = new Set<number>();
      for (const branch of plan.branches) {
        if (!scan(branch, slots, counters, seen, each)) return;
      }
    }
  }
}

/**
 * @param seen slots that another branch of an `$or` has visited.
 * @returns whether the caller wants more.
 */
function scan(
  plan: IndexPlan,
  slots: Slots,
  counters: Counters,
  seen: Set<number> | null,
  each: Visit,
): boolean {
  const { index, direction } = plan;
  const { collation, directions } = index.definition;
  const repeats = seen !== null || index.isMultikey;
  const visited = seen ?? new Set<number>();
  const ranges = rangesOf(plan);
  let more = true as boolean;
  for (const range of direction === 1 ? ranges : ranges.toReversed()) {
    const prefix = range.prefix.length;
    const rest = plan.bounds.slice(prefix + 1);
    const onEntry = (entry: Entry): boolean => {
      if (placeOf(entry, range, directions, collation.strings) !== 0) return false;
      counters.keysExamined += 1;
      const keys = entry.keys;
      const inside = rest.every((intervals, i) =>
        intervals.some((interval) => contains(interval, keys[prefix + 1 + i], collation)),
      );
      if (!inside) return true;
      if (repeats) {
        if (visited.has(entry.slot)) return true;
        visited.add(entry.slot);
      }
      counters.docsExamined += 1;
      more = each(entry.slot, slots[entry.slot]!);
      return more;
    };
    const probe = (entry: Entry) => placeOf(entry, range, directions, collation.strings);
    const entries = index.sorted(slots);
    if (direction === 1) entries.forward(probe, onEntry);
    else entries.backward((entry) => (probe(entry) > 0 ? 1 : -1), onEntry);
    if (!more) return false;
  }
  return true;
}

interface Range {
  /** Values the leading fields have. */
  prefix: Maybe[];
  /** What the next field lies in. */
  interval: Interval;
}

/** The stretches of the index to look at, in its order. */
function rangesOf({ bounds }: IndexPlan): Range[] {
  let ranges: { prefix: Maybe[] }[] = [{ prefix: [] }];
  for (const [i, intervals] of bounds.entries()) {
    const last = i === bounds.length - 1;
    if (last || !intervals.every(isPoint) || ranges.length * intervals.length > 1000) {
      return ranges.flatMap(({ prefix }) => intervals.map((interval) => ({ prefix, interval })));
    }
    ranges = ranges.flatMap(({ prefix }) =>
      intervals.map((interval) => ({ prefix: [...prefix, interval.low] })),
    );
  }
  return [];
}

/** Whether an entry lies before (-1), in (0) or after (1) a range, in the index's order. */
function placeOf(
  { keys }: Entry,
  { prefix, interval }: Range,
  directions: readonly (1 | -1)[],
  strings: StringOrder,
): number {
  for (const [i, value] of prefix.entries()) {
    const order = compare(keys[i], value, strings);
    if (order !== 0) return directions[i]! * order;
  }
  const value = keys[prefix.length];
  const direction = directions[prefix.length]!;
  const low = compare(value, interval.low, strings);
  if (low < 0 || (low === 0 && !interval.lowInclusive)) return -direction;
  const high = compare(value, interval.high, strings);
  if (high > 0 || (high === 0 && !interval.highInclusive)) return direction;
  return 0;
}
