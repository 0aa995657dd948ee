/** The products of a stage: as a comment that a reader can copy from, and as values to look for. */
import type { Product, Scalar, Stage } from './challenge.ts';

/** A value that has to stand somewhere in the database. */
export interface Fact {
  /** What it is, for the reader: `voltage of ThinkPad X1`. */
  of: string;
  value: string;
}

const listed = (value: Scalar | Scalar[]): Scalar[] => (Array.isArray(value) ? value : [value]);

/**
 * @returns what the stage's products have and what else it stores. Not what is true or false: a
 * database has too many ways to write it down.
 */
export function factsOf({
  products = [],
  stores = [],
}: Pick<Stage, 'products' | 'stores'>): Fact[] {
  return [
    ...products.flatMap((product) => [
      ...(['name', 'price', 'description'] as const).map((key) => ({
        of: `${key} of ${product.name}`,
        value: product[key],
      })),
      ...Object.entries(product.attributes).flatMap(([key, value]) =>
        listed(value)
          .filter((one) => typeof one !== 'boolean')
          .map((one) => ({ of: `${key} of ${product.name}`, value: String(one) })),
      ),
    ]),
    ...stores.map((value) => ({ of: '', value: String(value) })),
  ];
}

/** What a stage's cell starts with: its products as comments, then the author's code. */
export const startOf = ({ products = [], start }: Pick<Stage, 'products' | 'start'>): string =>
  [...products.map(asComment), start.trim()].join('\n');

function asComment({ name, price, description, category, attributes }: Product): string {
  const pairs = Object.entries(attributes).map(([key, value]) => {
    const [first, ...rest] = listed(value).map(String);
    return [`${key} ${first!}`, ...rest];
  });
  const pieces = [[description], ...pairs].flatMap((list, index) =>
    list.map((piece, at) => {
      if (at < list.length - 1) return `${piece} +`;
      return index < pairs.length ? `${piece},` : piece;
    }),
  );
  return [`-- ${category}: ${name}, ${price}`, ...wrapped(pieces), '--'].join('\n');
}

/** A phone shows about this many characters of code. */
const WIDTH = 38;

function wrapped(pieces: readonly string[]): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + piece.length < WIDTH)
      lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(`--   ${piece}`);
  }
  return lines;
}
