/** Stages that write other collections: `$out`, `$merge`. */
import { fail } from '../../errors.ts';
import { equal } from '../../values/compare.ts';
import { describe } from '../../values/describe.ts';
import { get, pathOf } from '../../values/paths.ts';
import {
  copyDoc,
  type Doc,
  docOf,
  Fields,
  isDoc,
  ObjectId,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { mergeObjects } from '../expressions/objects.ts';
import { compilePipeline } from '../pipeline.ts';
import type { MakeStage } from '../stage.ts';

function targetOf(spec: Value, stage: string): { database: string | null; name: string } {
  if (typeof spec === 'string') return { database: null, name: spec };
  if (isDoc(spec) && typeof spec.coll === 'string') {
    return { database: typeof spec.db === 'string' ? spec.db : null, name: spec.coll };
  }
  return fail(
    16990,
    `${stage} only supports a string or object argument, but found ${typeOf(spec)}`,
  );
}

const $out: MakeStage = (spec, context) => {
  const { database, name } = targetOf(spec, '$out');
  return (docs) => {
    context.replaceCollection(database, name, docs.map(identified));
    return [];
  };
};

/** A document that has an `_id`. */
function identified(doc: Doc): Doc {
  if (doc._id !== undefined) return doc;
  const copy = new Fields();
  copy._id = new ObjectId();
  return mergeObjects([copy, doc]) as Doc;
}

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'];
const UNMATCHED = ['insert', 'discard', 'fail'];

const $merge: MakeStage = (spec, context) => {
  const given = isDoc(spec) ? spec : docOf([['into', spec]]);
  const { database, name } = targetOf(
    given.into ?? fail(40414, "BSON field '$merge.into' is missing but a required field"),
    '$merge',
  );
  const on =
    given.on === undefined
      ? ['_id']
      : (Array.isArray(given.on) ? given.on : [given.on]).map(String);
  const matched = given.whenMatched ?? 'merge';
  const unmatched = given.whenNotMatched ?? 'insert';
  if (Array.isArray(matched) ? false : !MATCHED.includes(String(matched)))
    fail(
      51191,
      `Only one of [${MATCHED.join(', ')}] or an update pipeline is expected for 'whenMatched'`,
    );
  if (!UNMATCHED.includes(String(unmatched)))
    fail(
      51190,
      `Enumeration value '${String(unmatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  const update = Array.isArray(matched) ? matched : null;
  return (docs) => {
    const { merge } = context;
    merge.requireUnique(database, name, on);
    for (const doc of docs.map(identified)) {
      const keys = docOf(
        on.map(
          (field) =>
            [
              field,
              get(doc, pathOf(field)) ??
                fail(
                  51132,
                  `$merge write error: 'on' field cannot be missing, null, undefined or an array`,
                ),
            ] as const,
        ),
      );
      const old = merge.find(database, name, keys);
      if (!old) {
        if (unmatched === 'insert') merge.insert(database, name, doc);
        else if (unmatched === 'fail')
          fail(
            13113,
            '$merge could not find a matching document in the target collection for at least one document in the source collection',
          );
        continue;
      }
      if (matched === 'fail')
        fail(
          11000,
          `E11000 duplicate key error: $merge found a matching document for ${describe(keys)}`,
        );
      if (matched === 'keepExisting') continue;
      const changed = update
        ? (compilePipeline(update, { ...context, variables: { ...context.variables, new: doc } })([
            old,
          ])[0] ?? old)
        : matched === 'replace'
          ? withId(doc, old)
          : (mergeObjects([old, doc]) as Doc);
      if (!equal(changed, old)) merge.replace(database, name, old, changed);
    }
    return [];
  };
};

/** A replacement that has no `_id` of its own keeps the old one. */
function withId(doc: Doc, old: Doc): Doc {
  const copy = copyDoc(doc);
  copy._id = old._id!;
  return copy;
}

export const WRITING: Readonly<Record<string, MakeStage>> = { $out, $merge };
