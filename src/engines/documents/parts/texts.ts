/** Expressions over text, between types and over sets. */
import { addOperators } from '../aggregate/expression.ts';
import { CONVERSIONS } from '../aggregate/expressions/conversions.ts';
import { SETS } from '../aggregate/expressions/sets.ts';
import { STRINGS } from '../aggregate/expressions/strings.ts';

export function install(): void {
  addOperators('Conversions', CONVERSIONS);
  addOperators('Sets', SETS);
  addOperators('Strings', STRINGS);
}
