/** The documents that upserts make. */
import { isOperatorDoc } from '../query/parse.ts';
import { pathOf } from '../values/paths.ts';
import { type Doc, docOf, isDoc, type Maybe, type Value, withoutField } from '../values/types.ts';
import { applyChange, type Change } from './path.ts';

/** What an upsert starts from: the fields that the filter fixes by equality. */
export function upsertBase(filter: Doc): Doc {
  let base = docOf([]);
  const put = (path: string, value: Value) => {
    const parts = pathOf(path);
    const change: Change = { path: parts, creates: true, apply: () => value };
    base = applyChange(base, change, { matched: () => 0, filter: () => () => false });
  };
  const visit = (part: Doc) => {
    for (const field in part) {
      const operand: Maybe = part[field];
      if (field === '$and' && Array.isArray(operand)) operand.filter(isDoc).forEach(visit);
      else if (
        field === '$or' &&
        Array.isArray(operand) &&
        operand.length === 1 &&
        isDoc(operand[0]!)
      )
        visit(operand[0]);
      else if (field.startsWith('$')) continue;
      else if (!isOperatorDoc(operand!)) {
        if ((operand as { _bsontype?: string } | null)?._bsontype !== 'BSONRegExp')
          put(field, operand!);
      } else if (operand.$eq !== undefined) put(field, operand.$eq);
      else if (Array.isArray(operand.$in) && operand.$in.length === 1) put(field, operand.$in[0]!);
      else if (Array.isArray(operand.$all) && operand.$all.length === 1)
        put(field, operand.$all[0]!);
    }
  };
  visit(filter);
  return base;
}

/** The document with `_id` as its first field. */
export function withIdFirst(doc: Doc, id: Value): Doc {
  if (Object.keys(doc)[0] === '_id') return doc;
  const rest = withoutField(doc, '_id');
  return docOf([['_id', id], ...Object.keys(rest).map((field) => [field, rest[field]!] as const)]);
}
