/** BSON in and out. What is stored keeps its type: a double is not taken for an int because it is whole. */
import { deserialize, serialize } from 'bson';
import { fail, MongoServerError } from '../errors.ts';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  type Doc,
  Double,
  double,
  Fields,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from '../values/types.ts';

/** Deepest nesting that is read at all (server: `maxBSONDepth`). */
const MAX_DEPTH = 200;

const READING = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** @throws MongoServerError InvalidBSON; Overflow if it is nested too deeply. */
export function readDocument(bytes: Uint8Array): Doc {
  let read: Record<string, unknown>;
  try {
    read = deserialize(bytes, READING);
  } catch (error) {
    // A reader that calls itself for every level has no more room.
    if (error instanceof RangeError) return tooDeep();
    return fail(22, `Invalid BSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return docFrom(read, 1);
}

function tooDeep(): never {
  return fail(15, `BSONObj exceeds maximum nested object depth: ${String(MAX_DEPTH)}`);
}

function docFrom(read: object, depth: number): Doc {
  if (depth > MAX_DEPTH) tooDeep();
  const doc = new Fields();
  for (const [field, value] of Object.entries(read)) {
    if (field === '_bsontype') {
      // The package that writes BSON would take the document for one of its own classes.
      fail(2, "A field called '_bsontype' cannot be stored in this document store");
    }
    doc[field] = valueFrom(value, depth);
  }
  return doc;
}

/** A stored value. Classes are told by what they are, not by what a document says of itself. */
function valueFrom(value: unknown, depth: number): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    if (depth >= MAX_DEPTH) tooDeep();
    return value.map((item) => valueFrom(item, depth + 1));
  }
  if (value instanceof Int32) return value.valueOf();
  if (value instanceof Double) return double(value.value);
  if (value instanceof Date) return value;
  if (value instanceof Binary) return new Binary(new Uint8Array(value.value()), value.sub_type);
  if (value instanceof DBRef) {
    const { $ref, $id, $db, ...fields } = value.toJSON();
    return docFrom({ $ref, $id, ...($db ? { $db } : {}), ...fields }, depth + 1);
  }
  if (isStoredClass(value)) return Object.freeze(value);
  return docFrom(value, depth + 1);
}

const CLASSES = [
  ObjectId,
  Timestamp,
  Long,
  Decimal128,
  BSONRegExp,
  BSONSymbol,
  Code,
  MinKey,
  MaxKey,
] as const;

function isStoredClass(value: object): value is InstanceType<(typeof CLASSES)[number]> {
  return CLASSES.some((type) => value instanceof type);
}

/** The largest answer: a document of 16 MiB, and 16 KiB around it. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024 + 16 * 1024;

/** @param document stored documents and values, and plain objects around them. @throws MongoServerError BSONObjectTooLarge. */
export function writeDocument(document: object): Uint8Array {
  const bytes = written(document);
  // The package's own buffer is not much larger; what does not fit into that is cut off without a word.
  if (bytes === null || bytes.length > MAX_ANSWER_BYTES)
    throw new MongoServerError(10334, 'The answer is larger than a document can be (16MB)');
  return bytes;
}

function written(document: object): Uint8Array | null {
  try {
    return serialize(document as Record<string, unknown>, { ignoreUndefined: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
