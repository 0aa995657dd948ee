/** What the driver refuses before the server sees it. */
import { MongoInvalidArgumentError } from '../errors.ts';

function hasOperators(update: unknown): boolean {
  return (
    typeof update === 'object' &&
    update !== null &&
    (Object.keys(update)[0]?.startsWith('$') ?? false)
  );
}

/** An update is made of operators, or is a pipeline. */
export function checkUpdate(update: unknown): void {
  if (Array.isArray(update)) {
    if (update.length === 0)
      throw new MongoInvalidArgumentError('Update document requires atomic operators');
    return;
  }
  if (!hasOperators(update)) {
    throw new MongoInvalidArgumentError('Update document requires atomic operators');
  }
}

/** A replacement has no operators. */
export function checkReplacement(replacement: unknown): void {
  if (hasOperators(replacement)) {
    throw new MongoInvalidArgumentError('Replacement document must not contain atomic operators');
  }
}

/** Fields are documents. */
export function checkFilter(filter: unknown): void {
  if (
    filter !== undefined &&
    filter !== null &&
    (typeof filter !== 'object' || Array.isArray(filter))
  ) {
    throw new MongoInvalidArgumentError('Argument "filter" must be an object');
  }
}
