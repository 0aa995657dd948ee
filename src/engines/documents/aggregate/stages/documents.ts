/** `$documents` (manual): documents that are written in the pipeline, for `db.aggregate`, `$lookup` and `$unionWith`. */
import { fail } from '../../errors.ts';
import { type Doc, docOf, isDoc, type Maybe, typeOf } from '../../values/types.ts';
import { compilerOf, type MakeStage } from '../stage.ts';

const message = 'an array is expected';

const $documents: MakeStage = (spec, context) => {
  const evaluate = compilerOf(context).compile(spec);
  return () => {
    const value: Maybe = evaluate({ root: docOf([]), variables: null });
    if (!Array.isArray(value)) return fail(5858203, message);
    return value.map((item): Doc =>
      isDoc(item)
        ? item
        : fail(
            40228,
            `$documents expects an array of objects, and found one of type ${typeOf(item)}`,
          ),
    );
  };
};

export const DOCUMENTS: Readonly<Record<string, MakeStage>> = { $documents };
