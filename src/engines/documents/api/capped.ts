/** Capped collections (manual, "Capped Collections"): how large one may be. */
import { fail } from '../errors.ts';
import { truthy } from '../query/field-operators.ts';
import type { CollectionOptions } from '../storage/collection-data.ts';
import { toStored } from '../values/convert.ts';
import { toNumber } from '../values/numbers.ts';
import { type Input, isNumeric, typeOf } from '../values/types.ts';

/** How large a capped collection may be. @throws MongoServerError InvalidOptions, BadValue. */
export function capOf({ capped, size, max }: Input): CollectionOptions['cap'] {
  if (!truthy(toStored(capped))) {
    for (const [name, value] of Object.entries({ size, max }))
      if (value !== undefined)
        fail(72, `the 'capped' field needs to be true when the '${name}' field is present`);
    return null;
  }
  if (size === undefined) return fail(72, "the 'size' field is required when 'capped' is true");
  const bytes = countOf(size, 'size');
  if (bytes < 1) fail(2, `BSON field 'size' value must be >= 1, actual value '${String(bytes)}'`);
  const documents = max === undefined ? 0 : countOf(max, 'max');
  return {
    // Small caps are 4096 bytes; others are raised to a multiple of 256.
    size: bytes <= 4096 ? 4096 : Math.ceil(bytes / 256) * 256,
    max: documents > 0 ? documents : Infinity,
  };
}

function countOf(value: unknown, field: string): number {
  const stored = toStored(value);
  return isNumeric(stored)
    ? Math.trunc(toNumber(stored))
    : fail(
        14,
        `BSON field 'create.${field}' is the wrong type '${typeOf(stored)}', expected types '[long, int, decimal, double]'`,
      );
}
