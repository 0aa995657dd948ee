/** Where an answer differs from the one that was asked for, in words for the reader. */
import type { Answer } from './answer.ts';

/**
 * Columns are compared by their place and not by their names, documents by their fields.
 *
 * @returns nothing if they are equal.
 */
export function difference(
  mine: Answer | undefined,
  asked: Answer,
  ordered: boolean,
): string | undefined {
  if (!mine)
    return asked.noun === 'document'
      ? 'Your code shows no document: your query finds none, or there is no query at the end.'
      : 'Your code shows no result. End it with the query that answers.';
  const shape = shapeDifference(mine, asked);
  if (shape !== undefined) return shape;
  const missing = without(asked.items, mine.items);
  const extra = without(mine.items, asked.items);
  const said = [
    missing.length > 0 &&
      `${counted(missing.length, asked.noun)} of ${asked.items.length} ${missing.length === 1 ? 'is' : 'are'} missing: ${instance(missing)}.`,
    extra.length > 0 &&
      `${mine.cut ? 'At least ' : ''}${counted(extra.length, mine.noun)} too many: ${instance(extra)}.`,
  ].filter((one) => one !== false);
  if (said.length > 0) return said.join(' ');
  if (mine.cut) return `Your answer goes on after ${counted(mine.items.length, mine.noun)}.`;
  if (!ordered) return undefined;
  const at = mine.items.findIndex((item, index) => item !== asked.items[index]);
  if (at < 0) return undefined;
  return `All that is asked for is there, in another order: ${asked.noun} ${at + 1} is “${mine.items[at]!}” and should be “${asked.items[at]!}”.`;
}

function shapeDifference(mine: Answer, asked: Answer): string | undefined {
  // An empty list has no fields to compare.
  if (!mine.fields || !asked.fields || mine.items.length === 0) return undefined;
  if (asked.noun === 'row')
    return mine.fields.length === asked.fields.length
      ? undefined
      : `Your rows have ${counted(mine.fields.length, 'column')} (${mine.fields.join(', ')}), and ${counted(asked.fields.length, 'column')} ${asked.fields.length === 1 ? 'is' : 'are'} asked for: ${asked.fields.join(', ')}.`;
  const extra = without(mine.fields, asked.fields);
  const missing = without(asked.fields, mine.fields);
  if (missing.length > 0) return `Your documents lack ${missing.join(', ')}.`;
  if (extra.length > 0) return `Your documents also have ${extra.join(', ')}.`;
  return undefined;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

const instance = (items: readonly string[]): string =>
  `${items.length === 1 ? '' : 'for instance '}“${items[0]!}”`;

/** What is in the first list and not in the second, counting repetitions. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const times = left.get(item) ?? 0;
    left.set(item, times - 1);
    return times <= 0;
  });
}
