/** The answers of a mongosh cell, by running it: what is printed is text, and only 20 documents of it. */
import type { Script, ScriptFile } from '../../../engines/engine.ts';
import { scriptAnswers } from '../../../engines/documents/answers.ts';
import { NotComparable, isRecord, type Answer, type Plain, type PlainRecord } from './answer.ts';

/** @throws NotComparable for an answer that is neither documents, a value nor the reply to a write. */
export async function documentAnswers(
  dataset: ScriptFile | null,
  before: readonly Script[],
  script: Script,
): Promise<Answer[]> {
  const answers = await scriptAnswers(dataset, before, script);
  return answers.map(({ text, value, error }): Answer => {
    if (error !== undefined) return { kind: 'refused' };
    const plain = plainOf(value);
    const count = writtenBy(plain);
    if (count !== undefined) return { kind: 'written', count };
    return { kind: 'found', items: itemsOf(plain), sorted: SORTS.test(text) };
  });
}

const SORTS = /\.\s*sort\s*\(|\$sort(ByCount)?\b/;

function itemsOf(plain: Plain): (PlainRecord | Exclude<Plain, object>)[] {
  if (plain === null) return []; // findOne that found nothing
  if (!Array.isArray(plain)) return [plain];
  return plain.map((item) => {
    if (Array.isArray(item)) throw new NotComparable('an answer is a list of lists');
    return item;
  });
}

/** How many documents the reply to a write speaks of. An update that changes nothing still matches. */
function writtenBy(reply: Plain): number | undefined {
  if (!isRecord(reply) || reply.acknowledged !== true) return undefined;
  const number = (field: string): number => (typeof reply[field] === 'number' ? reply[field] : 0);
  if ('insertedId' in reply && !('matchedCount' in reply)) return 1;
  const inserted = isRecord(reply.insertedIds) ? Object.keys(reply.insertedIds).length : 0;
  return inserted + number('matchedCount') + number('upsertedCount') + number('deletedCount');
}

function plainOf(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainOf);
  // Values of a script come from another realm: `instanceof` does not know its dates.
  if (Object.prototype.toString.call(value) === '[object Date]')
    return (value as Date).toISOString();
  if (typeof value !== 'object') throw new NotComparable(`an answer is a ${typeof value}`);
  const bson = (value as { _bsontype?: string })._bsontype;
  if (bson !== undefined) return bsonValue(bson, value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new NotComparable('an answer is neither a document nor a value');
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainOf(part)]));
}

function bsonValue(type: string, value: object): Plain {
  switch (type) {
    case 'Int32':
    case 'Double':
    case 'Long':
    case 'Decimal128':
      // Objects of bson write themselves as their number.
      return Number((value as { toString(): string }).toString());
    case 'ObjectId':
      return `ObjectId ${(value as { toHexString(): string }).toHexString()}`;
    default:
      throw new NotComparable(`an answer holds a value of the type ${type}`);
  }
}
