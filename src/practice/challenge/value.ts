/** One value in a database of any design: how it is found, and how two of them are compared. */

const NUMBER = /^-?\d+(\.\d+)?$/;

export const isNumber = (value: string): boolean => NUMBER.test(value);

/** `25.00` and `25` are the same price. */
export const plainValue = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value;

/**
 * @returns a regular expression of PostgreSQL for a cell printed as text that holds the value: as the
 * whole, as an element of a list, or as a value in JSON. `240` is found in `240.00`, and not in `1240`.
 */
export function patternOf(value: string): string {
  if (!isNumber(value)) return `(?<![[:alnum:]])${escaped(value)}(?![[:alnum:]])`;
  const plain = plainValue(value);
  return plain.includes('.')
    ? `(?<![0-9.])${escaped(plain)}0*(?![0-9])`
    : `(?<![0-9.])${plain}(\\.0+)?(?![0-9])(?!\\.[0-9])`;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text as a literal of SQL, whatever it holds. */
export const literal = (text: string): string =>
  text.includes('\\')
    ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`;
