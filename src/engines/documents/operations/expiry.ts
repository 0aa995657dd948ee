/** Indexes by which documents expire (manual, "TTL Indexes"): what is refused, and what `collMod` changes. */
import { fail } from '../errors.ts';
import { expiryOf } from '../storage/expiry.ts';
import { equal } from '../values/compare.ts';
import { toStored } from '../values/convert.ts';
import { describe } from '../values/describe.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, docOf, type Input, isNumeric, Long, typeOf } from '../values/types.ts';
import { namespaceOf, type Target } from './environment.ts';

/** @throws MongoServerError CannotCreateIndex for what no document can expire by. */
export function checkExpiry(seconds: unknown, key: Doc): void {
  const stored = toStored(seconds);
  if (!isNumeric(stored))
    fail(
      14,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeOf(stored)}'. Index spec: ${describe(key)}`,
    );
  else if (!(toNumber(stored) >= 0 && toNumber(stored) <= 2147483647))
    fail(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than ${describe(stored)}. Index spec: ${describe(key)}`,
    );
  const fields = Object.keys(key);
  if (fields.length > 1)
    fail(
      67,
      `TTL indexes are single-field indexes, compound indexes do not support TTL. Index spec: ${describe(key)}`,
    );
  if (fields[0] === '_id')
    fail(
      197,
      `The field 'expireAfterSeconds' is not valid for an _id index specification. Specification: ${describe(key)}`,
    );
}

/** `collMod` with `index`: changes when documents expire. @throws MongoServerError IndexNotFound. */
export function changeExpiry(target: Target, given: Input): Input {
  const { name, keyPattern, expireAfterSeconds: seconds } = given;
  const { data } = target.access.write(target.database, target.name);
  const key = keyPattern === undefined ? null : toStored(keyPattern);
  const at = data.indexes.findIndex(({ definition }) =>
    key ? equal(definition.key, key) : definition.name === name,
  );
  const index = data.indexes[at];
  if (!index)
    return fail(
      27,
      `cannot find index ${key ? describe(key) : String(name)} for ns ${namespaceOf(target)}`,
    );
  if (seconds === undefined)
    return fail(72, 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  checkExpiry(seconds, index.definition.key);
  const before = expiryOf(index.definition);
  const extra = docOf([
    ...Object.entries(index.definition.extra).filter(([option]) => option !== 'expireAfterSeconds'),
    ['expireAfterSeconds', toStored(seconds)],
  ]);
  data.indexes[at] = index.withDefinition({ ...index.definition, extra });
  target.access.expires = true;
  return {
    ...(before === null ? {} : { expireAfterSeconds_old: Long.fromNumber(before) }),
    expireAfterSeconds_new: Long.fromNumber(Number(seconds)),
  };
}
