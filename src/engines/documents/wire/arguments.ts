/** The fields of a command document, checked as the server's own parser does. */
import { fail } from '../errors.ts';
import { truthy } from '../query/field-operators.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isDoc, isNumeric, type Maybe, typeOf, type Value } from '../values/types.ts';

/** What every command may carry. What of it has an effect is read in `dispatch.ts`. */
const GENERIC = [
  '$clusterTime',
  '$db',
  '$readPreference',
  'apiDeprecationErrors',
  'apiStrict',
  'apiVersion',
  'autocommit',
  'comment',
  'lsid',
  'maxTimeMS',
  'readConcern',
  'startTransaction',
  'stmtId',
  'stmtIds',
  'txnNumber',
  'writeConcern',
] as const;

/** Which fields a command has besides. */
export interface Fields {
  /** Those that have their effect, or that have none on one node without a disk. */
  takes?: readonly string[];
  /** Those that MongoDB has, and that this store refuses if they ask for something. */
  refuses?: readonly string[];
}

/** @throws MongoServerError for a field that is none, in the server's words, and for one that is not here. */
export function checkFields(
  name: string,
  command: Doc,
  { takes = [], refuses = [] }: Fields,
): void {
  for (const field in command) {
    if (field === name || takes.includes(field)) continue;
    if ((GENERIC as readonly string[]).includes(field)) continue;
    if (!refuses.includes(field)) fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
    if (truthy(command[field]!))
      fail(238, `The option '${field}' of '${name}' is not implemented in this document store`);
  }
}

/** A command, or a part of it, with the name that errors call it by. */
export class Arguments {
  readonly #name: string;
  readonly #doc: Doc;

  constructor(name: string, doc: Doc) {
    this.#name = name;
    this.#doc = doc;
  }

  #wrong(field: string, expected: string): never {
    const is = typeOf(this.#doc[field]);
    return fail(
      14,
      `BSON field '${this.#name}.${field}' is the wrong type '${is}', expected type${expected.includes(',') ? 's' : ''} '${expected}'`,
    );
  }

  /** A field that the command cannot do without. */
  #needed(field: string): Value {
    return (
      this.#doc[field] ??
      fail(40414, `BSON field '${this.#name}.${field}' is missing but a required field`)
    );
  }

  /** Any value, `undefined` if there is none. */
  any(field: string): Maybe {
    return this.#doc[field];
  }

  doc(field: string): Doc | undefined {
    const value = this.#doc[field] ?? undefined;
    return value === undefined || isDoc(value) ? value : this.#wrong(field, 'object');
  }

  neededDoc(field: string): Doc {
    const value = this.#needed(field);
    return isDoc(value) ? value : this.#wrong(field, 'object');
  }

  /** A list of documents. */
  docs(field: string): Doc[] | undefined {
    const value = this.#doc[field] ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) return this.#wrong(field, 'array');
    return value.map((item, at) => {
      if (isDoc(item)) return item;
      return fail(
        14,
        `BSON field '${this.#name}.${field}.${String(at)}' is the wrong type '${typeOf(item)}', expected type 'object'`,
      );
    });
  }

  neededDocs(field: string): Doc[] {
    this.#needed(field);
    return this.docs(field)!;
  }

  string(field: string): string {
    const value = this.#needed(field);
    return typeof value === 'string' ? value : this.#wrong(field, 'string');
  }

  flag(field: string, otherwise = false): boolean {
    const value = this.#doc[field] ?? undefined;
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean' && !isNumeric(value))
      return this.#wrong(field, '[bool, long, int, decimal, double]');
    return truthy(value);
  }

  /** A whole number that is not negative. */
  count(field: string): number | undefined {
    const value = this.#doc[field] ?? undefined;
    if (value === undefined) return undefined;
    if (!isNumeric(value)) return this.#wrong(field, '[long, int, decimal, double]');
    const n = Math.trunc(toNumber(value));
    if (n < 0) fail(51024, `BSON field '${field}' value must be >= 0, actual value '${String(n)}'`);
    return n;
  }

  /** An index, by its name or its key. */
  hint(): Doc | string | undefined {
    const value = this.#doc.hint ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    if (!isDoc(value)) return this.#wrong('hint', '[string, object]');
    return Object.keys(value).length > 0 ? value : undefined;
  }
}
