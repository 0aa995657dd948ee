/** YAML with a shape, told once: for what reads it, and for the editors of those who write it. */
import { z } from 'astro/zod';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import type { Tell } from '../mistakes/noting.ts';
import { knownKeys } from './known-keys.ts';
import { innermost, lineOf, placeIn, placeOfKey } from './mistakes.ts';
import { openYaml } from './open.ts';

/** Keys and indexes, from the top of the file. */
export type Path = readonly (string | number)[];

export interface Shaped<Data> {
  data: Data;
  /** Line of what stands under these keys. */
  lineOf: (...path: Path) => number;
  /** A mistake at what stands under these keys; `at: 'key'` points at the key itself. */
  mistake: (path: Path, message: string, at?: 'key') => AuthoringError;
}

interface Position {
  line: number;
  column: number;
}

export interface Reading {
  /** Said where none of several shapes fits: `kind is one of answer, query`. */
  kinds?: string;
  /** What a place is called in front of a message. Default: its keys, counted from one. */
  called?: (path: Path, data: unknown) => string;
  /** Takes note of what is not right besides the first thing, which is thrown. */
  tell?: Tell | undefined;
}

/** `attempts right 2 code`: people count from one. */
export const counted = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? key + 1 : key))
    .join(' ')
    .replace(/s (\d)/g, ' $1');

/**
 * @param source YAML.
 * @param file path from the project's root.
 * @throws AuthoringError for the first thing that is not of the shape, with file, line, column and remedy.
 */
export function readShaped<Data>(
  shape: z.ZodType<Data>,
  source: string,
  file: string,
  { kinds = '', called = counted, tell }: Reading = {},
): Shaped<Data> {
  const { document, lines, data } = openYaml(source, file);
  const tellOf = (path: Path, message: string, { line, column }: Position): AuthoringError =>
    new AuthoringError(
      file,
      line,
      `${called(path, data) || 'the file'}: ${message.replace(/\.?$/, '.')}`,
      column,
    );
  const mistake: Shaped<Data>['mistake'] = (path, message, at) =>
    tellOf(path, message, (at ? placeOfKey : placeIn)(document, path, lines));
  const result = shape.safeParse(data);
  if (result.success)
    return { data: result.data, lineOf: (...path) => lineOf(document, path, lines), mistake };
  const told = result.error.issues.flatMap((issue) =>
    innermost(issue, kinds, (path) => knownKeys(shape, path, data)).map(({ path, message, key }) =>
      key === undefined
        ? mistake(path, message)
        : tellOf(path, message, placeOfKey(document, [...path, key], lines)),
    ),
  );
  for (const one of told.slice(1)) tell?.(one);
  throw told[0]!;
}

/**
 * The JSON Schema that editors check a file with while it is written.
 *
 * @param title what the file is, and where it lies.
 */
export const schemaFor = (shape: z.ZodType, title: string): unknown => ({
  ...z.toJSONSchema(shape, { io: 'input' }),
  title,
});
