/** Reads what a document store holds, by asking its shell. */
import type { Output } from '../../../engines/engine.ts';
import type { Catalog, Relation } from '../session/language.ts';

/** Documents whose fields are looked at, and collections at most. */
const SAMPLE = 20;
const MOST_COLLECTIONS = 50;

/** One expression, whose value is a string: it declares nothing and leaves the shell as it is. */
export const INSPECTION = `JSON.stringify({
  database: db.getName(),
  relations: db.getCollectionNames().slice(0, ${MOST_COLLECTIONS}).map((name) => {
    const collection = db.getCollection(name);
    const fields = new Set();
    for (const document of collection.find().limit(${SAMPLE}).toArray())
      for (const [key, value] of Object.entries(document)) {
        fields.add(key);
        if (!value?._bsontype && Object.prototype.toString.call(value) === '[object Object]')
          for (const inner of Object.keys(value)) fields.add(key + '.' + inner);
      }
    return {
      name,
      size: collection.estimatedDocumentCount(),
      fields: [...fields].slice(0, 60),
      indexes: collection.getIndexes().map(({ name, key, unique }) => ({
        name,
        on: JSON.stringify(key) + (unique ? ', unique' : ''),
      })),
    };
  }),
})`;

const isText = (value: unknown): value is string => typeof value === 'string';

/** What the inspection printed, taken as hostile: a reader may have changed what it is made of. */
export function readCatalog(outputs: readonly Output[]): Catalog | null {
  const printed = outputs[0];
  if (printed?.kind !== 'text') return null;
  try {
    const data = JSON.parse(printed.text) as { database: unknown; relations: unknown };
    if (!isText(data.database) || !Array.isArray(data.relations)) return null;
    return { database: data.database, relations: data.relations.map(readRelation) };
  } catch {
    return null;
  }
}

function readRelation(data: {
  name: unknown;
  size: unknown;
  fields: unknown[];
  indexes: { name: unknown; on: unknown }[];
}): Relation {
  return {
    name: String(data.name),
    size: typeof data.size === 'number' ? data.size : null,
    fields: data.fields.filter(isText),
    indexes: data.indexes.map(({ name, on }) => ({ name: String(name), on: String(on) })),
  };
}
