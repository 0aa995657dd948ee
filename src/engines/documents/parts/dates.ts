/** Expressions over dates. */
import { addOperators } from '../aggregate/expression.ts';
import { DATES } from '../aggregate/expressions/dates.ts';

export function install(): void {
  addOperators('Dates', DATES);
}
