/** `updateDescription` (manual, "update Event"): what an update has set, and what it has removed. */
import type { HowChanged } from '../storage/changes.ts';
import { identical } from '../values/compare.ts';
import { type Doc, docOf, isDoc, type Value } from '../values/types.ts';

/** The fields by their dotted paths, as deep as the update went. */
export function differenceOf(before: Doc, after: Doc, { set }: HowChanged): Doc {
  const updated: [string, Value][] = [];
  const removed: string[] = [];
  const documents = (old: Doc, now: Doc, prefix: string): void => {
    for (const field in old) if (now[field] === undefined) removed.push(prefix + field);
    for (const field in now) values(old[field], now[field]!, prefix + field);
  };
  const values = (old: Value | undefined, now: Value, path: string): void => {
    if (identical(old, now)) return;
    if (old === undefined || set.includes(path)) updated.push([path, now]);
    else if (isDoc(old) && isDoc(now)) documents(old, now, `${path}.`);
    else if (Array.isArray(old) && Array.isArray(now) && follows(old, now, set, path))
      now.forEach((item, i) => {
        values(old[i], item, `${path}.${String(i)}`);
      });
    else updated.push([path, now]);
  };
  documents(before, after, '');
  return docOf([
    ['updatedFields', docOf(updated)],
    ['removedFields', removed],
    ['truncatedArrays', []],
  ]);
}

/** Whether an array has only grown at its end, or is as long as it was: then its elements are told one by one. */
const follows = (old: Value[], now: Value[], set: readonly string[], path: string): boolean =>
  old.length === now.length
    ? set.some((one) => one.startsWith(`${path}.`)) ||
      old.some((item, i) => identical(item, now[i]))
    : old.length < now.length && old.every((item, i) => identical(item, now[i]));
