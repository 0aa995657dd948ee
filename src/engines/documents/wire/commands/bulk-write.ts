/** `bulkWrite` of MongoDB 8.0: writes to several collections in one command. */
import { fail } from '../../errors.ts';
import { deleteDocs, insertDoc, prepareInsert } from '../../operations/write.ts';
import { Long } from '../../values/types.ts';
import { Arguments } from '../arguments.ts';
import type { Answer, Call } from '../call.ts';
import { someOf } from './options.ts';
import { missing, runWrites, updateOne, variables } from './write-batch.ts';

export function bulkWrite(call: Call): Answer {
  const { args } = call;
  const namespaces = args.neededDocs('nsInfo').map((info) => {
    const ns = new Arguments('bulkWrite.nsInfo', info).string('ns');
    const dot = ns.indexOf('.');
    if (dot <= 0 || dot === ns.length - 1) fail(73, `Invalid namespace specified '${ns}'`);
    return { ...call.targetOf(ns.slice(dot + 1)), database: ns.slice(0, dot) };
  });
  const errorsOnly = args.flag('errorsOnly');
  const totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
  const results: Answer[] = [];
  const errors = runWrites(args.neededDocs('ops'), args.flag('ordered', true), (op, idx) => {
    const own = new Arguments('bulkWrite.ops', op);
    const [kind = ''] = Object.keys(op);
    const target = namespaces[own.count(kind) ?? 0];
    if (!target) return fail(2, `BulkWrite ops entry ${String(idx)} has an invalid nsInfo index.`);
    const result: Answer = { ok: 1, idx, n: 0 };
    const options = someOf({
      collation: own.doc('collation'),
      hint: own.hint(),
      let: variables(args.doc('let'), own.doc('constants')),
      bypassDocumentValidation: args.flag('bypassDocumentValidation'),
    });
    if (kind === 'insert') {
      insertDoc(target, prepareInsert(target, own.neededDoc('document')), options);
      result.n = 1;
      totals.nInserted += 1;
    } else if (kind === 'update') {
      const { matched, modified, upsertedId } = updateOne(target, {
        filter: own.neededDoc('filter'),
        update: own.any('updateMods') ?? missing('bulkWrite.ops.updateMods'),
        many: own.flag('multi'),
        options: {
          ...options,
          ...someOf({
            upsert: own.flag('upsert'),
            arrayFilters: own.docs('arrayFilters'),
            sort: own.doc('sort'),
          }),
        },
      });
      const upserted = upsertedId === undefined ? null : { _id: upsertedId };
      Object.assign(result, { n: upserted ? 1 : matched, nModified: modified });
      if (upserted) result.upserted = upserted;
      totals.nMatched += matched;
      totals.nModified += modified;
      totals.nUpserted += upserted ? 1 : 0;
    } else if (kind === 'delete') {
      const n = deleteDocs(target, own.neededDoc('filter'), options, own.flag('multi'));
      result.n = n;
      totals.nDeleted += n;
    } else {
      return fail(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
    }
    if (!errorsOnly) results.push(result);
  });
  for (const { index, ...error } of errors) {
    const at = results.findIndex(({ idx }) => (idx as number) > index);
    results.splice(at < 0 ? results.length : at, 0, { ok: 0, idx: index, ...error, n: 0 });
  }
  totals.nErrors = errors.length;
  return {
    cursor: { id: Long.ZERO, firstBatch: results, ns: 'admin.$cmd.bulkWrite' },
    ...totals,
  };
}
