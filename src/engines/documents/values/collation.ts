/**
 * Collations (MongoDB manual, "Collation"): the rules of a language for comparing strings. Strength
 * 1 compares letters, 2 adds accents, 3 adds case.
 */
import { fail } from '../errors.ts';
import { byCodePoints, type StringOrder } from './compare.ts';
import type { Input } from './types.ts';

/** A collation as a caller writes it, and the order of strings it stands for. */
export interface Collation {
  /** `null`: simple comparison by code points. */
  spec: CollationSpec | null;
  strings: StringOrder;
}

export interface CollationSpec {
  locale: string;
  caseLevel: boolean;
  caseFirst: string;
  strength: number;
  numericOrdering: boolean;
}

export const SIMPLE: Collation = { spec: null, strings: byCodePoints };

const FIELDS = new Set([
  'locale',
  'caseLevel',
  'caseFirst',
  'strength',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

const known = new Map<string, Collation>();

/** The collation of an option `collation`. @throws MongoServerError BadValue, as the server does. */
export function collationOf(input: Input | null | undefined): Collation {
  if (input === undefined || input === null) return SIMPLE;
  for (const field of Object.keys(input)) {
    if (!FIELDS.has(field)) {
      fail(40415, `BSON field 'collation.${field}' is an unknown field.`);
    }
  }
  const locale: unknown = input.locale;
  if (locale === undefined) {
    fail(40414, "BSON field 'collation.locale' is missing but a required field");
  }
  if (locale === 'simple') return SIMPLE;
  const strength = input.strength === undefined ? 3 : Number(input.strength);
  if (![1, 2, 3, 4, 5].includes(strength)) {
    fail(
      51024,
      `BSON field 'strength' value must be >= 1 and <= 5, actual value '${String(strength)}'`,
    );
  }
  const spec: CollationSpec = {
    locale: String(locale),
    caseLevel: Boolean(input.caseLevel),
    caseFirst: String(input.caseFirst ?? 'off'),
    strength,
    numericOrdering: Boolean(input.numericOrdering),
  };
  const key = JSON.stringify(spec);
  let collation = known.get(key);
  if (!collation) {
    collation = { spec, strings: orderOf(spec) };
    known.set(key, collation);
  }
  return collation;
}

function orderOf(spec: CollationSpec): StringOrder {
  let collator: Intl.Collator;
  try {
    collator = new Intl.Collator(spec.locale.replace('_', '-'), {
      sensitivity: ['base', 'accent', 'variant'][Math.min(spec.strength, 3) - 1] as 'base',
      ...(spec.strength === 1 && spec.caseLevel ? { sensitivity: 'case' } : {}),
      numeric: spec.numericOrdering,
      ...(spec.caseFirst === 'off' ? {} : { caseFirst: spec.caseFirst as 'upper' }),
    });
  } catch {
    return fail(2, `Field 'locale' is invalid in: { locale: "${spec.locale}" }`);
  }
  return spec.strength === 5
    ? (a, b) => collator.compare(a, b) || byCodePoints(a, b)
    : (a, b) => collator.compare(a, b);
}

export function sameCollation(a: Collation, b: Collation): boolean {
  return a === b;
}
